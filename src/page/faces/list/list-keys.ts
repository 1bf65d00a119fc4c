import type { FaceId } from '#shared/face.ts';
import { faceAfter } from '../model/face-order.ts';

/** What a key press means in the list of faces. */
export type ListCommand =
  | { readonly kind: 'select' | 'extend' | 'move' | 'toggle'; readonly id: FaceId }
  | { readonly kind: 'digit'; readonly digit: string };

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** How many faces a page key walks. */
const PAGE = 8;

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  PageUp: -PAGE,
  PageDown: PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * Reads a key press in the list: arrows, Home, End and the page keys move and select, with Ctrl or ⌘ they move only,
 * with Shift they extend; Space toggles; digits are for going to a number. Undefined for every other key.
 */
export function listCommand(
  press: KeyPress,
  shown: readonly FaceId[],
  active: FaceId | undefined,
): ListCommand | undefined {
  if (press.altKey) return undefined;
  const moveOnly = press.ctrlKey || press.metaKey;
  if (press.key === ' ') return active === undefined ? undefined : { kind: 'toggle', id: active };
  if (/^[0-9]$/.test(press.key)) return moveOnly ? undefined : { kind: 'digit', digit: press.key };

  const steps = STEPS[press.key];
  if (steps === undefined) return undefined;
  const id = target(shown, active, steps);
  if (id === undefined) return undefined;
  return { kind: moveOnly ? 'move' : press.shiftKey ? 'extend' : 'select', id };
}

/** Home and End go to the ends wherever the walk stands. */
const target = (shown: readonly FaceId[], active: FaceId | undefined, steps: number): FaceId | undefined =>
  Number.isFinite(steps) ? faceAfter(shown, active, steps) : steps < 0 ? shown[0] : shown.at(-1);
