import { toOrientation } from '#shared/geometry/orientation.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { asFields, asNumber, asText, type Fields } from '#shared/lenient.ts';
import type { AnnotatedBox, AnnotatedPicture, AnnotationFile } from './annotation-file.ts';

/**
 * The one reader of COCO: a document with pictures and annotations, or a list of results as COCO's evaluation takes them
 * (some programs write them as the annotations of a document without pictures). Undefined for any other JSON. Lenient in
 * everything that programs write in different ways; never throws.
 */
export function readCoco(json: unknown): AnnotationFile | undefined {
  const results = asResults(json);
  if (results !== undefined) return fromResults(results, asFields(json)?.['categories']);
  const document = asFields(json);
  return document !== undefined && isCoco(document) ? fromDocument(document) : undefined;
}

type CocoDocument = Fields & { readonly images: readonly unknown[]; readonly annotations: readonly unknown[] };

const isCoco = (fields: Fields): fields is CocoDocument =>
  Array.isArray(fields['annotations']) && Array.isArray(fields['images']);

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

/** Ids are compared as text: one program writes `1`, the next `"1"`, and tables make `"1.0"` of it. */
const asId = (id: unknown): string => String(id).replace(/^(\d+)\.0+$/, '$1');

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

/** Name of an annotation's kind; undefined when the document does not tell kinds. */
type KindName = (annotation: Fields) => string | undefined;

function fromResults(results: readonly Fields[], categories: unknown): AnnotationFile {
  // Without a list of kinds nobody knows what a number means; where there is one number, it is what was looked for.
  const ids = new Set(results.map((result) => asId(result['category_id'])));
  const kindOf: KindName = isList(categories)
    ? kindNames(categories)
    : (result) => (ids.size > 1 ? `kind ${asId(result['category_id'])}` : undefined);
  const pictures = [...byImage(results)].map(
    ([id, own]): AnnotatedPicture => ({
      pictureName: id,
      unit: 'pixels',
      size: undefined,
      orientation: 1,
      boxes: own.map((annotation) => toBox(annotation, kindOf)),
    }),
  );
  return { format: 'coco', pictures, unlisted: [] };
}

function fromDocument(document: CocoDocument): AnnotationFile {
  const kindOf = kindNames(document['categories']);
  const boxes = byImage(fieldsIn(document.annotations));
  const listed = new Set<string>();
  const pictures = document.images.flatMap((entry): readonly AnnotatedPicture[] => {
    const image = asFields(entry);
    if (image === undefined) return [];
    const id = asId(image['id']);
    listed.add(id);
    const width = asNumber(image['width']);
    const height = asNumber(image['height']);
    const isSized = width !== undefined && height !== undefined;
    return [
      {
        pictureName: asText(image['file_name']),
        unit: 'pixels',
        size: isSized ? { width, height } : undefined,
        // It turns a frame of a known size only.
        orientation: isSized ? toOrientation(asNumber(image['exif_orientation']) ?? 1) : 1,
        boxes: (boxes.get(id) ?? []).map((annotation) => toBox(annotation, kindOf)),
      },
    ];
  });
  const unlisted = [...boxes].filter(([id]) => !listed.has(id)).flatMap(([, own]) => own);
  return { format: 'coco', pictures, unlisted: unlisted.map((annotation) => toBox(annotation, kindOf)) };
}

const isList = (categories: unknown): categories is readonly unknown[] =>
  Array.isArray(categories) && categories.length > 0;

function kindNames(categories: unknown): KindName {
  if (!isList(categories)) return () => undefined;
  const names = new Map<string, string>();
  for (const category of fieldsIn(categories)) {
    const id = asId(category['id']);
    names.set(id, asText(category['name']) ?? `kind ${id}`);
  }
  return ({ category_id: id }) => (id === undefined ? undefined : (names.get(asId(id)) ?? `kind ${asId(id)}`));
}

function toBox(annotation: Fields, kindOf: KindName): AnnotatedBox {
  const told: readonly unknown[] = Array.isArray(annotation['bbox']) ? annotation['bbox'] : boxAround(annotation);
  const [x, y, width, height] = told.map(asNumber);
  const attributes = asFields(annotation['attributes']);
  const common = {
    kind: kindOf(annotation),
    faceNo: asNumber(attributes?.['face_no']),
    name: asText(attributes?.['name']),
    ignored: isOn(annotation['iscrowd'])
      ? ('crowd' as const)
      : isOn(annotation['ignore']) || isOn(attributes?.['ignore'])
        ? ('one' as const)
        : undefined,
  };
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? { bound: undefined, told, ...common }
    : { bound: imageRect(x, y, width, height), ...common };
}

/** The box around an annotation's polygons, for programs that write no other. A mask in runs (RLE) tells none. */
function boxAround(annotation: Fields): readonly number[] {
  const segmentation: unknown = annotation['segmentation'];
  if (!Array.isArray(segmentation)) return [];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of segmentation) {
    const numbers: readonly unknown[] = Array.isArray(polygon) ? polygon : [];
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      const [x, y] = [asNumber(numbers[at]), asNumber(numbers[at + 1])];
      if (x === undefined || y === undefined) return [];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  return left < right && top < bottom ? [left, top, right - left, bottom - top] : [];
}

const isOn = (flag: unknown): boolean => flag === true || asNumber(flag) === 1;
