import type { FaceId } from '#shared/face.ts';
import { faceAfter } from '../model/face-order.ts';

/** What a key press means in the list of faces. */
export type ListCommand =
  | { readonly kind: 'select' | 'extend' | 'move' | 'toggle'; readonly id: FaceId }
  | { readonly kind: 'digit'; readonly digit: string };

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** How many rows a page key walks: of cards, and of the lower tiles of a grid. */
const PAGE = { list: 8, grid: 4 } as const;

/** By how many faces, or rows of them, a key walks. */
type Step = { readonly faces: number } | { readonly rows: number };

const stepOf = (key: string, columns: number): Step | undefined => {
  const page = columns === 1 ? PAGE.list : PAGE.grid;
  switch (key) {
    case 'ArrowLeft':
      return { faces: -1 };
    case 'ArrowRight':
      return { faces: 1 };
    case 'ArrowUp':
      return { rows: -1 };
    case 'ArrowDown':
      return { rows: 1 };
    case 'PageUp':
      return { rows: -page };
    case 'PageDown':
      return { rows: page };
    case 'Home':
      return { faces: Number.NEGATIVE_INFINITY };
    case 'End':
      return { faces: Number.POSITIVE_INFINITY };
    default:
      return undefined;
  }
};

/**
 * Reads a key press in the list: arrows, Home, End and the page keys move and select, with Ctrl or ⌘ they move only,
 * with Shift they extend; Space toggles; digits are for going to a number. In a grid of so many columns up and down
 * stay in theirs. Undefined for every other key.
 */
export function listCommand(
  press: KeyPress,
  shown: readonly FaceId[],
  active: FaceId | undefined,
  columns: number,
): ListCommand | undefined {
  if (press.altKey) return undefined;
  const moveOnly = press.ctrlKey || press.metaKey;
  if (press.key === ' ') return active === undefined ? undefined : { kind: 'toggle', id: active };
  if (/^[0-9]$/.test(press.key)) return moveOnly ? undefined : { kind: 'digit', digit: press.key };

  const step = stepOf(press.key, columns);
  if (step === undefined) return undefined;
  const id = 'rows' in step ? inColumn(shown, active, step.rows, columns) : target(shown, active, step.faces);
  if (id === undefined) return undefined;
  return { kind: moveOnly ? 'move' : press.shiftKey ? 'extend' : 'select', id };
}

/** Home and End go to the ends wherever the walk stands. */
const target = (shown: readonly FaceId[], active: FaceId | undefined, steps: number): FaceId | undefined =>
  Number.isFinite(steps) ? faceAfter(shown, active, steps) : steps < 0 ? shown[0] : shown.at(-1);

/**
 * So many rows further, in the same column; at the ends it stays in the first or last row. A last row that is too short
 * has its last face there.
 */
function inColumn(
  shown: readonly FaceId[],
  active: FaceId | undefined,
  rows: number,
  columns: number,
): FaceId | undefined {
  const at = active === undefined ? -1 : shown.indexOf(active);
  if (at < 0) return faceAfter(shown, undefined, rows);
  const column = at % columns;
  const lastRow = Math.floor((shown.length - 1) / columns);
  const row = Math.min(Math.max(Math.floor(at / columns) + rows, 0), lastRow);
  return shown[Math.min(row * columns + column, shown.length - 1)];
}
