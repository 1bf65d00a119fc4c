import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverWithTiles } from './tiles.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 1280 }), height: fc.integer({ min: 1, max: 1280 }) });

describe('tiles', () => {
  it('are whole pixels inside the picture and cover all of it', () => {
    fc.assert(
      fc.property(size, ({ width, height }) => {
        const tiles = coverWithTiles({ width, height });
        const columns = new Uint8Array(width);
        const rows = new Uint8Array(height);
        for (const tile of tiles) {
          expect([tile.x, tile.y, tile.width, tile.height].every(Number.isInteger)).toBe(true);
          expect(Math.min(tile.x, tile.y)).toBeGreaterThanOrEqual(0);
          columns.fill(1, tile.x, tile.x + tile.width);
          rows.fill(1, tile.y, tile.y + tile.height);
        }
        expect(Math.max(...tiles.map((tile) => tile.x + tile.width))).toBe(width);
        expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBe(height);
        // Every column with every row: covered columns and rows cover the picture.
        const places = new Set(tiles.map(({ x, y }) => `${x},${y}`));
        expect(places.size).toBe(new Set(tiles.map(({ x }) => x)).size * new Set(tiles.map(({ y }) => y)).size);
        expect(columns.every((covered) => covered === 1)).toBe(true);
        expect(rows.every((covered) => covered === 1)).toBe(true);
      }),
    );
  });

  it('hold any face of up to a twelfth of the long side whole, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.record({ width: fc.integer({ min: 64, max: 1280 }), height: fc.integer({ min: 64, max: 1280 }) }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ width, height }, across, down) => {
          const face = Math.max(width, height) / 12;
          const side = { width: Math.min(face, width), height: Math.min(face, height) };
          const x = across * (width - side.width);
          const y = down * (height - side.height);
          const holds = coverWithTiles({ width, height }).some(
            (tile) =>
              tile.x <= x &&
              tile.y <= y &&
              x + side.width <= tile.x + tile.width &&
              y + side.height <= tile.y + tile.height,
          );
          expect(holds).toBe(true);
        },
      ),
    );
  });
});

it('are nine for a usual photograph and three for a panorama', () => {
  expect(coverWithTiles({ width: 1280, height: 960 })).toHaveLength(9);
  expect(coverWithTiles({ width: 1280, height: 480 })).toHaveLength(3);
  expect(coverWithTiles({ width: 480, height: 1280 })).toHaveLength(3);
});
