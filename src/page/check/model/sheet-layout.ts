import type { Size } from '#shared/geometry/spaces.ts';
import type { SheetItem } from './sheet.ts';

/** Place that a key moves to from `at` among `count` crops in `columns`, `rows` of which are in view; itself at an edge. */
export function placeAfter(key: string, at: number, count: number, columns: number, rows: number): number | undefined {
  const last = count - 1;
  if (last < 0) return undefined;
  const rowOf = (place: number) => Math.floor(place / columns);
  const down = (by: number) => (rowOf(at) === rowOf(last) ? at : Math.min(last, at + by * columns));
  const up = (by: number) => (at < columns ? at : Math.max(at % columns, at - by * columns));
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, at + 1);
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowDown':
      return down(1);
    case 'ArrowUp':
      return up(1);
    case 'PageDown':
      return down(rows);
    case 'PageUp':
      return up(rows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/**
 * How a range changes as its end moves: places that come in, and those that leave it. `anchor` is where it began and
 * never leaves; `isNew` tells that it begins now, so that the anchor comes in as well.
 */
export function rangeChange(
  anchor: number,
  from: number,
  to: number,
  isNew: boolean,
): { readonly added: readonly number[]; readonly left: readonly number[] } {
  const before = isNew ? [] : placesBetween(anchor, from);
  const after = placesBetween(anchor, to);
  return {
    added: after.filter((place) => !before.includes(place)),
    left: before.filter((place) => !after.includes(place)),
  };
}

const placesBetween = (a: number, b: number): readonly number[] => {
  const first = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => first + index);
};

/** A stretch of a row that is of one group. The name is strong where the group begins, pale where it goes on. */
export type Stretch = {
  readonly group: SheetItem['group'];
  readonly column: number;
  readonly columns: number;
  readonly begins: boolean;
};

/** The stretches of the row that begins at place `first`. */
export function stretchesOf(groups: readonly SheetItem['group'][], first: number, columns: number): readonly Stretch[] {
  const row = groups.slice(first, first + columns);
  const starts = [...row.keys()].filter((column) => column === 0 || row[column] !== row[column - 1]);
  return starts.flatMap((column, index) => {
    const group = row[column];
    const end = starts[index + 1] ?? row.length;
    return group === undefined
      ? []
      : [{ group, column, columns: end - column, begins: groups[first + column - 1] !== group }];
  });
}

/** How the crops lie: tiles of one size in columns that fill the width. All in CSS pixels. */
export type SheetGrid = {
  readonly columns: number;
  readonly tile: Size;
  /** From one tile to the next, and from one row to the next. */
  readonly across: number;
  readonly pitch: number;
};

/** Space between tiles, that above a row for the names of groups, and that below it. */
const GAP = 12;
export const NAME_HEIGHT = 22;
const ROW_GAP = 10;
/** Height by width of a tile. */
const TILE_SHAPE = 102 / 96;

/** The grid for a width that is not smaller than a tile; tiles are at least `side` wide. */
export function gridFor(width: number, side: number): SheetGrid {
  const columns = Math.max(1, Math.floor((width + GAP) / (side + GAP)));
  const wide = (Math.max(width, side) - (columns - 1) * GAP) / columns;
  const tile = { width: wide, height: Math.round(wide * TILE_SHAPE) };
  return { columns, tile, across: wide + GAP, pitch: NAME_HEIGHT + tile.height + ROW_GAP };
}

/** Space between a crop and its preview, and around that, in CSS pixels. */
const BESIDE = 12;

/**
 * Where a preview of size `card` goes: right of the crop, else left of it, else where there is more room; always inside
 * `area`, whose bottom is the end bar. All in CSS pixels of the area.
 */
export function placeBeside(
  crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  card: Size,
  area: Size,
): { readonly x: number; readonly y: number } {
  const right = crop.x + crop.width + BESIDE;
  const left = crop.x - BESIDE - card.width;
  const fits = (x: number) => x >= BESIDE && x + card.width + BESIDE <= area.width;
  const x = fits(right) ? right : fits(left) ? left : Math.max(0, Math.min(area.width - card.width, right));
  const y = crop.y + crop.height / 2 - card.height / 2;
  return { x, y: Math.max(0, Math.min(area.height - card.height - BESIDE, Math.max(BESIDE, y))) };
}
