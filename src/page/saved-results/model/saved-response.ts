import type { ResponseFile } from '#contract/saved-result-file.ts';
import { toOrientation, uprightSize } from '#shared/geometry/orientation.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { uprightRect } from '#shared/geometry/upright.ts';
import { asFields, asJson, asNumber, asText, type Fields } from '#shared/lenient.ts';
import { withoutLastEnding } from '#shared/trim.ts';
import { isFaceKind } from './face-kind.ts';

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
export type OtherKind = { readonly name: string; readonly count: number };

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
  const results = asResults(json);
  if (results !== undefined) return fromResults(results, taken);
  const found = unwrapped(json, 0).map(({ document, pictureName }): ReadResponses => {
    if (isCoco(document)) return fromCoco(document, taken);
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

type CocoDocument = Fields & { readonly images: readonly unknown[]; readonly annotations: readonly unknown[] };

const isCoco = (fields: Fields): fields is CocoDocument =>
  Array.isArray(fields['annotations']) && Array.isArray(fields['images']);
const isReply = (fields: Fields): boolean =>
  Array.isArray(fields['faceItems']) || asFields(fields['mediaInfo']) !== undefined;

/** Where programs put what they got: n8n's items, the response of an HTTP node or of axios, a log of both. */
const WRAPPINGS = ['json', 'body', 'data', 'response', 'result', 'output'] as const;
const DEEPEST_WRAPPING = 4;

type Unwrapped = { readonly document: Fields; readonly pictureName: string | undefined };

function unwrapped(value: unknown, depth: number): readonly Unwrapped[] {
  if (depth > DEEPEST_WRAPPING) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => unwrapped(entry, depth + 1));
  const fields = asFields(value);
  if (fields === undefined) return [];
  if (isReply(fields) || isCoco(fields)) return [{ document: fields, pictureName: undefined }];
  for (const name of WRAPPINGS) {
    const inner = fields[name];
    const found = unwrapped(typeof inner === 'string' ? asJson(inner) : inner, depth + 1);
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

/**
 * Results of a detector as COCO's evaluation takes them: boxes that name their picture, and nothing about pictures. Some
 * programs write them as the annotations of a document without pictures.
 */
function asResults(json: unknown): readonly Fields[] | undefined {
  const document = asFields(json);
  const list = document === undefined || Array.isArray(document['images']) ? json : document['annotations'];
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const results = fieldsIn(list);
  const isResult = ({ image_id: id, bbox }: Fields) => id !== undefined && Array.isArray(bbox);
  return results.length === list.length && results.every(isResult) ? results : undefined;
}

const fieldsIn = (list: readonly unknown[]): readonly Fields[] =>
  list.map(asFields).filter((fields) => fields !== undefined);

/** Ids are compared as text: one program writes `1`, the next `"1"`. */
const asId = (id: unknown): string => String(id);

function byImage(annotations: readonly Fields[]): ReadonlyMap<string, readonly Fields[]> {
  const found = new Map<string, Fields[]>();
  for (const annotation of annotations) {
    const id = asId(annotation['image_id']);
    const known = found.get(id);
    if (known === undefined) found.set(id, [annotation]);
    else known.push(annotation);
  }
  return found;
}

function fromResults(results: readonly Fields[], taken: TakenKinds): ReadResponses {
  // Without a list of kinds nobody knows what a number means; where there is one number, it is what was looked for.
  const ids = new Set(results.map((result) => asId(result['category_id'])));
  const nameOf = (annotation: Fields) => (ids.size > 1 ? `kind ${asId(annotation['category_id'])}` : undefined);
  const { faces, otherKinds } = sortedByKind(results, nameOf);
  const responses = [...byImage(taken === 'all' ? results : faces)].map(
    ([id, annotations]): SavedResponse => ({
      pictureName: id,
      body: (size) => asReply(annotations, { size, orientation: 1 }),
      form: 'coco',
      renumbered: () => renumberedIn(annotations),
    }),
  );
  // With every box left out the pictures are still named, so that they are not taken for strangers.
  const named = responses.length > 0 ? responses : [...byImage(results).keys()].map(withoutFaces);
  return { responses: named, faces: faces.length, otherKinds: taken === 'all' ? [] : otherKinds, unlisted: 0 };
}

const withoutFaces = (pictureName: string): SavedResponse => ({
  pictureName,
  body: (size) => asReply([], { size, orientation: 1 }),
  form: 'coco',
  renumbered: () => 0,
});

function fromCoco(document: CocoDocument, taken: TakenKinds): ReadResponses {
  const annotations = fieldsIn(document.annotations);
  const { faces, otherKinds } = sortedByKind(annotations, kindNames(document['categories']));
  const boxes = byImage(taken === 'all' ? annotations : faces);
  const listed = new Set<string>();
  const responses = document.images.flatMap((entry): readonly SavedResponse[] => {
    const image = asFields(entry);
    if (image === undefined) return [];
    const id = asId(image['id']);
    listed.add(id);
    const own = boxes.get(id) ?? [];
    return [
      {
        pictureName: asText(image['file_name']),
        body: (size) => asReply(own, frameOf(image, size)),
        form: 'coco',
        renumbered: () => renumberedIn(own),
      },
    ];
  });
  const unlisted = [...boxes].reduce((sum, [id, own]) => (listed.has(id) ? sum : sum + own.length), 0);
  return { responses, faces: faces.length, otherKinds: taken === 'all' ? [] : otherKinds, unlisted };
}

/** Name of an annotation's kind; undefined when the document does not tell kinds. */
type KindName = (annotation: Fields) => string | undefined;

function kindNames(categories: unknown): KindName {
  if (!Array.isArray(categories) || categories.length === 0) return () => undefined;
  const names = new Map<string, string>();
  for (const category of fieldsIn(categories)) {
    const id = asId(category['id']);
    names.set(id, asText(category['name']) ?? `kind ${id}`);
  }
  return ({ category_id: id }) => (id === undefined ? undefined : (names.get(asId(id)) ?? `kind ${asId(id)}`));
}

function sortedByKind(annotations: readonly Fields[], nameOf: KindName) {
  const faces: Fields[] = [];
  const others = new Map<string, number>();
  for (const annotation of annotations) {
    const name = nameOf(annotation);
    if (name === undefined || isFaceKind(name)) faces.push(annotation);
    else others.set(name, (others.get(name) ?? 0) + 1);
  }
  const otherKinds: readonly OtherKind[] = [...others].map(([name, count]) => ({ name, count }));
  return { faces, otherKinds };
}

/** The frame of a document's numbers: its size in pixels, and how EXIF turns it (our exports say so). */
type Frame = { readonly size: Size; readonly orientation: number };

function frameOf(image: Fields, fallback: Size): Frame {
  const width = asNumber(image['width']);
  const height = asNumber(image['height']);
  if (width === undefined || height === undefined) return { size: fallback, orientation: 1 };
  return { size: { width, height }, orientation: asNumber(image['exif_orientation']) ?? 1 };
}

/** The boxes as the vendor would tell them, upright. */
function asReply(annotations: readonly Fields[], frame: Frame): string {
  const { width, height } = uprightSize(frame.size, toOrientation(frame.orientation));
  return JSON.stringify({
    status: 0,
    message: '',
    faceItems: toItems(annotations, frame),
    mediaInfo: { type: 'image', duration: 0, width, height },
  });
}

/**
 * A face's number is believed up to this, or up to twice the faces that the picture has where those are more: one
 * annotation that calls itself the millionth would otherwise make a reply of a million gaps.
 */
const BELIEVED_FACE_NO = 1000;

/** The annotations by the number that they have, less one, and those that must take what is left. */
function byNumber(annotations: readonly Fields[]) {
  const numbered: Fields[] = [];
  const unnumbered: Fields[] = [];
  let renumbered = 0;
  for (const annotation of annotations) {
    const faceNo = asNumber(asFields(annotation['attributes'])?.['face_no']);
    const isBelieved =
      faceNo !== undefined &&
      Number.isInteger(faceNo) &&
      faceNo >= 1 &&
      faceNo <= Math.max(BELIEVED_FACE_NO, 2 * annotations.length);
    if (isBelieved && numbered[faceNo - 1] === undefined) {
      numbered[faceNo - 1] = annotation;
      continue;
    }
    unnumbered.push(annotation);
    if (faceNo !== undefined) renumbered += 1;
  }
  return { numbered, unnumbered, renumbered };
}

const renumberedIn = (annotations: readonly Fields[]): number => byNumber(annotations).renumbered;

/**
 * Face items in the order of their numbers: our own exports carry them, other documents count by their order, and so do
 * faces whose number is taken. A number that is missing leaves an item that cannot be read, so that the others keep
 * theirs.
 */
function toItems(annotations: readonly Fields[], frame: Frame): readonly unknown[] {
  const { numbered, unnumbered } = byNumber(annotations);
  let free = 0;
  for (const annotation of unnumbered) {
    while (numbered[free] !== undefined) free += 1;
    numbered[free] = annotation;
  }
  return Array.from(numbered, (annotation, index) =>
    annotation === undefined ? {} : toItem(annotation, index, frame),
  );
}

function toItem(annotation: Fields, index: number, frame: Frame) {
  const box: readonly unknown[] = Array.isArray(annotation['bbox']) ? annotation['bbox'] : [];
  return {
    name: asText(asFields(annotation['attributes'])?.['name']) ?? `face_${index}`,
    resources: [],
    arguments: [{ name: 'face_bound', value: JSON.stringify(uprightBox(box, frame)) }],
  };
}

function uprightBox(box: readonly unknown[], { size, orientation }: Frame) {
  const [left, top, width, height] = box;
  const [x, y, w, h] = box.map(asNumber);
  if (x === undefined || y === undefined || w === undefined || h === undefined)
    return { x: left, y: top, width, height };
  return uprightRect(imageRect(x, y, w, h), size, toOrientation(orientation));
}

/** A picture that was handed over, as far as pairing knows it. */
type NamedPicture = { readonly name: string; readonly path?: string | undefined };

/**
 * Which response belongs to which picture: by the name that the response tells, with its folders where both have them,
 * else by the names of the files (`team.jpg` and `team-faces.json`), else, where there is one of each, to each other.
 * Each response and each picture is used once at most.
 */
export function pairWithPictures<
  R extends { readonly fileName: string; readonly pictureName: string | undefined },
  P extends NamedPicture,
>(responses: readonly R[], pictures: readonly P[]): readonly (readonly [R, P])[] {
  const [onlyResponse] = responses;
  const [onlyPicture] = pictures;
  if (responses.length === 1 && pictures.length === 1 && onlyResponse !== undefined && onlyPicture !== undefined) {
    return [[onlyResponse, onlyPicture]];
  }
  const pairs = new Map<R, P>();
  let free = pictures.map((picture) => ({ picture, told: picture.path ?? picture.name }));
  // From the strictest look to the most lenient, so that a like name never takes what an equal one belongs to.
  for (const key of [wholeName, plainName, stemOf, uncountedStemOf]) {
    const byKey = new Map<string, P[]>();
    for (const { picture, told } of free.toReversed()) {
      const name = key(told);
      const alike = byKey.get(name);
      if (alike === undefined) byKey.set(name, [picture]);
      else alike.push(picture);
    }
    if (byKey.size === 0) break;
    for (const response of responses) {
      if (pairs.has(response)) continue;
      const picture = byKey.get(key(response.pictureName ?? response.fileName))?.pop();
      if (picture !== undefined) pairs.set(response, picture);
    }
    const taken = new Set(pairs.values());
    free = free.filter(({ picture }) => !taken.has(picture));
  }
  return responses.flatMap((response) => {
    const picture = pairs.get(response);
    return picture === undefined ? [] : [[response, picture] as const];
  });
}

const wholeName = (name: string): string => name.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');

const plainName = (name: string): string => wholeName(name).replace(/^.*\//s, '').toLowerCase();

/**
 * What is left of a file name without its ending and without what exports and hands add to it. Results name pictures by
 * numbers, and COCO's own files have those with zeros before them.
 */
const stemOf = (name: string): string =>
  withoutLastEnding(plainName(name))
    .replace(/-(faces|response|responses|annotated)$/i, '')
    .replace(/^0+(?=\d+$)/, '');

/** The same without the number by which our exports tell two alike apart. */
const uncountedStemOf = (name: string): string => stemOf(name).replace(/ \(\d{1,4}\)$/, '');
