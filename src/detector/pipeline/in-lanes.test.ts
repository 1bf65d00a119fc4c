import { expect, it } from 'vitest';
import { withResolver } from '../with-resolver.ts';
import { inLanes } from './in-lanes.ts';

it('begins so many pieces of work at once, the others in order as lanes become free, past one that fails', async () => {
  const laned = inLanes(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 5 }, () => withResolver());
  const results = gates.map(({ promise }, index) =>
    laned(async () => {
      begun.push(index);
      await promise;
      if (index === 1) throw new Error('failed');
      return index;
    }),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]?.resolve();
  await expect(results[1]).rejects.toThrow('failed');
  expect(begun).toEqual([0, 1, 3]);
  for (const { resolve } of gates) resolve();
  expect(await Promise.allSettled(results)).toMatchObject(
    [0, {}, 2, 3, 4].map((value) => (typeof value === 'number' ? { value } : { status: 'rejected' })),
  );
  expect(begun).toEqual([0, 1, 3, 2, 4]);
});
