import type { StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';

/** A box that wants a badge, in stage pixels, and how large its badge is. */
export type BadgeRequest = { readonly box: StageRect; readonly width: number; readonly height: number };

/**
 * Where a badge sits at its box. The order is the order of preference: above the top left corner is where one looks
 * first; inside comes last because it covers something.
 */
export const BADGE_SLOTS = [
  'above-left',
  'above-right',
  'below-left',
  'below-right',
  'right',
  'left',
  'inside',
] as const;
export type BadgeSlot = (typeof BADGE_SLOTS)[number];

/** Space between a box and its badge, in stage pixels: the halo line and a hair. */
const BADGE_GAP = 4;

/** The largest share of any box that a badge may cover: a small face is never hidden by a number. */
export const MAX_COVERED_SHARE = 0.1;

/** Side of a bucket of the search grid, in stage pixels: a few badges wide. */
const GRID_CELL = 64;

/** Where a badge lies when it takes this slot of its box, wherever the edges are. */
export function badgeAt(slot: BadgeSlot, { box, width, height }: BadgeRequest): StageRect {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  switch (slot) {
    case 'above-left':
      return stageRect(box.x, box.y - BADGE_GAP - height, width, height);
    case 'above-right':
      return stageRect(right - width, box.y - BADGE_GAP - height, width, height);
    case 'below-left':
      return stageRect(box.x, bottom + BADGE_GAP, width, height);
    case 'below-right':
      return stageRect(right - width, bottom + BADGE_GAP, width, height);
    case 'right':
      return stageRect(right + BADGE_GAP, box.y, width, height);
    case 'left':
      return stageRect(box.x - BADGE_GAP - width, box.y, width, height);
    case 'inside':
      return stageRect(box.x + BADGE_GAP, box.y + BADGE_GAP, width, height);
  }
}

/** Moves a badge by the least that brings it into `bounds`; one larger than the bounds lies at their top left. */
export const moveInto = (bounds: StageRect, badge: StageRect): StageRect =>
  stageRect(
    Math.max(bounds.x, Math.min(badge.x, bounds.x + bounds.width - badge.width)),
    Math.max(bounds.y, Math.min(badge.y, bounds.y + bounds.height - badge.height)),
    badge.width,
    badge.height,
  );

/** True when a box can be seen within `bounds`, by a pixel at least. */
export const isInSight = (bounds: StageRect, box: StageRect): boolean =>
  box.x < bounds.x + bounds.width &&
  box.x + box.width > bounds.x &&
  box.y < bounds.y + bounds.height &&
  box.y + box.height > bounds.y;

/**
 * Chooses a slot for every badge, in the order of the requests, so give the important ones first. A badge stays
 * within `bounds`, covers no box by more than `MAX_COVERED_SHARE` and no badge placed before. Where a crowd leaves no
 * such place the answer is `undefined`: no badge is better than one that hides a face, and zooming in makes room.
 * Boxes out of sight get `undefined` too. `others` are boxes that want no badge and are not hidden either. Equal requests
 * always give equal answers.
 */
export function layoutBadges(
  requests: readonly BadgeRequest[],
  bounds: StageRect,
  others: readonly StageRect[] = [],
): (BadgeSlot | undefined)[] {
  const boxes = new Grid(bounds);
  for (const box of [...requests.map((request) => request.box), ...others]) if (isInSight(bounds, box)) boxes.add(box);
  const badges = new Grid(bounds);
  return requests.map((request) => {
    if (!isInSight(bounds, request.box)) return undefined;
    const slot = BADGE_SLOTS.find((candidate) => {
      const badge = moveInto(bounds, badgeAt(candidate, request));
      return (
        // At an edge a badge that belongs outside may have been moved onto its own face.
        (candidate === 'inside' || overlap(badge, request.box) === 0) &&
        !badges.some(badge, (other) => overlap(badge, other) > 0) &&
        !boxes.some(badge, (box) => overlap(badge, box) > MAX_COVERED_SHARE * box.width * box.height)
      );
    });
    if (slot !== undefined) badges.add(moveInto(bounds, badgeAt(slot, request)));
    return slot;
  });
}

/** Common area of two rectangles in square stage pixels. */
function overlap(a: StageRect, b: StageRect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * Rectangles in buckets of the plane, so that a crowd of thousands is laid out within a frame or two. Only what lies
 * within `bounds` is looked at: a box magnified far beyond the stage must not fill millions of buckets.
 */
class Grid {
  readonly #bounds: StageRect;
  readonly #cells = new Map<number, StageRect[]>();

  constructor(bounds: StageRect) {
    this.#bounds = bounds;
  }

  add(rect: StageRect): void {
    this.#forEachCell(rect, (key) => {
      const cell = this.#cells.get(key);
      if (cell === undefined) this.#cells.set(key, [rect]);
      else cell.push(rect);
    });
  }

  /** True when the test holds for any rectangle that may touch this one. */
  some(rect: StageRect, test: (other: StageRect) => boolean): boolean {
    let found = false;
    this.#forEachCell(rect, (key) => {
      if (!found) found = this.#cells.get(key)?.some(test) ?? false;
    });
    return found;
  }

  #forEachCell(rect: StageRect, visit: (key: number) => void): void {
    const { x, y, width, height } = this.#bounds;
    const right = Math.floor((Math.min(rect.x + rect.width, x + width) - x) / GRID_CELL);
    const bottom = Math.floor((Math.min(rect.y + rect.height, y + height) - y) / GRID_CELL);
    for (let row = Math.max(0, Math.floor((rect.y - y) / GRID_CELL)); row <= bottom; row++)
      for (let column = Math.max(0, Math.floor((rect.x - x) / GRID_CELL)); column <= right; column++)
        visit(row * 65_536 + column);
  }
}
