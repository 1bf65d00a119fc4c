import type { ResponseFile } from '#contract/saved-result-file.ts';
import { asFields, asJson, asNumber, asText, type Fields } from '#shared/lenient.ts';
import { withoutLastEnding } from '#shared/trim.ts';

/** A response that was saved by itself, or one of a COCO document. */
export type SavedResponse = {
  /** The picture's file name, when the file says it. */
  readonly pictureName: string | undefined;
  /** The vendor's form as text, written when it is wanted: a document may name thousands of pictures that are not here. */
  readonly body: () => string;
  readonly form: ResponseFile;
};

/**
 * The responses in a JSON text, recognised by what it says: a reply of the detection endpoint, or a COCO document with
 * one for each picture. Empty when it is neither. Never throws.
 */
export function readSavedResponses(text: string): readonly SavedResponse[] {
  const fields = asFields(asJson(text.replace(/^\ufeff/, '')));
  if (fields === undefined) return [];
  if (Array.isArray(fields['annotations']) && Array.isArray(fields['images'])) {
    return fromCoco(fields['images'], fields['annotations']);
  }
  const isReply = Array.isArray(fields['faceItems']) || asFields(fields['mediaInfo']) !== undefined;
  return isReply ? [{ pictureName: undefined, body: () => text, form: 'response' }] : [];
}

function fromCoco(images: readonly unknown[], annotations: readonly unknown[]): readonly SavedResponse[] {
  const byImage = new Map<unknown, Fields[]>();
  for (const annotation of annotations.map(asFields)) {
    if (annotation === undefined) continue;
    const id = annotation['image_id'];
    const known = byImage.get(id);
    if (known === undefined) byImage.set(id, [annotation]);
    else known.push(annotation);
  }
  return images.flatMap((entry) => {
    const image = asFields(entry);
    const width = asNumber(image?.['width']);
    const height = asNumber(image?.['height']);
    if (image === undefined || width === undefined || height === undefined) return [];
    const body = () =>
      JSON.stringify({
        status: 0,
        message: '',
        faceItems: toItems(byImage.get(image['id']) ?? []),
        mediaInfo: { type: 'image', duration: 0, width, height },
      });
    return [{ pictureName: asText(image['file_name']), body, form: 'coco' }];
  });
}

/**
 * A face's number is believed up to this, or up to twice the faces that the picture has where those are more: one
 * annotation that calls itself the millionth would otherwise make a reply of a million gaps.
 */
const BELIEVED_FACE_NO = 1000;

/**
 * Face items in the order of their numbers: our own exports carry them, other documents count by their order, and so do
 * faces whose number is taken. A number that is missing leaves an item that cannot be read, so that the others keep
 * theirs.
 */
function toItems(annotations: readonly Fields[]): readonly unknown[] {
  const numbered: Fields[] = [];
  const unnumbered: Fields[] = [];
  for (const annotation of annotations) {
    const faceNo = asNumber(asFields(annotation['attributes'])?.['face_no']);
    const isBelieved =
      faceNo !== undefined &&
      Number.isInteger(faceNo) &&
      faceNo >= 1 &&
      faceNo <= Math.max(BELIEVED_FACE_NO, 2 * annotations.length);
    if (isBelieved && numbered[faceNo - 1] === undefined) numbered[faceNo - 1] = annotation;
    else unnumbered.push(annotation);
  }
  let free = 0;
  for (const annotation of unnumbered) {
    while (numbered[free] !== undefined) free += 1;
    numbered[free] = annotation;
  }
  return Array.from(numbered, (annotation, index) => (annotation === undefined ? {} : toItem(annotation, index)));
}

function toItem(annotation: Fields, index: number) {
  const box: readonly unknown[] = Array.isArray(annotation['bbox']) ? annotation['bbox'] : [];
  const [x, y, width, height] = box;
  return {
    name: asText(asFields(annotation['attributes'])?.['name']) ?? `face_${index}`,
    resources: [],
    arguments: [{ name: 'face_bound', value: JSON.stringify({ x, y, width, height }) }],
  };
}

/**
 * Which response belongs to which picture: by the name that the response tells, else by the names of the files
 * (`team.jpg` and `team-faces.json`), else, where there is one of each, to each other. Each response and each picture
 * is used once at most.
 */
export function pairWithPictures<
  R extends { readonly fileName: string; readonly pictureName: string | undefined },
  P extends { readonly name: string },
>(responses: readonly R[], pictures: readonly P[]): readonly (readonly [R, P])[] {
  const [onlyResponse] = responses;
  const [onlyPicture] = pictures;
  if (responses.length === 1 && pictures.length === 1 && onlyResponse !== undefined && onlyPicture !== undefined) {
    return [[onlyResponse, onlyPicture]];
  }
  const free = new Map<string, P[]>();
  for (const picture of pictures.toReversed()) {
    const stem = stemOf(picture.name);
    const alike = free.get(stem);
    if (alike === undefined) free.set(stem, [picture]);
    else alike.push(picture);
  }
  return responses.flatMap((response) => {
    const picture = free.get(stemOf(response.pictureName ?? response.fileName))?.pop();
    return picture === undefined ? [] : [[response, picture] as const];
  });
}

/** What is left of a file name without its ending and without what exports and hands add to it. */
const stemOf = (name: string): string =>
  withoutLastEnding(name.replace(/^.*[\\/]/, ''))
    .replace(/-(faces|response|responses|annotated)$/i, '')
    .toLowerCase();
