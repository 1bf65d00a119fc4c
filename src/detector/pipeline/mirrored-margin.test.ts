import { expect, test } from 'vitest';
import { iou } from '#shared/geometry/rect.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { colourNetworks, paintFaces, sourceOf } from '#testing/detector/fake-ports.ts';
import { mirrorAround, searchWithMargin } from './mirrored-margin.ts';
import { TURNS } from './quarter-turn.ts';

const grey = (...values: number[]) => Uint8Array.from(values.flatMap((value) => [value, value, value]));

test('pixels go on as in a mirror at each edge', () => {
  const picture = { width: 3, height: 2, data: grey(1, 2, 3, 4, 5, 6) };
  const { data, width, height } = mirrorAround(picture, { x: 1, y: 2 });
  expect([width, height]).toEqual([5, 6]);
  expect([...data].filter((_, at) => at % 3 === 0)).toEqual([
    ...[4, 4, 5, 6, 6],
    ...[1, 1, 2, 3, 3],
    ...[1, 1, 2, 3, 3],
    ...[4, 4, 5, 6, 6],
    ...[4, 4, 5, 6, 6],
    ...[1, 1, 2, 3, 3],
  ]);
});

test.each(TURNS)(
  'a face is told once, in pixels of the picture, none of its reflections, turned by %i',
  async (turn) => {
    const face = imageRect(60, 50, 200, 240);
    const picture = sourceOf(paintFaces({ width: 400, height: 320 }, [{ box: face }]));
    const found = await searchWithMargin(picture, turn, colourNetworks());
    expect(found).toHaveLength(1);
    expect(iou(found[0]?.box ?? imageRect(0, 0, 1, 1), face)).toBeGreaterThan(0.95);
  },
);
