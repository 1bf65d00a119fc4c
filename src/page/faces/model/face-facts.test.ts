import { describe, expect, it } from 'vitest';
import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { factsOf } from './face-facts.ts';
import { BLURRED_BELOW } from './sharpness.ts';

const SIZE = { width: 1000, height: 800 };
const FRAME = { size: SIZE, scale: 1 };
const [SHARP, BLURRED] = [BLURRED_BELOW, BLURRED_BELOW / 2];
const large = faceAt(1, imageRect(100, 100, 200, 240), SIZE);

describe('what is known of a face', () => {
  it('a large one is sharp or blurred once it was measured, and neither before', () => {
    expect(factsOf(large, FRAME, SHARP)).toEqual(['large-and-sharp']);
    expect(factsOf(large, FRAME, BLURRED)).toEqual(['blurred']);
    expect(factsOf(large, FRAME, undefined)).toEqual([]);
  });

  it('a small one is under the limit on one side, and no more is said of how sharp it is', () => {
    const facts = (width: number, height: number) =>
      factsOf(faceAt(1, imageRect(5, 5, width, height), SIZE), FRAME, SHARP);
    expect(facts(SMALL_FACE_SIDE, SMALL_FACE_SIDE)).toEqual(['large-and-sharp']);
    expect(facts(SMALL_FACE_SIDE - 1, 400)).toEqual(['small']);
    expect(facts(400, SMALL_FACE_SIDE - 1)).toEqual(['small']);
  });

  it('is measured in the file that was handed over, however it was sent', () => {
    const face = faceAt(1, imageRect(100, 100, 50, 60), SIZE);
    expect(factsOf(face, { size: SIZE, scale: 2 }, SHARP)).toEqual(['large-and-sharp']);
    expect(factsOf(large, { size: SIZE, scale: 0.25 }, SHARP)).toEqual(['small']);
  });

  it.each([
    ['leaves the picture', imageRect(-10, 100, 200, 240)],
    ['ends at the left', imageRect(0, 100, 200, 240)],
    ['ends at the top', imageRect(100, 0, 200, 240)],
    ['ends at the right', imageRect(800, 100, 200, 240)],
    ['ends within a hundredth of the bottom', imageRect(100, 558, 200, 240)],
  ])('is cut by the edge where its box %s', (_, bound) => {
    expect(factsOf(faceAt(1, bound, SIZE), FRAME, SHARP)).toEqual(['large-and-sharp', 'cut-by-edge']);
  });

  it('is turned away where the engine says so, and never without its word', () => {
    const turned = (yaw: number, pitch: number) => factsOf({ ...large, pose: { yaw, pitch, roll: 80 } }, FRAME, SHARP);
    expect(turned(20, -40)).toEqual(['large-and-sharp']);
    expect(turned(-50, 0)).toEqual(['large-and-sharp', 'turned-away']);
    expect(turned(35, 0)).toEqual(['large-and-sharp', 'turned-away']);
  });
});
