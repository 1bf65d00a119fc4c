/**
 * The order of a presentation: first the picture alone (0), then one face after another (1 to `count`), at the end all
 * of them together (`count` + 1). A picture without faces is only shown.
 */
export type PresentStep = number;

export const lastStep = (count: number): PresentStep => (count === 0 ? 0 : count + 1);

/** The step after moving; it stays at both ends. */
export const movedStep = (step: PresentStep, by: number, count: number): PresentStep =>
  Math.max(0, Math.min(lastStep(count), step + by));

/** Place of the face that a step is about in the order of the numbers, from 0. */
export const faceAtStep = (step: PresentStep, count: number): number | undefined =>
  step >= 1 && step <= count ? step - 1 : undefined;

/** How many faces a step shows. */
export const shownAtStep = (step: PresentStep, count: number): number => Math.min(step, count);

/** What an audience reads of a picture that was looked at, and a screen reader says. Nothing technical. */
export function stepMessage(step: PresentStep, count: number, faceNo: number | undefined): string {
  if (count === 0) return 'No faces found in this picture';
  if (step === 0) return count === 1 ? '1 face' : `${count} faces`;
  return faceNo === undefined ? (count === 1 ? 'The face' : `All ${count} faces`) : `Face ${faceNo} of ${count}`;
}

export type PresentCommand = 'next' | 'back' | 'first' | 'last' | 'cover' | 'previous-picture' | 'next-picture' | 'end';

/** What a key means while presenting; presenters' remotes send Page Up and Page Down. */
export function commandFor(key: string): PresentCommand | undefined {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'ArrowRight':
    case 'ArrowDown':
    case 'PageDown':
    case ' ':
    case 'Enter':
      return 'next';
    case 'ArrowLeft':
    case 'ArrowUp':
    case 'PageUp':
    case 'Backspace':
      return 'back';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'b':
      return 'cover';
    case '[':
      return 'previous-picture';
    case ']':
      return 'next-picture';
    case 'p':
      return 'end';
    default:
      return undefined;
  }
}
