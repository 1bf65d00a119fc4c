import { expect, it } from 'vitest';
import { gainOfTwo } from './cluster-gain.ts';

const one = { wallMs: 124, serverMs: 133, workerMs: 121, callerMs: 5 };

it('allows two workers what their own cores do, where the others have room beside them', () => {
  const two = { wallMs: 65, serverMs: 133, workerMs: 121, callerMs: 5 };
  expect(gainOfTwo(one, two, 4)).toEqual({ reached: 124 / 65, allowed: 124 / 60.5 });
});

it('allows them what is left of all cores, where replica, Redis and caller need those as well', () => {
  const two = { wallMs: 75, serverMs: 140, workerMs: 125, callerMs: 6 };
  expect(gainOfTwo(one, two, 2)).toEqual({ reached: 124 / 75, allowed: 124 / 73 });
});

it('allows no less than was reached, however cheap or dear the pictures of either run were', () => {
  for (const busy of [0.6, 0.9, 1]) {
    for (const workerShare of [0.7, 0.95]) {
      for (const cores of [2, 3, 8]) {
        // Nobody works longer than the clock runs: the workers on their two cores, all together on all of them.
        const wallMs = 70;
        const workerMs = 2 * wallMs * busy * workerShare;
        const others = Math.min(workerMs / workerShare - workerMs, cores * wallMs - workerMs);
        const two = { wallMs, workerMs, serverMs: workerMs + others * 0.7, callerMs: others * 0.3 };
        const { reached, allowed } = gainOfTwo(one, two, cores);
        expect(allowed).toBeGreaterThanOrEqual(reached);
      }
    }
  }
});
