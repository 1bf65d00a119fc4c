import type { Size } from '#shared/geometry/spaces.ts';

/**
 * A part of the picture at one magnification, on the grid of device pixels that begins at the picture's top left
 * corner: drawn at a whole device pixel it needs no resampling.
 */
export type Cut = {
  /** Device pixels per picture pixel. */
  readonly magnification: number;
  /** Left, top, width and height in device pixels, counted from the picture's corner; whole numbers. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Most device pixels of one cut: beyond it the margin around what is seen shrinks. 6 megapixels are 24 MB. */
const MAX_CUT_AREA = 6_000_000;

/** How far a cut reaches beyond what is seen, as a share of it on each side, so that a pan need not wait. */
const MARGIN_SHARE = 0.35;

/** Size in device pixels of the whole picture at a magnification. */
const wholeSize = (picture: Size, magnification: number): Size => ({
  width: Math.max(1, Math.round(picture.width * magnification)),
  height: Math.max(1, Math.round(picture.height * magnification)),
});

/** The cut that holds what is seen (device pixels from the picture's corner) and a margin as large as memory allows. */
export function cutAround(seen: Omit<Cut, 'magnification'>, picture: Size, magnification: number): Cut {
  const whole = wholeSize(picture, magnification);
  if (whole.width * whole.height <= MAX_CUT_AREA) return { magnification, x: 0, y: 0, ...whole };
  const room = Math.sqrt(MAX_CUT_AREA / Math.max(1, seen.width * seen.height));
  const share = Math.max(0, Math.min(MARGIN_SHARE, (room - 1) / 2));
  const x = Math.max(0, Math.floor(seen.x - seen.width * share));
  const y = Math.max(0, Math.floor(seen.y - seen.height * share));
  const right = Math.min(whole.width, Math.ceil(seen.x + seen.width * (1 + share)));
  const bottom = Math.min(whole.height, Math.ceil(seen.y + seen.height * (1 + share)));
  return { magnification, x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

/** The whole picture, small enough to keep at hand as what is shown while a sharper cut is being made. */
export function overviewCut(picture: Size, magnification: number): Cut {
  const affordable = Math.sqrt(MAX_CUT_AREA / 3 / (picture.width * picture.height));
  const used = Math.min(magnification, affordable);
  return { magnification: used, x: 0, y: 0, ...wholeSize(picture, used) };
}

/** True when the cut holds this part of the picture; both in device pixels at the cut's magnification. */
export const covers = (cut: Cut, seen: Omit<Cut, 'magnification'>): boolean =>
  cut.x <= seen.x + 1 &&
  cut.y <= seen.y + 1 &&
  cut.x + cut.width >= seen.x + seen.width - 1 &&
  cut.y + cut.height >= seen.y + seen.height - 1;
