import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import type { Pixels } from '../ports.ts';
import { TURNS, turnBack, turnPixels } from './quarter-turn.ts';

const pixels: fc.Arbitrary<Pixels> = fc
  .record({ width: fc.integer({ min: 1, max: 6 }), height: fc.integer({ min: 1, max: 6 }) })
  .map(({ width, height }) => ({
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => at),
  }));
const turn = fc.constantFrom(...TURNS);

describe('a picture that is turned by quarters', () => {
  it('shows at the right what was on top', () => {
    const row = { width: 2, height: 1, data: Uint8Array.of(1, 1, 1, 2, 2, 2) };
    expect(turnPixels(row, 90)).toEqual({ width: 1, height: 2, data: Uint8Array.of(1, 1, 1, 2, 2, 2) });
    expect(turnPixels(row, 180)).toEqual({ width: 2, height: 1, data: Uint8Array.of(2, 2, 2, 1, 1, 1) });
    expect(turnPixels(row, 270)).toEqual({ width: 1, height: 2, data: Uint8Array.of(2, 2, 2, 1, 1, 1) });
  });

  it('is the same again after four quarters, and half a turn is two of them', () => {
    fc.assert(
      fc.property(pixels, (picture) => {
        const half = turnPixels(turnPixels(picture, 90), 90);
        expect(turnPixels(picture, 180)).toEqual(half);
        expect(turnPixels(half, 180)).toEqual(picture);
        expect(turnPixels(turnPixels(picture, 270), 90)).toEqual(picture);
      }),
    );
  });

  it('tells the box of every pixel where the picture has that pixel as it lies', () => {
    fc.assert(
      fc.property(pixels, turn, (picture, turn) => {
        const turned = turnPixels(picture, turn);
        const colourAt = ({ data, width }: Pixels, { x, y }: ImageRect) => data[(y * width + x) * 3];
        for (let y = 0; y < turned.height; y += 1) {
          for (let x = 0; x < turned.width; x += 1) {
            const box = imageRect(x, y, 1, 1);
            expect(colourAt(picture, turnBack(box, turn, picture))).toBe(colourAt(turned, box));
          }
        }
      }),
    );
  });
});
