import { describe, expect, it } from 'vitest';
import { imagePoint, imageRect } from '#shared/geometry/spaces.ts';
import { pixelAt, resample } from '#testing/detector/fake-ports.ts';
import type { Pixels } from '../ports.ts';
import { warp } from './warp.ts';

/** Red tells the column, green the row: 10 a pixel, read at the pixel's centre. */
const slope = (width: number, height: number): Pixels => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return [(pixel % width) * 10, Math.floor(pixel / width) * 10, 77][index % 3] ?? 0;
  }),
});
const origin = imagePoint(0, 0);
const unmoved = { a: 1, b: 0, dx: 0, dy: 0 };

describe('drawing through a similarity', () => {
  it('gives the same pixels when nothing moves', () => {
    const picture = slope(8, 8);
    expect(warp(picture, origin, unmoved, 8, 'edge').data).toEqual(picture.data);
  });

  it('looks between pixels', () => {
    const picture = slope(8, 8);
    const drawn = warp(picture, origin, { ...unmoved, dx: 2.5, dy: 1.2 }, 4, 'edge');
    expect(pixelAt(drawn, 1, 1)).toEqual([35, 22, 77]);
  });

  it('turns a quarter exactly', () => {
    const picture = slope(6, 6);
    // x = 6 − row′, y = column′: the square's top row is the picture's right column.
    const drawn = warp(picture, origin, { a: 0, b: 1, dx: 6, dy: 0 }, 6, 'edge');
    expect(pixelAt(drawn, 2, 0)).toEqual([50, 20, 77]);
    expect(pixelAt(drawn, 0, 5)).toEqual([0, 0, 77]);
  });

  it('repeats the edge beside the picture, or leaves black', () => {
    const picture = slope(4, 4);
    const beside = { ...unmoved, dx: -2, dy: -2 };
    expect(pixelAt(warp(picture, origin, beside, 8, 'edge'), 0, 7)).toEqual([0, 30, 77]);
    expect(pixelAt(warp(picture, origin, beside, 8, 'black'), 0, 7)).toEqual([0, 0, 0]);
    expect(pixelAt(warp(picture, origin, beside, 8, 'black'), 2, 2)).toEqual([0, 0, 77]);
  });

  it('never looks beyond the part that it was given', () => {
    const area = imageRect(2, 3, 4, 5);
    const drawn = warp(resample(slope(10, 10), area, area), area, unmoved, 10, 'edge');
    expect(pixelAt(drawn, 0, 0)).toEqual([20, 30, 77]);
    expect(pixelAt(drawn, 9, 9)).toEqual([50, 70, 77]);
  });
});
