import { describe, expect, test } from 'vitest';
import { countMessage, moved, stepWithin } from './present-steps.ts';

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
    expect(stepWithin(Number.POSITIVE_INFINITY, 0)).toBe(0);
    expect(stepWithin(Number.POSITIVE_INFINITY, 7)).toBe(7);
  });

  test('says how many faces there are', () => {
    expect([0, 1, 28].map(countMessage)).toEqual(['No faces found in this picture', '1 face', '28 faces']);
  });
});
