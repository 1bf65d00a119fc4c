import type { Detection, Face, FaceResource, UnreadableFace } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { formatSize } from '#shared/format-measures.ts';
import { clampToImage, reachesOutside, shareOfImage } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { isTurning, uprightRect } from '#shared/geometry/upright.ts';
import type { Fields } from '#shared/lenient.ts';
import { asFields, asJson, asNumber, asText, asWebAddress, otherFields } from '#shared/lenient.ts';
import type { Result } from '#shared/result.ts';
import { err, ok } from '#shared/result.ts';
import { wordsOf } from '#shared/service-words.ts';
import { readFaceDetails } from './face-details.ts';

/** Why a whole reply gave no detection. Both codes are `FailureCode`s; `detail` is a sentence or the service's own. */
export type ParseFailure = {
  readonly code: 'unreadable-reply' | 'refused-by-service';
  readonly detail: string;
};

/** Sides beyond this many pixels are not a picture's: a size that claims more counts as missing. */
const MAX_PICTURE_SIDE = 1_000_000;

/** How far two width-to-height ratios may differ and still be the same shape: rounding of a shrunk copy. */
const SAME_SHAPE = 0.02;

/** How far they may differ so that a service may still have squeezed the picture a little before it measured it. */
const NEARLY_SAME_SHAPE = 0.1;

/** How many times smaller or larger than the picture a measured copy may be: beyond that it is a ratio or a mistake. */
const LARGEST_SCALE = 16;

/** Longest name and the like that is kept, in characters: lists, labels and files show it. The raw reply has all of it. */
const LONGEST_NAME = 200;

/**
 * Reads a detection reply, the only place that knows both the wire and `Face`. Everything may be missing, misspelt or
 * out of range; one face that cannot be read costs that face and keeps its number. Never throws, and no number in the
 * result is NaN or infinite.
 *
 * @param body the decoded JSON, whatever it is.
 * @param pictureSize the upright picture as decoded, in pixels; stands in when `mediaInfo` is missing and tells when
 *   width and height came swapped.
 * @param exifOrientation the sent file's EXIF orientation. A service that measured such a picture without turning it
 *   has its boxes turned upright here.
 */
export function parseDetection(
  body: unknown,
  pictureSize: Size | undefined,
  exifOrientation?: number,
): Result<Detection, ParseFailure> {
  const reply = asFields(body);
  if (reply === undefined) return unreadable('The reply is not a JSON object.');

  const items = reply['faceItems'] ?? [];
  const drafts = Array.isArray(items) ? Array.from(items, readItem) : [];
  const boxes: ImageRect[] = [];
  for (const draft of drafts) if (draft.ok) boxes.push(draft.value.box);

  const refusal = readRefusal(reply, boxes.length > 0);
  if (refusal !== undefined) return err({ code: 'refused-by-service', detail: refusal });
  if (!Array.isArray(items)) return unreadable('The reply’s faceItems is not a list.');

  const frame = readFrame(reply['mediaInfo'], pictureSize, exifOrientation, boxes);
  return ok(place(drafts, frame, reply));
}

const unreadable = (detail: string): Result<Detection, ParseFailure> => err({ code: 'unreadable-reply', detail });

/**
 * The service's own words when it says no; undefined when the reply counts as a success. Without a status, faces that
 * can be read count for more than an `error` beside them.
 */
function readRefusal(reply: Fields, hasFaces: boolean): string | undefined {
  const status = asNumber(reply['status']);
  if (status === 0 || (status === undefined && (hasFaces || !isError(reply['error'])))) return undefined;
  return (
    wordsOf(reply['message']) ??
    wordsOf(reply['error']) ??
    (status === undefined ? 'The service answered with an error.' : `The service answered with status ${status}.`)
  );
}

/** Whether an `error` says that there is one: not when it is 0, empty, or an object that holds nothing else. */
function isError(error: unknown): boolean {
  if (error === undefined || error === null || error === false || error === '' || asNumber(error) === 0) return false;
  if (typeof error !== 'object') return asText(error) !== undefined || typeof error !== 'string';
  // One level is enough: what lies deeper is something.
  return Object.values(error).some((value) => value !== null && value !== false && value !== '' && value !== 0);
}

/** The frame that boxes come in and what has to be done so that they lie on the picture as shown. */
type Frame = {
  readonly size: Size;
  readonly toUpright: (box: ImageRect) => ImageRect;
  readonly warnings: readonly string[];
  readonly media: Detection['media'];
};

const unchanged = (box: ImageRect): ImageRect => box;

function readFrame(
  mediaInfo: unknown,
  picture: Size | undefined,
  exifOrientation: number | undefined,
  boxes: readonly ImageRect[],
): Frame {
  const info = asFields(mediaInfo) ?? {};
  const media = {
    type: asName(info['type']),
    duration: asNumber(info['duration']),
    unknown: otherFields(info, ['type', 'duration', 'width', 'height']),
  };
  const measured = asPictureSize(asNumber(info['width']), asNumber(info['height']));
  const frame = (size: Size, warning?: string, toUpright = unchanged): Frame => ({
    size,
    toUpright,
    warnings: warning === undefined ? [] : [warning],
    media,
  });

  if (measured === undefined) {
    return picture === undefined
      ? frame(
          extent(boxes),
          'The service did not say how large the picture is, so places are measured by the faces alone.',
        )
      : frame(picture, `The service did not say how large the picture is. Boxes are placed on ${formatSize(picture)}.`);
  }
  if (picture === undefined) return frame(measured);

  const turned: Size = { width: measured.height, height: measured.width };
  const another = `The service measured ${formatSize(measured)}, but the picture has ${formatSize(picture)}: another ${
    sameShape(measured, picture) || sameShape(turned, picture) ? 'scale' : 'shape'
  }.`;
  const isScaled = isCopyOf(measured, picture);
  /** The service's word, read as it most likely is meant. */
  const asMeasured: Frame =
    sameShape(measured, picture) && isScaled
      ? frame(measured, rescaled(measured, picture))
      : sameShape(turned, picture) && isCopyOf(turned, picture)
        ? isTurning(exifOrientation)
          ? frame(
              turned,
              `The service measured the picture on its side (${formatSize(measured)}). Boxes were turned upright with it.`,
              (box) => uprightRect(box, measured, exifOrientation),
            )
          : frame(
              turned,
              `The service gave width and height swapped (${formatSize(measured)} for ${formatSize(picture)}). Boxes are placed on the upright picture and may be off.`,
            )
        : frame(picture, `${another} Boxes are stretched to it and may be off.`, stretch(measured, picture));
  /** The picture's own pixels: what is left where the service's measure cannot be of this picture. */
  const asShown = frame(picture, `${another} Boxes are placed by the picture’s own pixels and may be off.`);

  const isLikely = asMeasured.size !== picture || (isScaled && nearlySameShape(measured, picture));
  const onMeasured = fitting(boxes, asMeasured);
  const onShown = fitting(boxes, asShown);
  // A likely measure is believed as long as it holds half of the boxes: some may leave the picture by themselves.
  return (isLikely ? onMeasured * 2 < boxes.length && onShown > onMeasured : onShown >= onMeasured)
    ? asShown
    : asMeasured;
}

/** How many boxes lie on the picture, by at least half of each side: a face may be cut off at an edge, but not most of it. */
function fitting(boxes: readonly ImageRect[], { size, toUpright }: Frame): number {
  return boxes.filter((box) => {
    const placed = toUpright(box);
    const shown = clampToImage(placed, size);
    return shown.width >= placed.width / 2 && shown.height >= placed.height / 2;
  }).length;
}

/** Each side by its own factor: the picture keeps its shape, and what was squeezed is spread out again. */
const stretch =
  (from: Size, to: Size) =>
  (box: ImageRect): ImageRect =>
    imageRect(
      (box.x / from.width) * to.width,
      (box.y / from.height) * to.height,
      (box.width / from.width) * to.width,
      (box.height / from.height) * to.height,
    );

const isCopyOf = (measured: Size, picture: Size): boolean => {
  const scale = measured.width / picture.width;
  return scale <= LARGEST_SCALE && scale >= 1 / LARGEST_SCALE;
};

function asPictureSize(width: number | undefined, height: number | undefined): Size | undefined {
  const isSide = (side: number | undefined): side is number =>
    side !== undefined && side >= 1 && side <= MAX_PICTURE_SIDE;
  return isSide(width) && isSide(height) ? { width, height } : undefined;
}

const sameShape = (a: Size, b: Size): boolean => shapesDiffer(a, b) <= SAME_SHAPE;

const nearlySameShape = (a: Size, b: Size): boolean => shapesDiffer(a, b) <= NEARLY_SAME_SHAPE;

const shapesDiffer = (a: Size, b: Size): number => Math.abs((a.width * b.height) / (a.height * b.width) - 1);

const rescaled = (measured: Size, picture: Size): string | undefined =>
  measured.width === picture.width && measured.height === picture.height
    ? undefined
    : `The service measured ${formatSize(measured)}, the picture has ${formatSize(picture)}. Boxes are scaled to fit.`;

/** The smallest picture that holds every box, when nobody says how large the picture is. */
const extent = (boxes: readonly ImageRect[]): Size => ({
  width: withinSides(boxes.map((box) => box.x + box.width)),
  height: withinSides(boxes.map((box) => box.y + box.height)),
});

const withinSides = (edges: readonly number[]): number =>
  Math.min(
    MAX_PICTURE_SIDE,
    edges.reduce((widest, edge) => Math.max(widest, edge), 1),
  );

/** A face of which the box is read, which is all that tells on which picture it lies. */
type Draft = Pick<Face, 'faceNo' | 'args'> & { readonly box: ImageRect; readonly fields: Fields };

function readItem(item: unknown, index: number): Result<Draft, UnreadableFace> {
  const faceNo = index + 1;
  const fields = asFields(item);
  if (fields === undefined) return err({ faceNo, reason: 'it is not an object' });

  const args = readArguments(fields['arguments']);
  const box = readBound(args);
  if (!box.ok) return err({ faceNo, reason: box.error });

  return ok({ faceNo, args, box: box.value, fields });
}

/** A name as the page may show it anywhere: cut where it is longer than any name. */
function asName(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined || text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME).trimEnd()}…`;
}

/** Reads the objects of a list, and nothing else of it. A loop: lists in between are most of what is thrown away. */
function eachOf<T>(value: unknown, read: (fields: Fields) => T): readonly T[] {
  const found: T[] = [];
  if (!Array.isArray(value)) return found;
  for (const entry of value) {
    const fields = asFields(entry);
    if (fields !== undefined) found.push(read(fields));
  }
  return found;
}

/** Arguments as a list of names and values; an object is read as names with their values. */
function readArguments(value: unknown): Face['args'] {
  const named = asFields(value);
  if (named !== undefined) return Object.entries(named).map(([name, sent]) => ({ name, value: sent }));
  return eachOf(value, (fields) => ({ name: asName(fields['name']) ?? '', value: fields['value'] }));
}

/** The first face_bound that can be read: a broken one that came first costs nothing. */
function readBound(args: Face['args']): Result<ImageRect, string> {
  let first: Result<ImageRect, string> | undefined;
  for (const { name, value } of args) {
    if (name !== 'face_bound') continue;
    const bound = readBox(value);
    if (bound.ok) return bound;
    first ??= bound;
  }
  return first ?? err('it has no face_bound');
}

function readBox(value: unknown): Result<ImageRect, string> {
  const decoded = typeof value === 'string' ? asBoxJson(value) : value;
  const fields = asFields(typeof decoded === 'string' ? asBoxJson(decoded) : decoded);
  if (fields === undefined) return err('its face_bound is not an object with x, y, width and height');

  const x = asNumber(fields['x']);
  const y = asNumber(fields['y']);
  const width = asNumber(fields['width']);
  const height = asNumber(fields['height']);
  if (x === undefined || y === undefined || width === undefined || height === undefined) {
    return err('its face_bound lacks a number for x, y, width or height');
  }
  if (width <= 0 || height <= 0) return err('its face_bound is empty');
  if (!Number.isFinite(x + width) || !Number.isFinite(y + height)) return err('its face_bound is beyond any picture');
  return ok(imageRect(x, y, width, height));
}

/** Longest text of a box, in characters: four numbers, and whatever else a service may add. */
const LONGEST_BOX = 16_384;

const asBoxJson = (text: string): unknown => (text.length <= LONGEST_BOX ? asJson(text) : undefined);

const RESOURCE_FIELDS = ['name', 'type', 'url', 'marginTop', 'countInRow'] as const;

const readResource = (fields: Fields): FaceResource => ({
  name: asName(fields['name']) ?? '',
  type: asName(fields['type']),
  url: asWebAddress(fields['url']),
  marginTop: asNumber(fields['marginTop']),
  countInRow: asNumber(fields['countInRow']),
  unknown: otherFields(fields, RESOURCE_FIELDS),
});

const addressOf = (resources: readonly FaceResource[], name: string): string | undefined =>
  resources.find((resource) => resource.name === name && resource.url !== undefined)?.url;

/** Lays every readable face on the picture; one that lies wholly beside it cannot be shown and counts as unreadable. */
function place(drafts: readonly Result<Draft, UnreadableFace>[], frame: Frame, reply: Fields): Detection {
  const faces: Face[] = [];
  const unreadable: UnreadableFace[] = [];
  for (const draft of drafts) {
    const placed = draft.ok ? placeOne(draft.value, frame) : draft;
    if (placed.ok) faces.push(placed.value);
    else unreadable.push(placed.error);
  }
  const aside = isError(reply['error']) ? wordsOf(reply['error']) : undefined;
  return {
    faces,
    unreadable,
    size: frame.size,
    warnings: aside === undefined ? frame.warnings : [...frame.warnings, `The service also said: “${aside}”.`],
    media: frame.media,
  };
}

const ITEM_FIELDS = ['name', 'resources', 'arguments'] as const;

function placeOne({ faceNo, args, box, fields }: Draft, frame: Frame): Result<Face, UnreadableFace> {
  const rawBound = frame.toUpright(box);
  const bound = clampToImage(rawBound, frame.size);
  if (!isFiniteRect(rawBound) || !isFiniteRect(bound)) {
    return err({ faceNo, reason: 'its face_bound is beyond any picture' });
  }
  if (bound.width <= 0 || bound.height <= 0) {
    return err({ faceNo, reason: 'its face_bound lies outside the picture' });
  }
  const resources = eachOf(fields['resources'], readResource);
  return ok({
    id: faceId(faceNo),
    faceNo,
    name: asName(fields['name']) ?? `face_${faceNo - 1}`,
    rawBound,
    bound,
    partlyOutside: reachesOutside(rawBound, frame.size),
    share: shareOfImage(rawBound, frame.size),
    cropUrl: addressOf(resources, 'face'),
    featureUrl: addressOf(resources, 'face_feature'),
    resources,
    args,
    ...readFaceDetails(args),
    unknown: otherFields(fields, ITEM_FIELDS),
  });
}

const isFiniteRect = ({ x, y, width, height }: ImageRect): boolean =>
  Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(width) && Number.isFinite(height);
