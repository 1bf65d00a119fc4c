import {
  centerOn,
  type Framing,
  fitScale,
  fitted,
  MAX_FACE_SCALE,
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

/**
 * Plans a step of the presentation on a screen of which `caption` pixels at the bottom are for words. Without a face
 * the whole picture is shown. A face is a third of the screen high, never smaller than in the whole picture and never
 * beyond 400 % of its pixels; one that is smaller for that is shown large beside the picture as well.
 */
export function planShow(screen: Size, caption: number, picture: Size, face: ImageRect | undefined): ShowPlan {
  const margin = marginOf(screen);
  const room = stageRect(
    margin,
    margin,
    Math.max(1, screen.width - 2 * margin),
    Math.max(1, screen.height - caption - margin),
  );
  const whole: Framing = { picture, room };
  if (face === undefined) return { framing: whole, viewport: fitted(whole), crop: undefined };
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
  const beside: Framing = { picture, room: restOf(room, place, margin) };
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
