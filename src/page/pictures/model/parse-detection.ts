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

/** Why a whole reply gave no detection. Both codes are `FailureCode`s; `detail` is a sentence or the service's own. */
export type ParseFailure = {
  readonly code: 'unreadable-reply' | 'refused-by-service';
  readonly detail: string;
};

/** Sides beyond this many pixels are not a picture's: a size that claims more counts as missing. */
const MAX_PICTURE_SIDE = 1_000_000;

/** How far two width-to-height ratios may differ and still be the same shape: rounding of a shrunk copy. */
const SAME_SHAPE = 0.02;

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

  const refusal = readRefusal(reply);
  if (refusal !== undefined) return err({ code: 'refused-by-service', detail: refusal });

  const items = reply['faceItems'] ?? [];
  if (!Array.isArray(items)) return unreadable('The reply’s faceItems is not a list.');

  const drafts = items.map(readItem);
  const boxes = drafts.flatMap((draft) => (draft.ok ? [draft.value.box] : []));
  const frame = readFrame(reply['mediaInfo'], pictureSize, exifOrientation, boxes);
  return ok(place(drafts, frame, reply));
}

const unreadable = (detail: string): Result<Detection, ParseFailure> => err({ code: 'unreadable-reply', detail });

/** The service's own words when it says no; undefined when the reply counts as a success. */
function readRefusal(reply: Fields): string | undefined {
  const status = asNumber(reply['status']);
  if (status === 0 || (status === undefined && !isError(reply['error']))) return undefined;
  return (
    asText(reply['message']) ??
    errorText(reply['error']) ??
    (status === undefined ? 'The service answered with an error.' : `The service answered with status ${status}.`)
  );
}

const isError = (error: unknown): boolean => error !== undefined && error !== null && error !== false && error !== '';

const errorText = (error: unknown): string | undefined => asText(error) ?? asText(asFields(error)?.['message']);

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
    type: asText(info['type']),
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
  if (picture === undefined || sameShape(measured, picture)) return frame(measured, rescaled(measured, picture));

  const turned: Size = { width: measured.height, height: measured.width };
  if (!sameShape(turned, picture)) {
    return frame(
      measured,
      `The service measured ${formatSize(measured)}, but the picture has ${formatSize(picture)}: another shape. Boxes may be off.`,
    );
  }
  return isTurning(exifOrientation)
    ? frame(
        turned,
        `The service measured the picture on its side (${formatSize(measured)}). Boxes were turned upright with it.`,
        (box) => uprightRect(box, measured, exifOrientation),
      )
    : frame(
        turned,
        `The service gave width and height swapped (${formatSize(measured)} for ${formatSize(picture)}). Boxes are placed on the upright picture and may be off.`,
      );
}

function asPictureSize(width: number | undefined, height: number | undefined): Size | undefined {
  const isSide = (side: number | undefined): side is number =>
    side !== undefined && side >= 1 && side <= MAX_PICTURE_SIDE;
  return isSide(width) && isSide(height) ? { width, height } : undefined;
}

const sameShape = (a: Size, b: Size): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) <= SAME_SHAPE;

const rescaled = (measured: Size, picture: Size | undefined): string | undefined =>
  picture === undefined || (measured.width === picture.width && measured.height === picture.height)
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

/** A face as read, before it is known on which picture it lies. */
type Draft = Pick<Face, 'faceNo' | 'name' | 'resources' | 'args' | 'cropUrl' | 'featureUrl'> & {
  readonly box: ImageRect;
  readonly unknown: Fields;
};

function readItem(item: unknown, index: number): Result<Draft, UnreadableFace> {
  const faceNo = index + 1;
  const fields = asFields(item);
  if (fields === undefined) return err({ faceNo, reason: 'it is not an object' });

  const args = readArguments(fields['arguments']);
  const box = readBound(args);
  if (!box.ok) return err({ faceNo, reason: box.error });

  const resources = asList(fields['resources']).flatMap(readResource);
  return ok({
    faceNo,
    name: asText(fields['name']) ?? `face_${index}`,
    box: box.value,
    args,
    resources,
    cropUrl: addressOf(resources, 'face'),
    featureUrl: addressOf(resources, 'face_feature'),
    unknown: otherFields(fields, ['name', 'resources', 'arguments']),
  });
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Arguments as a list of names and values; an object is read as names with their values. */
function readArguments(value: unknown): Face['args'] {
  const named = asFields(value);
  if (named !== undefined) return Object.entries(named).map(([name, sent]) => ({ name, value: sent }));
  return asList(value).flatMap((entry) => {
    const fields = asFields(entry);
    return fields === undefined ? [] : [{ name: asText(fields['name']) ?? '', value: fields['value'] }];
  });
}

/** The first face_bound that can be read: a broken one that came first costs nothing. */
function readBound(args: Face['args']): Result<ImageRect, string> {
  const bounds = args.filter((argument) => argument.name === 'face_bound').map((argument) => readBox(argument.value));
  return bounds.find((bound) => bound.ok) ?? bounds[0] ?? err('it has no face_bound');
}

function readBox(value: unknown): Result<ImageRect, string> {
  const decoded = typeof value === 'string' ? asJson(value) : value;
  const fields = asFields(typeof decoded === 'string' ? asJson(decoded) : decoded);
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

const RESOURCE_FIELDS = ['name', 'type', 'url', 'marginTop', 'countInRow'] as const;

function readResource(value: unknown): readonly FaceResource[] {
  const fields = asFields(value);
  if (fields === undefined) return [];
  return [
    {
      name: asText(fields['name']) ?? '',
      type: asText(fields['type']),
      url: asWebAddress(fields['url']),
      marginTop: asNumber(fields['marginTop']),
      countInRow: asNumber(fields['countInRow']),
      unknown: otherFields(fields, RESOURCE_FIELDS),
    },
  ];
}

const addressOf = (resources: readonly FaceResource[], name: string): string | undefined =>
  resources.find((resource) => resource.name === name && resource.url !== undefined)?.url;

/** Lays every readable face on the picture; one that lies wholly beside it cannot be shown and counts as unreadable. */
function place(drafts: readonly Result<Draft, UnreadableFace>[], frame: Frame, reply: Fields): Detection {
  const placed = drafts.map((draft) => (draft.ok ? placeOne(draft.value, frame) : draft));
  const aside = errorText(reply['error']);
  return {
    faces: placed.flatMap((face) => (face.ok ? [face.value] : [])),
    unreadable: placed.flatMap((face) => (face.ok ? [] : [face.error])),
    size: frame.size,
    warnings: aside === undefined ? frame.warnings : [...frame.warnings, `The service also said: “${aside}”.`],
    media: frame.media,
  };
}

function placeOne({ box, ...draft }: Draft, frame: Frame): Result<Face, UnreadableFace> {
  const rawBound = frame.toUpright(box);
  const bound = clampToImage(rawBound, frame.size);
  if (bound.width <= 0 || bound.height <= 0) {
    return err({ faceNo: draft.faceNo, reason: 'its face_bound lies outside the picture' });
  }
  return ok({
    ...draft,
    id: faceId(draft.faceNo),
    rawBound,
    bound,
    partlyOutside: reachesOutside(rawBound, frame.size),
    share: shareOfImage(rawBound, frame.size),
  });
}
