import { UNSURE_BELOW } from '#contract/recognize-faces.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** What makes a face worth a second look, the strongest first. */
export const SUSPICIONS = ['engines-disagree', 'low-score', 'odd-shape', 'at-the-edge', 'tiny'] as const;
export type SuspicionKind = (typeof SUSPICIONS)[number];

/** The strongest reason to look at a face. `weight` orders faces of the same kind: more is stranger. */
export type Suspicion = { readonly kind: SuspicionKind; readonly weight: number; readonly sentence: string };

/** What is known of a face beside its box. */
export type FaceHints = {
  /** How sure the engine is, 0 to 1, where it says so. */
  readonly score?: number | undefined;
  /** The engine that alone found it, where both were asked. */
  readonly onlyFoundBy?: string | undefined;
};

/** Below this score a face is unsure; the detector leaves out what is below 0.5 or so. */
const LOW_SCORE = UNSURE_BELOW;
/** Width by height of a face's box: outside of this it holds more, or less, than a face. Ours, by eye. */
const USUAL_SHAPE = { least: 0.55, most: 1.25 } as const;
/** So near to the picture's edge a box ends there, as a share of the box's side. */
const AT_EDGE = 0.02;
/** Shorter sides than this, in pixels, show little of a face. */
const TINY = 40;

/** The strongest reason to doubt a face, or undefined where nothing is odd. `size` is the space of its box. */
export function suspicionOf(
  face: Pick<Face, 'bound' | 'rawBound' | 'partlyOutside'>,
  size: Size,
  hints: FaceHints,
): Suspicion | undefined {
  const { bound, rawBound } = face;
  if (hints.onlyFoundBy !== undefined) {
    return { kind: 'engines-disagree', weight: 1, sentence: `Only ${hints.onlyFoundBy} found a face here` };
  }
  if (hints.score !== undefined && hints.score < LOW_SCORE) {
    const percent = Math.round(hints.score * 100);
    return { kind: 'low-score', weight: 1 - hints.score, sentence: `Unsure: ${percent} % sure that it is a face` };
  }
  const shape = rawBound.width / rawBound.height;
  if (shape < USUAL_SHAPE.least || shape > USUAL_SHAPE.most) {
    const sentence = shape < 1 ? 'Odd shape: narrow for a face' : 'Odd shape: wide for a face';
    return { kind: 'odd-shape', weight: Math.abs(Math.log(shape)), sentence };
  }
  const gap = Math.min(
    bound.x / bound.width,
    bound.y / bound.height,
    (size.width - bound.x - bound.width) / bound.width,
    (size.height - bound.y - bound.height) / bound.height,
  );
  if (face.partlyOutside || gap <= AT_EDGE) {
    return { kind: 'at-the-edge', weight: 1 - gap, sentence: 'At the edge of the picture' };
  }
  const side = Math.min(bound.width, bound.height);
  if (side < TINY) {
    const told = `${Math.round(bound.width)} × ${Math.round(bound.height)} px`;
    return { kind: 'tiny', weight: 1 - side / TINY, sentence: `Tiny: ${told}, under ${TINY}` };
  }
  return undefined;
}

/** Orders faces by how much they ask for a look: kind, then weight; equal ones stay as they are. */
export function bySuspicion(a: Suspicion | undefined, b: Suspicion | undefined): number {
  const rank = (one: Suspicion | undefined) => (one === undefined ? SUSPICIONS.length : SUSPICIONS.indexOf(one.kind));
  return rank(a) - rank(b) || (b?.weight ?? 0) - (a?.weight ?? 0);
}
