/**
 * Where a presentation of one picture stands: all faces together (0), then one face after another (1 to `count`). A long
 * picture is shown in several parts before its faces: the last of them is 0, the ones before it -1, -2 and so on, so that
 * a face keeps its step when a turned screen makes more parts or fewer.
 */
export type PresentStep = number;

/** The step that a picture begins with. */
export const FIRST_STEP: PresentStep = Number.NEGATIVE_INFINITY;

/** The step that a picture ends with, and is come back to. */
export const LAST_STEP: PresentStep = Number.POSITIVE_INFINITY;

/** A step that is there, of what was wished: a picture that is not answered yet has no faces. */
export const stepWithin = (wished: PresentStep, count: number, parts = 1): PresentStep =>
  Math.max(1 - parts, Math.min(wished, count));

/** Which part is shown, from 0 on; undefined while one face is. */
export const partAt = (step: PresentStep, parts: number): number | undefined =>
  step > 0 ? undefined : step + parts - 1;

/** Where a step to either side leads: to a step of this picture, or out of it. */
export type Move = { readonly to: 'step'; readonly step: PresentStep } | { readonly to: 'before' | 'after' };

/** One step on or back. Walking goes through the parts and the faces, then on to the next picture, and back the same way. */
export function moved(step: PresentStep, by: 1 | -1, count: number, parts = 1): Move {
  const next = step + by;
  if (next < 1 - parts) return { to: 'before' };
  return next > count ? { to: 'after' } : { to: 'step', step: next };
}

/** What an audience reads of a picture that was looked at, and a screen reader says. Nothing technical. */
export function countMessage(count: number): string {
  if (count === 0) return 'No faces found in this picture';
  return count === 1 ? '1 face' : `${count} faces`;
}
