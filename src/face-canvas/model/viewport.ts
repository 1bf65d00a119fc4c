import type { ImagePoint, ImageRect, Size, StagePoint, StageRect } from '#shared/geometry/spaces.ts';
import { imagePoint, imageRect, stagePoint, stageRect } from '#shared/geometry/spaces.ts';

/**
 * How the picture lies on the stage: a uniform scale (stage pixels per picture pixel) and the stage position of the
 * picture's top left corner. This is the one transform that everything drawn derives from.
 */
export type Viewport = { readonly scale: number; readonly x: number; readonly y: number };

/**
 * What a viewport has to respect: the picture's size in image space and `room`, the part of the stage in which a
 * fitted picture lies (the stage less its margins and whatever floats over it).
 */
export type Framing = { readonly picture: Size; readonly room: StageRect };

/** Largest magnification, stage pixels per picture pixel: beyond it single pixels fill the screen. */
export const MAX_SCALE = 32;

/**
 * Largest magnification that is gone to by itself, stage pixels per picture pixel: beyond 400 % of its pixels a small
 * face is harder to recognise, not easier.
 */
export const MAX_FACE_SCALE = 4;

/** How much of the room a face takes after zooming to it, so that its surroundings stay in sight. */
const FACE_SHARE_OF_ROOM = 0.45;

/** Height of a face that can be judged, in stage pixels: what is shown lower than the least is gone to. */
const JUDGED_HEIGHT = { least: 80, wanted: 150 } as const;

/** The largest share of the room that a face may take while walking: more leaves no room around it. */
const MOST_OF_ROOM = 0.7;

/** From this ratio of its sides on, a picture that is shown whole is a strip that shows nobody. */
const LONG_FROM = 3;

/** Scales closer than this share count as equal: it absorbs rounding, and no eye can tell. */
const SCALE_TOLERANCE = 1e-4;

export const pointToStage = (viewport: Viewport, point: ImagePoint): StagePoint =>
  stagePoint(point.x * viewport.scale + viewport.x, point.y * viewport.scale + viewport.y);

export const pointToImage = (viewport: Viewport, point: StagePoint): ImagePoint =>
  imagePoint((point.x - viewport.x) / viewport.scale, (point.y - viewport.y) / viewport.scale);

export const rectToStage = (viewport: Viewport, rect: ImageRect): StageRect =>
  stageRect(
    rect.x * viewport.scale + viewport.x,
    rect.y * viewport.scale + viewport.y,
    rect.width * viewport.scale,
    rect.height * viewport.scale,
  );

export const rectToImage = (viewport: Viewport, rect: StageRect): ImageRect =>
  imageRect(
    (rect.x - viewport.x) / viewport.scale,
    (rect.y - viewport.y) / viewport.scale,
    rect.width / viewport.scale,
    rect.height / viewport.scale,
  );

/** The scale at which the whole picture just fits into the room. */
export const fitScale = ({ picture, room }: Framing): number =>
  Math.min(MAX_SCALE, room.width / picture.width, room.height / picture.height);

/** The whole picture, as large as it fits, in the middle of the room. */
export function fitted(framing: Framing): Viewport {
  const scale = fitScale(framing);
  const { picture, room } = framing;
  return {
    scale,
    x: room.x + (room.width - picture.width * scale) / 2,
    y: room.y + (room.height - picture.height * scale) / 2,
  };
}

/** True when the viewport shows the whole picture at the scale that fits it. */
export const isFit = (viewport: Viewport, framing: Framing): boolean =>
  Math.abs(viewport.scale / fitScale(framing) - 1) < SCALE_TOLERANCE;

/** True when the picture is larger than its fit, so that there is something to pan. */
export const isZoomedIn = (viewport: Viewport, framing: Framing): boolean =>
  viewport.scale > fitScale(framing) * (1 + SCALE_TOLERANCE);

/** The smallest scale: the fit, or 1:1 where a small picture is enlarged to fit. */
export const minScale = (framing: Framing): number => Math.min(1, fitScale(framing));

/**
 * Holds a viewport within its limits. A picture larger than its fit always covers the place that it has when it fits:
 * zooming in around any point of the picture then never needs a correction, zooming out ends exactly at the fit, and
 * the picture can never be lost off-screen. A smaller one lies in the middle.
 */
export function clampViewport(viewport: Viewport, framing: Framing): Viewport {
  const scale = Math.min(MAX_SCALE, Math.max(minScale(framing), viewport.scale));
  const home = fitted(framing);
  const { picture } = framing;
  return {
    scale,
    x: clampAxis(viewport.x, home.x, picture.width * home.scale, picture.width * scale),
    y: clampAxis(viewport.y, home.y, picture.height * home.scale, picture.height * scale),
  };
}

function clampAxis(start: number, homeStart: number, homeLength: number, length: number): number {
  const slack = length - homeLength;
  if (slack <= 0) return homeStart - slack / 2;
  return Math.min(homeStart, Math.max(homeStart - slack, start));
}

/** Zooms by a factor and keeps the picture point under `pivot` where it is; a pivot beside the picture means its nearest edge. */
export function zoomAt(viewport: Viewport, factor: number, pivot: StagePoint, framing: Framing): Viewport {
  const shown = rectToStage(viewport, imageRect(0, 0, framing.picture.width, framing.picture.height));
  const x = Math.min(shown.x + shown.width, Math.max(shown.x, pivot.x));
  const y = Math.min(shown.y + shown.height, Math.max(shown.y, pivot.y));
  return zoomBetween(viewport, factor, stagePoint(x, y), stagePoint(x, y), framing);
}

/** Zooms by a factor and carries the picture point under `from` to `to`, as two fingers do. */
export function zoomBetween(
  viewport: Viewport,
  factor: number,
  from: StagePoint,
  to: StagePoint,
  framing: Framing,
): Viewport {
  const scale = Math.min(MAX_SCALE, Math.max(minScale(framing), viewport.scale * factor));
  const ratio = scale / viewport.scale;
  return clampViewport(
    { scale, x: to.x - (from.x - viewport.x) * ratio, y: to.y - (from.y - viewport.y) * ratio },
    framing,
  );
}

/** Moves the picture by stage pixels, as far as its limits allow. */
export const panBy = (viewport: Viewport, dx: number, dy: number, framing: Framing): Viewport =>
  clampViewport({ scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy }, framing);

/** The given scale with this picture point in the middle of the room, as far as the limits allow. */
export function centerOn(point: ImagePoint, scale: number, framing: Framing): Viewport {
  const { room } = framing;
  return clampViewport(
    { scale, x: room.x + room.width / 2 - point.x * scale, y: room.y + room.height / 2 - point.y * scale },
    framing,
  );
}

/**
 * A rectangle of the picture in the middle of the room, large enough to look at, never smaller than the fit and never
 * beyond `MAX_FACE_SCALE`.
 */
export function zoomToRect(rect: ImageRect, framing: Framing): Viewport {
  const wanted = scaleForShare(rect, framing, FACE_SHARE_OF_ROOM);
  return centerOn(middleOf(rect), Math.max(fitScale(framing), Math.min(MAX_FACE_SCALE, wanted)), framing);
}

/**
 * Brings a rectangle of the picture into sight. At fit it is in sight already. An enlarged picture has it in the middle
 * of the room then, with room around it: where it is too large for that, the picture gets smaller, never larger.
 */
export function reveal(viewport: Viewport, rect: ImageRect, framing: Framing): Viewport {
  if (!isZoomedIn(viewport, framing)) return viewport;
  const most = scaleForShare(rect, framing, MOST_OF_ROOM);
  return centerOn(middleOf(rect), Math.max(fitScale(framing), Math.min(viewport.scale, most)), framing);
}

/**
 * The view in which a face can be judged. One that is wholly in the room and at least 80 pixels high stays where it is;
 * any other comes to the middle, 150 pixels high, never smaller than the fit, and by itself never beyond
 * `MAX_FACE_SCALE`.
 */
export function lookAt(viewport: Viewport, rect: ImageRect, framing: Framing): Viewport {
  const { room } = framing;
  const shown = rectToStage(viewport, rect);
  const isInRoom =
    shown.x >= room.x &&
    shown.y >= room.y &&
    shown.x + shown.width <= room.x + room.width &&
    shown.y + shown.height <= room.y + room.height;
  if (isInRoom && shown.height >= JUDGED_HEIGHT.least) return viewport;
  const wanted = Math.min(
    MAX_FACE_SCALE,
    JUDGED_HEIGHT.wanted / Math.max(1, rect.height),
    scaleForShare(rect, framing, MOST_OF_ROOM),
  );
  // What is large enough already only moves.
  const fits = viewport.scale <= scaleForShare(rect, framing, MOST_OF_ROOM);
  const isLargeEnough = shown.height >= JUDGED_HEIGHT.least && fits;
  return centerOn(middleOf(rect), Math.max(fitScale(framing), isLargeEnough ? viewport.scale : wanted), framing);
}

const middleOf = ({ x, y, width, height }: ImageRect): ImagePoint => imagePoint(x + width / 2, y + height / 2);

/** The scale at which a rectangle of the picture takes this share of the room, by the side that is short of it. */
const scaleForShare = (rect: ImageRect, { room }: Framing, share: number): number =>
  share * Math.min(room.width / Math.max(1, rect.width), room.height / Math.max(1, rect.height));

/** The way along which a picture is longer than the room, so much that showing it whole wastes most of the room. */
export type LongSide = 'height' | 'width';

/** Tells whether a picture is long: tall ones are fitted to the room's width then, wide ones to its height. */
export function longSideOf({ picture }: Pick<Framing, 'picture'>): LongSide | undefined {
  if (picture.height >= LONG_FROM * picture.width) return 'height';
  return picture.width >= LONG_FROM * picture.height ? 'width' : undefined;
}

/** The scale at which the short side of a picture fills the room; the fit where that is larger. */
export function filledScale(framing: Framing): number {
  const { picture, room } = framing;
  const filled = Math.max(room.width / picture.width, room.height / picture.height);
  return Math.max(fitScale(framing), Math.min(MAX_FACE_SCALE, filled));
}

/** The picture with its short side filling the room, from its beginning on: the top of a tall one, the left of a wide one. */
export function filled(framing: Framing): Viewport {
  const { picture, room } = framing;
  const scale = filledScale(framing);
  const startOf = (start: number, length: number, shown: number) => start + Math.max(0, length - shown) / 2;
  return {
    scale,
    x: startOf(room.x, room.width, picture.width * scale),
    y: startOf(room.y, room.height, picture.height * scale),
  };
}

/** True when the viewport shows the picture at the scale at which its short side fills the room. */
export const isFilled = (viewport: Viewport, framing: Framing): boolean =>
  Math.abs(viewport.scale / filledScale(framing) - 1) < SCALE_TOLERANCE;

/** How a picture is shown at first: whole, or where that would be a strip, with its short side filling the room. */
export const atFirst = (framing: Framing): Viewport =>
  longSideOf(framing) === undefined ? fitted(framing) : filled(framing);

/**
 * The viewport after the stage changed its size: a fitted picture fits again, a long one fills the room again, any
 * other keeps its scale. What is larger than its fit keeps the picture point in the middle of the room.
 */
export function reframe(viewport: Viewport, before: Framing, after: Framing): Viewport {
  if (isFit(viewport, before)) return fitted(after);
  const middle = stagePoint(before.room.x + before.room.width / 2, before.room.y + before.room.height / 2);
  const fills = longSideOf(before) !== undefined && isFilled(viewport, before);
  return centerOn(pointToImage(viewport, middle), fills ? filledScale(after) : viewport.scale, after);
}
