import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { addScores, precision, recall, scorePicture } from './accuracy.ts';

const face = imageRect(100, 100, 100, 100);
const nearFace = imageRect(110, 105, 100, 100);
const elsewhere = imageRect(500, 500, 80, 80);

describe('the score of a picture', () => {
  it('takes a box that overlaps a face as that face', () => {
    expect(scorePicture([nearFace], { faces: [face], ignore: [] })).toEqual({ right: 1, missed: 0, wrong: 0 });
  });

  it('counts a face without a box and a box without a face', () => {
    expect(scorePicture([elsewhere], { faces: [face], ignore: [] })).toEqual({ right: 0, missed: 1, wrong: 1 });
  });

  it('counts a second box on the same face as wrong', () => {
    expect(scorePicture([face, nearFace], { faces: [face], ignore: [] })).toEqual({ right: 1, missed: 0, wrong: 1 });
  });

  it('does not count a box on a face that is to be ignored', () => {
    expect(scorePicture([elsewhere], { faces: [], ignore: [elsewhere] })).toEqual({ right: 0, missed: 0, wrong: 0 });
  });

  it('becomes recall and precision', () => {
    const score = addScores([
      { right: 8, missed: 2, wrong: 0 },
      { right: 1, missed: 0, wrong: 1 },
    ]);
    expect(recall(score)).toBeCloseTo(9 / 11);
    expect(precision(score)).toBeCloseTo(9 / 10);
  });
});
