import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SSD_ANCHORS, SSD_LARGE_SIDE, SSD_MEANINGLESS, SSD_SIDE, SSD_SIDES, SSD_SMALL_SIDE } from './model-files.ts';
import { ANCHORS_PER_PLACE } from './ssd-anchors.ts';
import { ssdPart } from './ssd-part.ts';

/** Anchors of the usual square, the small one and the large one lie one after the other: 5118, 1284 and 15702. */
const FIRST_ANCHORS = { [SSD_SIDE]: 0, [SSD_SMALL_SIDE]: SSD_ANCHORS, [SSD_LARGE_SIDE]: SSD_ANCHORS + 1284 } as const;

const sides = fc.constantFrom(...SSD_SIDES);
const seenIn = (side: number) =>
  fc.record({ width: fc.integer({ min: 1, max: side }), height: fc.integer({ min: 1, max: side }) });
const looks = sides.chain((side) => seenIn(side).map((seen) => ({ side, seen })));

describe('the part of a square that the network looks at', () => {
  it('has sides that can be halved five times, all that is to be seen, and some black after it where there is any', () => {
    fc.assert(
      fc.property(looks, ({ side, seen }) => {
        const { size } = ssdPart(new Uint8Array(side * side * 3), side, seen);
        for (const along of ['width', 'height'] as const) {
          expect(size[along] % 32).toBe(0);
          expect(size[along]).toBeGreaterThanOrEqual(Math.min(side, seen[along] + 64));
          expect(size[along]).toBeLessThanOrEqual(Math.min(side, seen[along] + 95));
        }
      }),
    );
  });

  it('has the very pixels of the square', () => {
    fc.assert(
      fc.property(looks, fc.double({ min: 0, max: 1, maxExcluded: true }), ({ side, seen }, chance) => {
        const pixels = Uint8Array.from({ length: side * side * 3 }, (_, index) => (index * 31) % 251);
        const part = ssdPart(pixels, side, seen);
        expect(part.pixels).toHaveLength(part.size.width * part.size.height * 3);
        const at = Math.floor(chance * part.pixels.length);
        const row = Math.floor(at / (part.size.width * 3));
        expect(part.pixels[at]).toBe(pixels[row * side * 3 + (at % (part.size.width * 3))]);
      }),
      { numRuns: 20 },
    );
  });

  it('sees with the anchors of its places on the finest map first, in the order of the whole square', () => {
    fc.assert(
      fc.property(looks, ({ side, seen }) => {
        const { size, places } = ssdPart(new Uint8Array(side * side * 3), side, seen);
        const start = FIRST_ANCHORS[side];
        const [across, anchors] = [size.width / 16, ANCHORS_PER_PLACE[0]];
        const finest = places.slice(0, across * (size.height / 16) * anchors);
        expect(
          finest.every((place, index) => {
            const [row, within] = [Math.floor(index / (across * anchors)), index % (across * anchors)];
            return Number(place) === start + (row * side * anchors) / 16 + within;
          }),
        ).toBe(true);
        expect(places.every((place, index) => index === 0 || place > (places[index - 1] ?? place))).toBe(true);
      }),
    );
  });

  it('is the square with all its anchors where nothing is black', () => {
    const whole = ssdPart(new Uint8Array(SSD_SIDE ** 2 * 3), SSD_SIDE, { width: SSD_SIDE, height: SSD_SIDE });
    expect([...whole.places]).toEqual(Array.from({ length: SSD_ANCHORS }, (_, index) => BigInt(index)));
    const seen = { width: SSD_SMALL_SIDE, height: SSD_SMALL_SIDE };
    const small = ssdPart(new Uint8Array(SSD_SMALL_SIDE ** 2 * 3), SSD_SMALL_SIDE, seen);
    expect(small.places).toHaveLength(1278 + SSD_MEANINGLESS);
    expect(small.places[0]).toBe(BigInt(SSD_ANCHORS));
    const large = { width: SSD_LARGE_SIDE, height: SSD_LARGE_SIDE };
    expect(ssdPart(new Uint8Array(SSD_LARGE_SIDE ** 2 * 3), SSD_LARGE_SIDE, large).places).toHaveLength(15_702);
  });
});
