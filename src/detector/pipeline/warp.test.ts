import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import type { Pixels } from '../pixels.ts';
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
const all = ({ width, height }: Pixels) => imageRect(0, 0, width, height);
const pixelAt = ({ data, width }: Pixels, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];
const unmoved = { a: 1, b: 0, dx: 0, dy: 0 };

describe('drawing through a similarity', () => {
  it('gives the same pixels when nothing moves', () => {
    const picture = slope(8, 8);
    expect(warp(picture, all(picture), unmoved, 8, 'edge').data).toEqual(picture.data);
  });

  it('looks between pixels', () => {
    const picture = slope(8, 8);
    const drawn = warp(picture, all(picture), { ...unmoved, dx: 2.5, dy: 1.2 }, 4, 'edge');
    expect(pixelAt(drawn, 1, 1)).toEqual([35, 22, 77]);
  });

  it('turns a quarter exactly', () => {
    const picture = slope(6, 6);
    // x = 6 − row′, y = column′: the square's top row is the picture's right column.
    const drawn = warp(picture, all(picture), { a: 0, b: 1, dx: 6, dy: 0 }, 6, 'edge');
    expect(pixelAt(drawn, 2, 0)).toEqual([50, 20, 77]);
    expect(pixelAt(drawn, 0, 5)).toEqual([0, 0, 77]);
  });

  it('repeats the edge beside the picture, or leaves black', () => {
    const picture = slope(4, 4);
    const beside = { ...unmoved, dx: -2, dy: -2 };
    expect(pixelAt(warp(picture, all(picture), beside, 8, 'edge'), 0, 7)).toEqual([0, 30, 77]);
    expect(pixelAt(warp(picture, all(picture), beside, 8, 'black'), 0, 7)).toEqual([0, 0, 0]);
    expect(pixelAt(warp(picture, all(picture), beside, 8, 'black'), 2, 2)).toEqual([0, 0, 77]);
  });

  it('never looks beyond the part that it was given', () => {
    const picture = slope(10, 10);
    const drawn = warp(picture, imageRect(2, 3, 4, 5), unmoved, 10, 'edge');
    expect(pixelAt(drawn, 0, 0)).toEqual([20, 30, 77]);
    expect(pixelAt(drawn, 9, 9)).toEqual([50, 70, 77]);
  });
});
