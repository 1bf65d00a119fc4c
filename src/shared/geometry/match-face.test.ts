import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rescale } from '#shared/geometry/rect.ts';
import { faceAt } from '#testing/face-at.ts';
import type { Detection } from '../face.ts';
import { matchFace } from './match-face.ts';
import { type ImageRect, imageRect, type Size } from './spaces.ts';

const SIZE: Size = { width: 1600, height: 1000 };

function detection(size: Size, ...bounds: readonly ImageRect[]): Detection {
  return {
    size,
    unreadable: [],
    warnings: [],
    media: { type: 'image', duration: 0 },
    faces: bounds.map((bound, index) => faceAt(index + 1, bound, { share: 0.1 })),
  };
}

describe('finding the same face at another engine', () => {
  it('goes by the place, whatever the other engine’s order', () => {
    const there = detection(SIZE, imageRect(900, 300, 200, 240), imageRect(105, 98, 190, 245));
    expect(matchFace(imageRect(100, 100, 200, 240), SIZE, there)).toMatchObject({
      kind: 'matched',
      face: { faceNo: 2 },
    });
  });

  it('takes the box with the largest overlap among several', () => {
    const there = detection(SIZE, imageRect(100, 100, 200, 160), imageRect(100, 100, 200, 230));
    expect(matchFace(imageRect(100, 100, 200, 240), SIZE, there)).toMatchObject({ face: { faceNo: 2 } });
  });

  it('counts half an overlap as the same face, and less as another', () => {
    const box = imageRect(0, 0, 300, 100);
    // 200 shared of 400 in all; then 198 of 402.
    expect(matchFace(box, SIZE, detection(SIZE, imageRect(100, 0, 300, 100)))).toMatchObject({
      kind: 'matched',
      iou: 0.5,
    });
    expect(matchFace(box, SIZE, detection(SIZE, imageRect(102, 0, 300, 100)))).toMatchObject({
      kind: 'unmatched',
      nearest: { face: { faceNo: 1 } },
    });
  });

  it('finds nothing among no faces, and nothing near where nothing touches', () => {
    const box = imageRect(0, 0, 100, 100);
    expect(matchFace(box, SIZE, detection(SIZE))).toEqual({ kind: 'unmatched', nearest: undefined });
    expect(matchFace(box, SIZE, detection(SIZE, imageRect(500, 500, 100, 100)))).toEqual({
      kind: 'unmatched',
      nearest: undefined,
    });
  });

  it('does not mind in which size the other engine measured the picture', () => {
    const side = fc.integer({ min: 40, max: 4000 });
    const box = fc
      .record({ x: fc.integer({ max: 1300, min: 0 }), y: fc.integer({ max: 700, min: 0 }) })
      .map(({ x, y }) => imageRect(x, y, 200, 240));
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), side, side, fc.nat(), (boxes, width, height, pick) => {
        const size = { width, height };
        const there = detection(size, ...boxes.map((each) => rescale(each, SIZE, size)));
        const chosen = boxes[pick % boxes.length] ?? boxes[0];
        if (chosen === undefined) return;
        const match = matchFace(chosen, SIZE, there);
        expect(match.kind).toBe('matched');
        if (match.kind === 'matched') {
          expect(match.iou).toBeCloseTo(1, 6);
          expect(rescale(match.face.bound, size, SIZE).x).toBeCloseTo(chosen.x, 6);
        }
      }),
    );
  });
});
