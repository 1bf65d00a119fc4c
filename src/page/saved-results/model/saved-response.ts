import type { ResponseFile } from '#contract/saved-result-file.ts';
import {
  type AnnotatedBox,
  type AnnotatedPicture,
  type AnnotationFile,
  isFaceKind,
  type KindCount,
  readCoco,
  uprightBound,
  uprightFrame,
} from '#page/annotations/index.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { asFields, asJson, asText, type Fields } from '#shared/lenient.ts';

/** A response that was saved by itself, or one of a COCO document. */
export type SavedResponse = {
  /** The picture's file name, when the file says it. */
  readonly pictureName: string | undefined;
  /**
   * The vendor's form as text, written when it is wanted: a document may name thousands of pictures that are not here.
   * `size` is the upright size in pixels of the file that it is about, for documents that do not tell one.
   */
  readonly body: (size: Size) => string;
  readonly form: ResponseFile;
  /** How many faces could not keep the number that the file gives them: another has it, or no picture has so many. */
  readonly renumbered: () => number;
};

/** Boxes of a kind that is not called a face. */
export type OtherKind = KindCount;

/** What a JSON text holds about pictures. */
export type ReadResponses = {
  readonly responses: readonly SavedResponse[];
  /** How many boxes are of a kind that is called a face, or of no kind at all. */
  readonly faces: number;
  /** What was left out, because a dog is no face. */
  readonly otherKinds: readonly OtherKind[];
  /** How many boxes belong to a picture that the document does not list. */
  readonly unlisted: number;
};

const NOTHING: ReadResponses = { responses: [], faces: 0, otherKinds: [], unlisted: 0 };

/** Whether boxes of other kinds are taken for faces too: only after a person said so. */
export type TakenKinds = 'faces' | 'all';

/**
 * The responses in a JSON text, recognised by what it says: a reply of the detection endpoint, a COCO document with one
 * for each picture, or a list of COCO results. Programs that passed a reply on have often wrapped it (`[reply]`,
 * `[{ json: reply }]`, `{ body: reply }`). Empty when it is none of these. Never throws.
 */
export function readSavedResponses(text: string, taken: TakenKinds = 'faces'): ReadResponses {
  const json = asJson(text.replace(/^\ufeff/, ''));
  const whole = readCoco(json);
  if (whole !== undefined) return fromAnnotations(whole, taken);
  const found = unwrapped(json, 0).map(({ document, pictureName }): ReadResponses => {
    const coco = readCoco(document);
    if (coco !== undefined) return fromAnnotations(coco, taken);
    const body = () => (document === json ? text : JSON.stringify(document));
    return {
      ...NOTHING,
      responses: [{ pictureName, body, form: 'response', renumbered: () => 0 }],
      faces: Array.isArray(document['faceItems']) ? document['faceItems'].length : 0,
    };
  });
  return found.reduce(
    (all, next) => ({
      responses: [...all.responses, ...next.responses],
      faces: all.faces + next.faces,
      otherKinds: [...all.otherKinds, ...next.otherKinds],
      unlisted: all.unlisted + next.unlisted,
    }),
    NOTHING,
  );
}

const isReply = (fields: Fields): boolean =>
  Array.isArray(fields['faceItems']) || asFields(fields['mediaInfo']) !== undefined;

/** Where programs put what they got: n8n's items, the response of an HTTP node or of axios, a log of both. */
const WRAPPINGS = [
  'json',
  'body',
  'data',
  'response',
  'result',
  'output',
  'bundle',
  'payload',
  'content',
  'text',
  'value',
  'items',
  'results',
  'responses',
  'outputs',
  'detection',
] as const;
const DEEPEST_WRAPPING = 5;

type Unwrapped = { readonly document: Fields; readonly pictureName: string | undefined };

function unwrapped(value: unknown, depth: number): readonly Unwrapped[] {
  if (depth > DEEPEST_WRAPPING) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => unwrapped(entry, depth + 1));
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? unwrapped(asJson(value), depth + 1) : [];
  const fields = asFields(value);
  if (fields === undefined) return [];
  if (isReply(fields) || readCoco(fields) !== undefined) return [{ document: fields, pictureName: undefined }];
  for (const name of WRAPPINGS) {
    const found = unwrapped(fields[name], depth + 1);
    if (found.length === 0) continue;
    const pictureName = fileNameBeside(fields);
    return found.map((each) => ({ ...each, pictureName: each.pictureName ?? pictureName }));
  }
  return [];
}

/** n8n keeps a file beside the reply about it: `{ json, binary: { data: { fileName } } }`. */
function fileNameBeside(fields: Fields): string | undefined {
  const files = Object.values(asFields(fields['binary']) ?? {});
  return files.map((file) => asText(asFields(file)?.['fileName'])).find((name) => name !== undefined);
}

/** The responses in a file of boxes: one for each picture that it tells about. Boxes of other kinds are left out, or not. */
export function fromAnnotations(file: AnnotationFile, taken: TakenKinds): ReadResponses {
  const isTaken = ({ kind }: AnnotatedBox) => taken === 'all' || kind === undefined || isFaceKind(kind);
  const all = [...file.pictures.flatMap(({ boxes }) => boxes), ...file.unlisted];
  const others = new Map<string, number>();
  let faces = 0;
  for (const { kind } of all) {
    if (kind === undefined || isFaceKind(kind)) faces += 1;
    else others.set(kind, (others.get(kind) ?? 0) + 1);
  }
  const responses = file.pictures.flatMap((picture): readonly SavedResponse[] => {
    const own = picture.boxes.filter(isTaken);
    return [
      {
        pictureName: picture.pictureName,
        body: (size) => asReply(own, picture, size),
        form: file.format,
        renumbered: () => byNumber(own).renumbered,
      },
    ];
  });
  return {
    responses,
    faces,
    otherKinds: taken === 'all' ? [] : [...others].map(([name, count]) => ({ name, count })),
    unlisted: file.unlisted.filter(isTaken).length,
  };
}

/** The boxes as the vendor would tell them, upright. `size` is the upright size of the file that they are about. */
function asReply(boxes: readonly AnnotatedBox[], picture: AnnotatedPicture, size: Size): string {
  const { width, height } = uprightFrame(picture, size);
  return JSON.stringify({
    status: 0,
    message: '',
    faceItems: toItems(boxes, picture, size),
    mediaInfo: { type: 'image', duration: 0, width, height },
  });
}

/**
 * A face's number is believed up to this, or up to twice the faces that the picture has where those are more: one
 * annotation that calls itself the millionth would otherwise make a reply of a million gaps.
 */
const BELIEVED_FACE_NO = 1000;

/** The boxes by the number that they have, less one, and those that must take what is left. */
function byNumber(boxes: readonly AnnotatedBox[]) {
  const numbered: AnnotatedBox[] = [];
  const unnumbered: AnnotatedBox[] = [];
  let renumbered = 0;
  for (const box of boxes) {
    const { faceNo } = box;
    const isBelieved =
      faceNo !== undefined &&
      Number.isInteger(faceNo) &&
      faceNo >= 1 &&
      faceNo <= Math.max(BELIEVED_FACE_NO, 2 * boxes.length);
    if (isBelieved && numbered[faceNo - 1] === undefined) {
      numbered[faceNo - 1] = box;
      continue;
    }
    unnumbered.push(box);
    if (faceNo !== undefined) renumbered += 1;
  }
  return { numbered, unnumbered, renumbered };
}

/**
 * Face items in the order of their numbers: our own exports carry them, other documents count by their order, and so do
 * faces whose number is taken. A number that is missing leaves an item that cannot be read, so that the others keep
 * theirs.
 */
function toItems(boxes: readonly AnnotatedBox[], picture: AnnotatedPicture, size: Size): readonly unknown[] {
  const { numbered, unnumbered } = byNumber(boxes);
  let free = 0;
  for (const box of unnumbered) {
    while (numbered[free] !== undefined) free += 1;
    numbered[free] = box;
  }
  return Array.from(numbered, (box, index) => (box === undefined ? {} : toItem(box, index, picture, size)));
}

function toItem({ bound, told = [], name }: AnnotatedBox, index: number, picture: AnnotatedPicture, size: Size) {
  const [x, y, width, height] = told;
  const place = bound === undefined ? { x, y, width, height } : uprightBound(bound, picture, size);
  return {
    name: name ?? `face_${index}`,
    resources: [],
    arguments: [{ name: 'face_bound', value: JSON.stringify(place) }],
  };
}
