import { expect, test, vi } from 'vitest';
import { once } from './once.ts';

test('what is made once is made at its first use, and never again', () => {
  const make = vi.fn(() => ({}));
  const get = once(make);
  expect(make).not.toHaveBeenCalled();
  const first = get();
  expect(get()).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
});
