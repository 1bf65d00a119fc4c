/** How a grid of crops is laid out; lengths in CSS pixels. */
export type GridPlan = {
  readonly columns: number;
  /** Of all tiles side by side. */
  readonly width: number;
  /** Width of a tile; its crop is `CROP_SHAPE` times as high. */
  readonly tileWidth: number;
  /** From the top of one row to the top of the next. */
  readonly pitch: number;
  /** Whether a tile is wide enough to say its size in pixels under the crop. */
  readonly captioned: boolean;
};

/** What a grid has to fit in; lengths in CSS pixels. */
export type GridRoom = {
  readonly count: number;
  /** Of all tiles side by side. */
  readonly width: number;
  /** In which no row has to be scrolled to; undefined where that is not worth anything. */
  readonly height: number | undefined;
  /** The page's text size, which everything grows with. */
  readonly rem: number;
};

/** Height of a crop for its width: heads are taller than wide. */
const CROP_SHAPE = 1.25;

/* Lengths in rem. Below the smallest tile nobody can be told apart, and a thumb misses. */
const SMALLEST_TILE = 3.5;
const LARGEST_TILE = 6.25;
const CAPTION_FROM = 4.125;
export const GRID_GAP = 0.5;
export const GRID_ROW_GAP = 0.625;
export const GRID_CAPTION = 1.125;

/**
 * The largest tiles with which all faces can be seen at once; where no size does that, the smallest, so that as many as
 * possible can. Depends on nothing that a selection changes, or tiles would move under the pointer.
 */
export function planGrid({ count, width, height, rem }: GridRoom): GridPlan {
  const gap = GRID_GAP * rem;
  const columnsOf = (tile: number) => Math.max(1, Math.floor((width + gap) / (tile * rem + gap)));
  const planFor = (columns: number): GridPlan => {
    const tileWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
    const captioned = tileWidth >= CAPTION_FROM * rem;
    const pitch = tileWidth * CROP_SHAPE + ((captioned ? GRID_CAPTION : 0) + GRID_ROW_GAP) * rem;
    return { columns, width, tileWidth, pitch, captioned };
  };
  const most = columnsOf(SMALLEST_TILE);
  for (let columns = columnsOf(LARGEST_TILE); columns < most; columns++) {
    const plan = planFor(columns);
    if (height !== undefined && Math.ceil(count / columns) * plan.pitch <= height) return plan;
  }
  return planFor(most);
}
