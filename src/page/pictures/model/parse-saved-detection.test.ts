import { expect, test } from 'vitest';
import type { HandedOver } from './handed-over.ts';
import { parseSavedDetection } from './parse-saved-detection.ts';

/** A portrait of 3000 × 4000 pixels that lies in its file on its side, sent at a quarter of its size. */
const handedOver: HandedOver = {
  path: undefined,
  size: { width: 3000, height: 4000 },
  orientation: 6,
  sha256: 'a'.repeat(64),
};
const picture = { size: { width: 750, height: 1000 }, orientation: 1, handedOver } as const;

const answer = (width: number, height: number, [x, y, w, h]: readonly [number, number, number, number]) => ({
  faceItems: [{ arguments: [{ name: 'face_bound', value: JSON.stringify({ x, y, width: w, height: h }) }] }],
  mediaInfo: { type: 'image', width, height },
});

const shareOf = (body: unknown) => {
  const read = parseSavedDetection(body, picture);
  if (!read.ok) throw new Error(read.error.detail);
  const { faces, size, warnings } = read.value;
  const { x, y, width, height } = faces[0]?.bound ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    place: [x / size.width, y / size.height, width / size.width, height / size.height],
    warned: warnings.length > 0,
  };
};

test.each([
  ['what was sent', answer(750, 1000, [75, 100, 150, 100])],
  ["the file's upright pixels", answer(3000, 4000, [300, 400, 600, 400])],
])('an answer in %s lies on its face, without a word', (_pixels, body) => {
  expect(shareOf(body)).toEqual({ place: [0.1, 0.1, 0.2, 0.1], warned: false });
});

test('an answer about the pixels as they are stored is turned with them', () => {
  expect(shareOf(answer(4000, 3000, [400, 2100, 400, 600])).place).toEqual([0.1, 0.1, 0.2, 0.1]);
});

test('an answer about another shape is placed as ever, with its warning', () => {
  expect(shareOf(answer(1000, 1000, [0, 0, 100, 100])).warned).toBe(true);
});
