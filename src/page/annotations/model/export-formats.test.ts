import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { readSavedResponses } from '#page/saved-results/model/index.ts';
import type { Detection, Face } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { type Orientation, toOrientation, uprightSize } from '#shared/geometry/orientation.ts';
import { clampToImage, reachesOutside, shareOfImage } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { type Coco, toCoco } from './coco.ts';
import { textCell, toCsv } from './csv.ts';
import { toPascalVoc } from './pascal-voc.ts';
import { toYolo } from './yolo.ts';

const side = fc.integer({ min: 1, max: 6000 });
const sizes = fc.record({ width: side, height: side });
const names = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('face_0', '=1+1', '"', 'a,b', ' '),
);
const coordinate = fc.double({ min: -500, max: 7000, noNaN: true });
const length = fc.double({ min: 0.01, max: 7000, noNaN: true });

function faceOf(faceNo: number, name: string, rawBound: ImageRect, size: Size): Face {
  return {
    id: faceId(faceNo),
    faceNo,
    name,
    rawBound,
    bound: clampToImage(rawBound, size),
    partlyOutside: reachesOutside(rawBound, size),
    share: shareOfImage(rawBound, size),
    cropUrl: undefined,
    featureUrl: undefined,
    resources: [],
    args: [],
  };
}

const detectionOf = (size: Size, faces: readonly Face[]): Detection => ({
  faces,
  unreadable: [],
  size,
  warnings: [],
  media: { type: 'image', duration: 0 },
});

/** Pictures as any reply may describe them: boxes may leave the picture, the file may have other pixels and be turned. */
const pictures: fc.Arbitrary<ExportedPicture> = fc
  .record({
    measured: sizes,
    sent: fc.option(sizes, { nil: undefined }),
    stem: fc.constantFrom('team', 'größe', 'a b'),
    orientation: fc.integer({ min: 1, max: 8 }).map(toOrientation),
    faces: fc.array(fc.tuple(names, coordinate, coordinate, length, length), { maxLength: 12 }),
  })
  .map(({ measured, sent, stem, faces, orientation }) => {
    const placed = faces
      .map(([name, x, y, width, height], index) => faceOf(index + 1, name, imageRect(x, y, width, height), measured))
      .filter(({ bound }) => bound.width > 0 && bound.height > 0);
    return {
      stem,
      fileName: `${stem}.jpg`,
      size: uprightSize(sent ?? measured, orientation),
      orientation,
      detection: detectionOf(measured, placed),
    };
  });

test('a box in the stored frame is the upright one, turned back', () => {
  const size = { width: 300, height: 200 };
  const face = faceOf(1, 'face_0', imageRect(10, 20, 30, 40), size);
  const boxIn = (orientation: Orientation) =>
    boxOf(
      {
        stem: 'a',
        fileName: 'a',
        size: uprightSize({ width: 600, height: 400 }, orientation),
        orientation,
        detection: detectionOf(size, [face]),
      },
      face,
    );
  expect(boxIn(1)).toEqual(imageRect(20, 40, 60, 80));
  expect(boxIn(3)).toEqual(imageRect(520, 280, 60, 80));
  expect(boxIn(6), 'stored lying on its left side').toEqual(imageRect(40, 520, 80, 60));
});

test('a box that ends with a turned picture begins at 0 in the stored frame, and not at −0', () => {
  const size = { width: 2867, height: 1427 };
  const bound = imageRect(1028.982682975394, 237.36816921790046, 1838.017317024606, 1189.6318307820995);
  const face = faceOf(1, 'face_0', bound, size);
  const orientation = toOrientation(3);
  const picture = { stem: 'a', fileName: 'a', size: { width: 2619, height: 4599 }, orientation };
  expect(boxOf({ ...picture, detection: detectionOf(size, [face]) }, face).x).toBe(0);
});

test('every exported box lies on its picture and is not empty', () => {
  fc.assert(
    fc.property(pictures, (picture) => {
      for (const face of picture.detection.faces) {
        const { x, y, width, height } = boxOf(picture, face);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThan(0);
        expect(x + width).toBeLessThanOrEqual(picture.size.width + 1e-9);
        expect(y + height).toBeLessThanOrEqual(picture.size.height + 1e-9);
      }
    }),
  );
});

describe('COCO', () => {
  /** The object detection format as the site of the data set publishes it. */
  const published = z.object({
    info: z.object({ description: z.string(), version: z.string(), contributor: z.string() }),
    licenses: z.array(z.object({ id: z.int(), name: z.string(), url: z.string() })),
    categories: z.array(z.object({ id: z.int(), name: z.string(), supercategory: z.string() })),
    images: z.array(
      z.object({
        id: z.int(),
        width: z.int().check(z.positive()),
        height: z.int().check(z.positive()),
        file_name: z.string(),
      }),
    ),
    annotations: z.array(
      z.object({
        id: z.int().check(z.positive()),
        image_id: z.int(),
        category_id: z.int(),
        segmentation: z.union([z.array(z.array(z.number())), z.object({ counts: z.array(z.int()) })]),
        area: z.number().check(z.nonnegative()),
        bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        iscrowd: z.union([z.literal(0), z.literal(1)]),
      }),
    ),
  });

  test('every document fits the published format, and its ids belong together', () => {
    fc.assert(
      fc.property(fc.array(pictures, { maxLength: 4 }), (several) => {
        const coco = published.parse(JSON.parse(JSON.stringify(toCoco(several))));
        const images = new Set(coco.images.map(({ id }) => id));
        const categories = new Set(coco.categories.map(({ id }) => id));
        expect(images.size).toBe(several.length);
        expect(new Set(coco.annotations.map(({ id }) => id)).size).toBe(coco.annotations.length);
        for (const { image_id, category_id } of coco.annotations) {
          expect(images.has(image_id)).toBe(true);
          expect(categories.has(category_id)).toBe(true);
        }
      }),
    );
  });

  test('opened again as a saved result and exported again it is the same document', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const first = toCoco([picture]);
        expect(again(first, picture)).toEqual(onlyKnownNames(first));
      }),
      { numRuns: 300 },
    );
  });

  test('a missing number stays missing', () => {
    const size = { width: 100, height: 100 };
    const faces = [faceOf(2, 'face_1', imageRect(1, 2, 3, 4), size), faceOf(5, 'face_4', imageRect(5, 6, 7, 8), size)];
    const picture = {
      stem: 'team',
      fileName: 'team.jpg',
      size,
      orientation: 1 as const,
      detection: detectionOf(size, faces),
    };
    expect(again(toCoco([picture]), picture).annotations.map(({ attributes }) => attributes.face_no)).toEqual([2, 5]);
  });

  /** The document through our replay: read as a saved response, shown, exported. */
  function again(coco: Coco, { stem, fileName, orientation }: ExportedPicture): Coco {
    const { responses } = readSavedResponses(JSON.stringify(coco));
    const size = coco.images[0] ?? { width: 1, height: 1 };
    const body = responses[0]?.body(size) ?? 'null';
    const detection = parseDetection(JSON.parse(body), uprightSize(size, orientation));
    if (!detection.ok) throw new Error(detection.error.detail);
    return toCoco([
      { stem, fileName, size: { width: size.width, height: size.height }, orientation, detection: detection.value },
    ]);
  }

  /** A name that is empty or begins with spaces is not a name: the parser gives such a face its place as a name. */
  const onlyKnownNames = (coco: Coco): Coco => ({
    ...coco,
    annotations: coco.annotations.map((annotation) => {
      const { face_no, name } = annotation.attributes;
      const number = face_no ?? 0;
      const known = name.trim() === '' ? `face_${number - 1}` : name.trim();
      return { ...annotation, attributes: { face_no: number, name: known } };
    }),
  });
});

describe('YOLO', () => {
  test('gives back every box to within the sixth decimal', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const lines = toYolo(picture).split('\n').slice(0, -1);
        expect(lines).toHaveLength(picture.detection.faces.length);
        for (const [index, face] of picture.detection.faces.entries()) {
          const [kind, ...numbers] = (lines[index] ?? '').split(' ').map(Number);
          const [centreX = 2, centreY = 2, width = 2, height = 2] = numbers;
          expect(kind).toBe(0);
          for (const number of numbers) expect(number).toBeGreaterThanOrEqual(0);
          for (const number of numbers) expect(number).toBeLessThanOrEqual(1);
          for (const [centre, length] of [
            [centreX, width],
            [centreY, height],
          ] as const) {
            expect(centre - length / 2, 'an edge').toBeGreaterThanOrEqual(0);
            expect(centre + length / 2, 'an edge').toBeLessThanOrEqual(1);
            expect(length).toBeGreaterThan(0);
          }
          const box = boxOf(picture, face);
          expect(Math.abs((centreX - width / 2) * picture.size.width - box.x)).toBeLessThan(2e-6 * picture.size.width);
          expect(Math.abs((centreY - height / 2) * picture.size.height - box.y)).toBeLessThan(
            2e-6 * picture.size.height,
          );
        }
      }),
    );
  });
});

describe('Pascal VOC', () => {
  test('gives every box back to within a pixel: whole ones counted from one, on the picture, in order', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const xml = toPascalVoc(picture);
        const numbers = (tag: string) =>
          [...xml.matchAll(new RegExp(`<${tag}>(\\d+)</${tag}>`, 'g'))].map(([, n]) => Number(n));
        const [lefts, tops, rights, bottoms] = ['xmin', 'ymin', 'xmax', 'ymax'].map(numbers);
        expect(lefts).toHaveLength(picture.detection.faces.length);
        expect(numbers('truncated')).toEqual(picture.detection.faces.map((face) => (face.partlyOutside ? 1 : 0)));
        for (const [index, left] of (lefts ?? []).entries()) {
          expect(left).toBeGreaterThanOrEqual(1);
          expect(rights?.[index]).toBeGreaterThanOrEqual(left);
          expect(rights?.[index]).toBeLessThanOrEqual(picture.size.width);
          expect(bottoms?.[index]).toBeGreaterThanOrEqual(tops?.[index] ?? Number.NaN);
          expect(bottoms?.[index]).toBeLessThanOrEqual(picture.size.height);
          const face = picture.detection.faces[index];
          if (face === undefined) throw new Error('More boxes than faces');
          const { x, y, width, height } = boxOf(picture, face);
          const read = [left - 1, (tops?.[index] ?? 0) - 1, rights?.[index] ?? 0, bottoms?.[index] ?? 0];
          for (const [edge, value] of [x, y, x + width, y + height].entries()) {
            // The pixel that a box of less than one becomes may begin half a pixel beside it.
            expect(Math.abs((read[edge] ?? Number.NaN) - value)).toBeLessThanOrEqual(
              Math.min(width, height) < 1 ? 1.5 : 1,
            );
          }
        }
      }),
    );
  });
});

describe('CSV', () => {
  test('read back by another parser, every row has its face and every number its value', () => {
    fc.assert(
      fc.property(fc.array(pictures, { maxLength: 3 }), (several) => {
        const rows = z.array(z.record(z.string(), z.string())).parse(parseCsv(toCsv(several), { columns: true }));
        const lines = several.flatMap((picture): { picture: ExportedPicture; face?: Face }[] =>
          picture.detection.faces.length === 0
            ? [{ picture }]
            : picture.detection.faces.map((face) => ({ picture, face })),
        );
        expect(rows).toHaveLength(lines.length);
        for (const [index, { picture, face }] of lines.entries()) {
          const row = rows[index] ?? {};
          expect(row['picture']).toBe(picture.fileName);
          expect([row['picture_width'], row['picture_height']].map(Number)).toEqual([
            picture.size.width,
            picture.size.height,
          ]);
          if (face === undefined) {
            expect(Object.values(row).slice(3)).toEqual(Array(12).fill(''));
            continue;
          }
          expect(Number(row['face_no'])).toBe(face.faceNo);
          expect(Number(row['x'])).toBe(boxOf(picture, face).x);
          expect(Number(row['sent_width'])).toBe(face.rawBound.width);
          expect(row['name']?.replace(/^'/, '')).toBe(face.name.replace(/^'/, ''));
        }
      }),
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '|cmd', '%0'])(
    'the text %j is no formula in a spreadsheet',
    (text) => {
      const [row] = z.array(z.array(z.string())).parse(parseCsv(`${textCell(text)}\n`));
      expect(row?.[0]).toBe(`'${text}`);
    },
  );

  test.each(['a;b', 'a,b', 'a\tb', 'a"b', 'a\nb', ' a', 'a '])(
    'the text %j stays one cell, whatever a spreadsheet takes for the end of one',
    (text) => {
      expect(textCell(text)).toBe(`"${text.replaceAll('"', '""')}"`);
      const rows = z.array(z.array(z.string())).parse(parseCsv(`${textCell(text)}\n`, { delimiter: [',', ';', '\t'] }));
      expect(rows).toEqual([[text]]);
    },
  );

  test('no text whatever begins like a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(textCell(text).replace(/^"/, '')).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});
