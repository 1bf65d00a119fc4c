import { describe, expect, test } from 'vitest';
import { countMessage, FIRST_STEP, LAST_STEP, moved, partAt, stepWithin } from './present-steps.ts';

describe('a presentation', () => {
  test('goes from all faces through each of them and then out of the picture', () => {
    expect(moved(0, 1, 2)).toEqual({ to: 'step', step: 1 });
    expect(moved(1, 1, 2)).toEqual({ to: 'step', step: 2 });
    expect(moved(2, 1, 2)).toEqual({ to: 'after' });
    expect(moved(0, 1, 0)).toEqual({ to: 'after' });
  });

  test('goes back the same way', () => {
    expect(moved(2, -1, 2)).toEqual({ to: 'step', step: 1 });
    expect(moved(1, -1, 2)).toEqual({ to: 'step', step: 0 });
    expect(moved(0, -1, 2)).toEqual({ to: 'before' });
  });

  test('that comes back to a picture is at its last face, once there are faces', () => {
    expect(stepWithin(LAST_STEP, 0)).toBe(0);
    expect(stepWithin(LAST_STEP, 7)).toBe(7);
  });

  test('goes through the parts of a long picture before its faces, and a face stays the same in any number of parts', () => {
    const first = stepWithin(FIRST_STEP, 2, 3);
    const walked = [first, first + 1, first + 2, first + 3].map((step) => partAt(step, 3));
    expect(walked).toEqual([0, 1, 2, undefined]);
    expect(moved(first, -1, 2, 3)).toEqual({ to: 'before' });
    expect(moved(0, 1, 2, 3)).toEqual({ to: 'step', step: 1 });
    expect(stepWithin(2, 2, 3)).toBe(stepWithin(2, 2, 1));
    expect(partAt(stepWithin(first, 2, 1), 1)).toBe(0);
  });

  test('says how many faces there are', () => {
    expect([0, 1, 28].map(countMessage)).toEqual(['No faces found in this picture', '1 face', '28 faces']);
  });
});
