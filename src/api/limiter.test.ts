import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

test('runs so many at once, the others in order, also after a failure', async () => {
  const gate = createLimiter(2);
  const began: number[] = [];
  const finish: (() => void)[] = [];
  const run = (id: number) =>
    gate(async () => {
      began.push(id);
      await new Promise<void>((resolve) => finish.push(resolve));
      if (id === 1) throw new Error('failed');
      return id;
    });
  const results = Promise.allSettled([1, 2, 3, 4].map(run));
  await expect.poll(() => began).toEqual([1, 2]);
  finish[0]?.();
  await expect.poll(() => began).toEqual([1, 2, 3]);
  for (const end of finish) end();
  await expect.poll(() => began).toEqual([1, 2, 3, 4]);
  finish[3]?.();
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

test('whoever leaves the line is rejected at once, and costs nobody a place', async () => {
  const gate = createLimiter(1);
  let finish = () => {};
  const first = gate(() => new Promise<void>((resolve) => (finish = resolve)));
  const leaves = new AbortController();
  const second = gate(async () => 'second', leaves.signal);
  const third = gate(async () => 'third');
  leaves.abort(new Error('left'));
  await expect(second).rejects.toThrow('left');
  finish();
  await first;
  await expect(third).resolves.toBe('third');
  await expect(gate(async () => 'fourth', leaves.signal)).rejects.toThrow('left');
  await expect(gate(async () => 'fifth')).resolves.toBe('fifth');
});
