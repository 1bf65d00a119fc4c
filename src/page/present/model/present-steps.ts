/** Where a presentation of one picture stands: all faces together (0), then one face after another (1 to `count`). */
export type PresentStep = number;

/** A step that is there, of what was wished: a picture that is not answered yet has the first alone. */
export const stepWithin = (wished: PresentStep, count: number): PresentStep => Math.max(0, Math.min(wished, count));

/** Where a step to either side leads: to a step of this picture, or out of it. */
export type Move = { readonly to: 'step'; readonly step: PresentStep } | { readonly to: 'before' | 'after' };

/** One step on or back. Walking goes through the faces, then on to the next picture, and back the same way. */
export function moved(step: PresentStep, by: 1 | -1, count: number): Move {
  const next = step + by;
  if (next < 0) return { to: 'before' };
  return next > count ? { to: 'after' } : { to: 'step', step: next };
}

/** What an audience reads of a picture that was looked at, and a screen reader says. Nothing technical. */
export function countMessage(count: number): string {
  if (count === 0) return 'No faces found in this picture';
  return count === 1 ? '1 face' : `${count} faces`;
}
