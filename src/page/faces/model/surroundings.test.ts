import { describe, expect, test } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { surroundings } from './surroundings.ts';

const SIZE = { width: 1000, height: 800 };

describe('a face with what is around it', () => {
  test('has the box in the middle, at a steady share of the height', () => {
    expect(surroundings(imageRect(400, 300, 60, 120), SIZE)).toEqual(imageRect(350, 260, 160, 200));
    expect(surroundings(imageRect(400, 300, 96, 60), SIZE)).toEqual(imageRect(368, 230, 160, 200));
  });

  test.each([
    [imageRect(0, 0, 60, 120), imageRect(0, 0, 160, 200)],
    [imageRect(940, 680, 60, 120), imageRect(840, 600, 160, 200)],
  ])('moves into the picture at its edges', (bound, cut) => {
    expect(surroundings(bound, SIZE)).toEqual(cut);
  });

  test('is no larger than the picture, and keeps its shape', () => {
    expect(surroundings(imageRect(100, 0, 500, 800), SIZE)).toEqual(imageRect(30, 0, 640, 800));
    expect(surroundings(imageRect(0, 0, 80, 300), { width: 80, height: 300 })).toEqual(imageRect(0, 100, 80, 100));
  });
});
