import { describe, expect, it } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { touchesInnerBorder } from './passes.ts';

describe("a tile's box at the tile's border", () => {
  const picture = { width: 1000, height: 800 };
  const topLeft = imageRect(0, 0, 600, 600);

  it('is a face cut in two where the picture goes on', () => {
    expect(touchesInnerBorder(imageRect(500, 100, 98, 100), topLeft, picture)).toBe(true);
    expect(touchesInnerBorder(imageRect(100, 500, 100, 98), topLeft, picture)).toBe(true);
    expect(touchesInnerBorder(imageRect(401, 300, 50, 50), imageRect(400, 200, 600, 600), picture)).toBe(true);
    expect(touchesInnerBorder(imageRect(600, 201, 50, 50), imageRect(400, 200, 600, 600), picture)).toBe(true);
  });

  it("is kept at the picture's own edge and inside the tile", () => {
    expect(touchesInnerBorder(imageRect(0, 0, 80, 80), topLeft, picture)).toBe(false);
    expect(touchesInnerBorder(imageRect(900, 700, 100, 100), imageRect(400, 200, 600, 600), picture)).toBe(false);
    expect(touchesInnerBorder(imageRect(200, 200, 300, 300), topLeft, picture)).toBe(false);
  });
});
