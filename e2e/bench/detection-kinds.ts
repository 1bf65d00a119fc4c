import type { ImageRect } from '#shared/geometry/spaces.ts';
import { addScores, matchFaces, scorePicture } from './accuracy.ts';
import type { BenchPicture } from './pictures.ts';
import type { Figure } from './report.ts';

/** A picture with what was found in it. */
type Looked = { readonly picture: BenchPicture; readonly found: readonly ImageRect[] };

const KINDS = [
  { name: 'nobody', holds: (faces: number) => faces === 0 },
  { name: 'one person', holds: (faces: number) => faces === 1 },
  { name: '2 to 9 people', holds: (faces: number) => faces >= 2 && faces <= 9 },
  { name: '10 people and more', holds: (faces: number) => faces >= 10 },
] as const;

/** Shorter sides of faces, in pixels of the picture. */
const SIZES = [
  { name: 'under 20 px', from: 0, to: 20 },
  { name: '20 to 40 px', from: 20, to: 40 },
  { name: '40 to 80 px', from: 40, to: 80 },
  { name: '80 px and more', from: 80, to: Number.POSITIVE_INFINITY },
] as const;

/** Faces missed and boxes that are no face by how many people a picture shows, and missed by the size of the face. */
export function figuresByKind(looked: readonly Looked[]): Figure[] {
  const byKind = KINDS.flatMap(({ name, holds }): Figure[] => {
    const own = looked.filter(({ picture }) => holds(picture.truth.faces.length));
    if (own.length === 0) return [];
    const score = addScores(own.map(({ picture, found }) => scorePicture(found, picture.truth)));
    const all = score.right + score.missed;
    return [
      { name: `${name} (${own.length}): missed of ${all}`, value: score.missed, unit: '' },
      { name: `${name}: boxes that are no face`, value: score.wrong, unit: '' },
    ];
  });
  const bySize = SIZES.flatMap(({ name, from, to }): Figure[] => {
    let [all, missed] = [0, 0];
    for (const { picture, found } of looked) {
      const matched = new Set(matchFaces(found, picture.truth).map(({ faceIndex }) => faceIndex));
      for (const [index, { width, height }] of picture.truth.faces.entries()) {
        const side = Math.min(width, height);
        if (side < from || side >= to) continue;
        all += 1;
        if (!matched.has(index)) missed += 1;
      }
    }
    return all === 0 ? [] : [{ name: `faces ${name}: missed of ${all}`, value: missed, unit: '' }];
  });
  return [...byKind, ...bySize];
}

/** How much each found face overlaps the labelled one, 0 to 1. */
export const overlaps = (looked: readonly Looked[]): number[] =>
  looked.flatMap(({ picture, found }) => matchFaces(found, picture.truth).map(({ overlap }) => overlap));
