import { expect, test, vi } from 'vitest';
import { createKeyedStore } from './keyed-store.ts';

test('a change of one key wakes those who follow it or all, and nobody else', () => {
  const store = createKeyedStore<number>();
  const [a, b, all] = [vi.fn(), vi.fn(), vi.fn()];
  store.subscribe('a', a);
  store.subscribe('b', b);
  store.subscribeAll(all);
  store.set('a', 1);
  expect(store.get('a')).toBe(1);
  expect(a).toHaveBeenCalledTimes(1);
  expect(b).not.toHaveBeenCalled();
  expect(all.mock.calls).toEqual([['a']]);
});

test('the same value again wakes nobody, and who no longer follows is not woken', () => {
  const store = createKeyedStore<number>();
  const [kept, gone] = [vi.fn(), vi.fn()];
  store.subscribe('a', kept);
  store.subscribe('a', gone)();
  store.set('a', 1);
  store.set('a', 1);
  expect(kept).toHaveBeenCalledTimes(1);
  expect(gone).not.toHaveBeenCalled();
});

test('what is taken out is gone, one key or all of them, and everybody hears of it', () => {
  const store = createKeyedStore<number>();
  for (const key of ['a', 'b', 'c']) store.set(key, 1);
  const told: string[] = [];
  store.subscribeAll((key) => told.push(key));
  store.set('b', undefined);
  expect([...store.entries()]).toEqual([
    ['a', 1],
    ['c', 1],
  ]);
  store.clear();
  expect([...store.entries()]).toEqual([]);
  expect(told).toEqual(['b', 'a', 'c']);
});
