import type { ReplyFile } from '#contract/replay-file.ts';
import { asFields, asJson, asNumber, asText, type Fields } from '../lenient.ts';

/** A response that was saved by itself, or one of a COCO document; `body` is the vendor's form as text. */
export type SavedResponse = {
  /** The picture's file name, when the file says it. */
  readonly pictureName: string | undefined;
  readonly body: string;
  readonly form: ReplyFile;
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
  return isReply ? [{ pictureName: undefined, body: text, form: 'response' }] : [];
}

/** No picture has this many faces; a number beyond it would make a reply of nothing but gaps. */
const MOST_FACES = 20_000;

function fromCoco(images: readonly unknown[], annotations: readonly unknown[]): readonly SavedResponse[] {
  const known = annotations.map(asFields).filter((annotation) => annotation !== undefined);
  return images.flatMap((entry) => {
    const image = asFields(entry);
    const width = asNumber(image?.['width']);
    const height = asNumber(image?.['height']);
    if (image === undefined || width === undefined || height === undefined) return [];
    const own = known.filter((annotation) => annotation['image_id'] === image['id']);
    const reply = {
      status: 0,
      message: '',
      faceItems: toItems(own),
      mediaInfo: { type: 'image', duration: 0, width, height },
    };
    return [{ pictureName: asText(image['file_name']), body: JSON.stringify(reply), form: 'coco' }];
  });
}

/**
 * Face items in the order of their numbers: our own exports carry them, other documents count by their order. A number
 * that is missing leaves an item that cannot be read, so that the others keep theirs.
 */
function toItems(annotations: readonly Fields[]): readonly unknown[] {
  const items: unknown[] = [];
  for (const [index, annotation] of annotations.entries()) {
    const attributes = asFields(annotation['attributes']);
    const numbered = asNumber(attributes?.['face_no']);
    const faceNo =
      numbered !== undefined && Number.isInteger(numbered) && numbered >= 1 && numbered <= MOST_FACES
        ? numbered
        : index + 1;
    const box: readonly unknown[] = Array.isArray(annotation['bbox']) ? annotation['bbox'] : [];
    const [x, y, width, height] = box;
    items[faceNo - 1] = {
      name: asText(attributes?.['name']) ?? `face_${faceNo - 1}`,
      resources: [],
      arguments: [{ name: 'face_bound', value: JSON.stringify({ x, y, width, height }) }],
    };
  }
  return Array.from(items, (item) => item ?? {});
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
  const free = new Set(pictures);
  const take = (response: R, fits: (picture: P) => boolean): readonly (readonly [R, P])[] => {
    const found = [...free].find(fits);
    if (found === undefined) return [];
    free.delete(found);
    return [[response, found]];
  };
  return responses.flatMap((response) =>
    take(response, ({ name }) =>
      response.pictureName === undefined
        ? stemOf(response.fileName) === stemOf(name)
        : stemOf(response.pictureName) === stemOf(name),
    ),
  );
}

/** What is left of a file name without its ending and without what exports and hands add to it. */
const stemOf = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/\.[^.]*$/, '')
    .replace(/-(faces|response|responses|annotated)$/i, '')
    .toLowerCase();
