import {
  centerOn,
  type Framing,
  fitScale,
  longSideOf,
  MAX_FACE_SCALE,
  MAX_SCALE,
  rectToStage,
  type Viewport,
} from '#face-canvas/model/viewport.ts';
import { clampToImage } from '#shared/geometry/rect.ts';
import {
  type ImageRect,
  imagePoint,
  imageRect,
  type Size,
  type StageRect,
  stageRect,
} from '#shared/geometry/spaces.ts';
import { isTold, standAtBoxes } from './number-places.ts';

/** How the picture lies on the screen, and where the face is shown large beside it when the picture cannot show it so. */
export type ShowPlan = {
  readonly framing: Framing;
  readonly viewport: Viewport;
  readonly crop: { readonly bound: ImageRect; readonly place: StageRect } | undefined;
};

/** Height of a face before an audience, as a share of the screen's: its expression is seen from the last row. */
const FACE_SHARE = 1 / 3;
/** The largest share of the room's width that a face may take; on a phone held upright it is what counts. */
const FACE_WIDTH_SHARE = 0.6;
/** Free space at the edges of the screen, in pixels, and as a share of its shorter side where that is less. */
const MARGIN = { most: 28, share: 0.03 };
/** How far a crop reaches beyond its box on each side, as a share of it: a head is more than a face. */
const HEAD_MARGIN = 0.42;
/** The largest share of the room for a crop beside the picture, along the room's longer side and across it. */
const CROP_SHARE = { along: 0.4, across: 0.66 };

const middleOf = ({ x, y, width, height }: ImageRect) => imagePoint(x + width / 2, y + height / 2);

export const marginOf = (screen: Size): number =>
  Math.min(MARGIN.most, MARGIN.share * Math.min(screen.width, screen.height));

/** A face with the head around it, as far as the picture goes. */
export function headOf(face: ImageRect, picture: Size): ImageRect {
  const [dx, dy] = [face.width * HEAD_MARGIN, face.height * HEAD_MARGIN];
  return clampToImage(imageRect(face.x - dx, face.y - dy, face.width + 2 * dx, face.height + 2 * dy), picture);
}

/** The part of the screen that the picture has, above `caption` pixels that are for words. */
function roomOf(screen: Size, caption: number): StageRect {
  const margin = marginOf(screen);
  return stageRect(
    margin,
    margin,
    Math.max(1, screen.width - 2 * margin),
    Math.max(1, screen.height - caption - margin),
  );
}

/** A part of a long picture is no longer than this, as a share of its short side, unless the room is. */
const PART_LENGTH = 1.5;

/** Parts must show everything so much larger than the whole picture would: else it is shown whole. */
const PART_GAIN = 1.5;

/**
 * The parts in which all faces are shown, in picture pixels. One, the whole picture; but one beyond 1:3 would be a strip
 * on which nobody is recognised and more numbers stand than fit: it is gone through from the top or the left. So is a
 * crowd on a screen that leaves room beside the whole picture, as a phone held upright does: its numbers would stand
 * apart from their faces, with a line each. The parts lie over each other by the longest face, so that each face is
 * whole in one of them.
 */
export function overviewParts(
  screen: Size,
  caption: number,
  picture: Size,
  faces: readonly ImageRect[],
): readonly ImageRect[] {
  const room = roomOf(screen, caption);
  const whole = [imageRect(0, 0, picture.width, picture.height)];
  const inParts = (side: LongSide, count: number) => {
    const parts = partsAlong(side, count, picture, faces);
    return smallestScale(room, parts) < PART_GAIN * smallestScale(room, whole) ? undefined : parts;
  };
  const long = longSideOf({ picture });
  if (long !== undefined) return inParts(long, countThatFill(long, picture, room, PART_LENGTH)) ?? whole;
  const numbersFit = (parts: readonly ImageRect[]) =>
    parts.every((part) => numbersFitIn(screen, caption, picture, part, faces));
  if (numbersFit(whole)) return whole;
  const side = room.width * picture.height < room.height * picture.width ? 'width' : 'height';
  const most = countThatFill(side, picture, room, 0);
  // As few as will do: each is a press of the remote.
  for (let count = 2; count < most; count++) {
    const parts = inParts(side, count);
    if (parts !== undefined && numbersFit(parts)) return parts;
  }
  return inParts(side, most) ?? whole;
}

type LongSide = 'width' | 'height';

/** Length of the side that is gone along, and of the other. */
const sidesOf = (side: LongSide, { width, height }: Size) =>
  side === 'height' ? { length: height, breadth: width } : { length: width, breadth: height };

/** How many parts fill the room, none of them shorter than `shortest` times the other side. */
function countThatFill(side: LongSide, picture: Size, room: Size, shortest: number): number {
  const { length, breadth } = sidesOf(side, picture);
  const shape = sidesOf(side, room);
  return Math.ceil(length / (breadth * Math.max(shortest, shape.length / shape.breadth)));
}

function partsAlong(side: LongSide, count: number, picture: Size, faces: readonly ImageRect[]): readonly ImageRect[] {
  const { length, breadth } = sidesOf(side, picture);
  const longest = Math.min(length, Math.max(0, ...faces.map((face) => sidesOf(side, face).length)));
  const step = (length - longest) / count;
  const part = length - step * (count - 1);
  return Array.from({ length: count }, (_, index) =>
    side === 'height' ? imageRect(0, index * step, breadth, part) : imageRect(index * step, 0, part, breadth),
  );
}

/** Whether every number of a part can stand at its face. */
function numbersFitIn(
  screen: Size,
  caption: number,
  picture: Size,
  part: ImageRect,
  faces: readonly ImageRect[],
): boolean {
  const { viewport } = planPart(screen, caption, picture, part);
  const bounds = stageRect(0, 0, screen.width, Math.max(1, screen.height - caption));
  const boxes = faces.map((face) => rectToStage(viewport, face));
  const told = boxes.filter((box) => isTold(box, bounds));
  const others = boxes.filter((box) => !isTold(box, bounds));
  // They count from 1 on: none is wider than the last.
  const label = String(faces.length);
  return standAtBoxes(
    told.map((box) => ({ box, label })),
    bounds,
    others,
  );
}

/** Scale of the part that is shown smallest. */
const smallestScale = (room: StageRect, parts: readonly ImageRect[]): number =>
  Math.min(...parts.map((part) => scaleOf(room, part)));

const scaleOf = (room: StageRect, { width, height }: ImageRect): number =>
  Math.min(room.width / Math.max(1, width), room.height / Math.max(1, height));

/** Plans how the whole picture, or a part of it, is shown as large as it fits above the words. */
export function planPart(screen: Size, caption: number, picture: Size, part: ImageRect): ShowPlan {
  const room = roomOf(screen, caption);
  const framing: Framing = { picture, room };
  const scale = Math.max(fitScale(framing), Math.min(MAX_SCALE, scaleOf(room, part)));
  return { framing, viewport: centerOn(middleOf(part), scale, framing), crop: undefined };
}

/**
 * Plans a face on a screen of which `caption` pixels at the bottom are for words. It is a third of the screen high, never smaller than in the whole picture and never
 * beyond 400 % of its pixels; one that is smaller for that is shown large beside the picture as well.
 */
export function planFace(screen: Size, caption: number, picture: Size, face: ImageRect): ShowPlan {
  const room = roomOf(screen, caption);
  const whole: Framing = { picture, room };
  const wanted = Math.min(
    (FACE_SHARE * screen.height) / Math.max(1, face.height),
    (FACE_WIDTH_SHARE * room.width) / Math.max(1, face.width),
  );
  if (Math.max(MAX_FACE_SCALE, fitScale(whole)) >= wanted) {
    const viewport = centerOn(middleOf(face), Math.max(fitScale(whole), wanted), whole);
    return { framing: whole, viewport, crop: undefined };
  }
  const bound = headOf(face, picture);
  const place = cropPlace(room, bound);
  const beside: Framing = { picture, room: restOf(room, place, marginOf(screen)) };
  const scale = Math.max(MAX_FACE_SCALE, fitScale(beside));
  return { framing: beside, viewport: centerOn(middleOf(face), scale, beside), crop: { bound, place } };
}

/** At the right of a screen that is wider than high, else at the top. */
function cropPlace(room: StageRect, { width, height }: ImageRect): StageRect {
  const isWide = room.width >= room.height;
  const most = isWide
    ? { width: room.width * CROP_SHARE.along, height: room.height * CROP_SHARE.across }
    : { width: room.width * CROP_SHARE.across, height: room.height * CROP_SHARE.along };
  const scale = Math.min(most.width / Math.max(1, width), most.height / Math.max(1, height));
  const size = { width: width * scale, height: height * scale };
  return isWide
    ? stageRect(room.x + room.width - size.width, room.y + (room.height - size.height) / 2, size.width, size.height)
    : stageRect(room.x + (room.width - size.width) / 2, room.y, size.width, size.height);
}

/** What the crop leaves of the room. */
const restOf = (room: StageRect, place: StageRect, gap: number): StageRect =>
  room.width >= room.height
    ? stageRect(room.x, room.y, Math.max(1, room.width - place.width - gap), room.height)
    : stageRect(room.x, room.y + place.height + gap, room.width, Math.max(1, room.height - place.height - gap));
