import { describe, expect, test } from 'vitest';
import type { ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { readSavedResponses } from '#page/saved-results/model/index.ts';
import { faceId } from '#shared/face.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { toCoco } from './coco.ts';
import { toCsv } from './csv.ts';
import { isFaceKind } from './face-kind.ts';
import { toPascalVoc } from './pascal-voc.ts';
import { readAnnotations } from './read-annotations.ts';
import { readYoloClasses } from './read-yolo.ts';
import { toYolo, yoloClasses } from './yolo.ts';

const found = imageRect(10, 20, 30, 40);
const drawn = imageRect(100, 50, 20, 25);
const size = { width: 200, height: 100 };
const picture: ExportedPicture = {
  stem: 'team',
  fileName: 'team.jpg',
  size,
  orientation: 1,
  detection: {
    size,
    unreadable: [],
    warnings: [],
    media: { type: 'image', duration: 0 },
    faces: [
      {
        id: faceId(1),
        faceNo: 1,
        name: 'face_0',
        rawBound: found,
        bound: found,
        partlyOutside: false,
        share: 0.06,
        cropUrl: undefined,
        featureUrl: undefined,
        resources: [],
        args: [],
      },
    ],
  },
  drawn: [{ id: 'drawn-1', drawnNo: 1, bound: drawn }],
};

const boxesIn = (text: string, classes?: readonly string[]) =>
  (readAnnotations(text, classes)?.pictures ?? []).flatMap(({ boxes }) => boxes);

describe('a face that was drawn by hand is exported beside the found ones, never with a number of its own', () => {
  test('as COCO', () => {
    const coco = toCoco([picture]);
    expect(coco.annotations.map(({ attributes }) => attributes)).toEqual([
      { face_no: 1, name: 'face_0' },
      { name: 'drawn_1', drawn: true },
    ]);
    expect(boxesIn(JSON.stringify(coco))).toMatchObject([
      { bound: found, faceNo: 1 },
      { bound: drawn, faceNo: undefined, name: 'drawn_1', kind: 'face' },
    ]);
  });

  test('and opened again as an answer it keeps its name', () => {
    const { responses } = readSavedResponses(JSON.stringify(toCoco([picture])));
    const body = asFields(asJson(responses[0]?.body(size) ?? ''));
    expect(body?.['faceItems']).toMatchObject([{ name: 'face_0' }, { name: 'drawn_1' }]);
  });

  test('as CSV', () => {
    const rows = toCsv([picture]).trimEnd().split('\r\n');
    expect(rows[2]).toBe('team.jpg,200,100,,drawn_1,100,50,20,25,0.025,false,,,,');
    expect(boxesIn(toCsv([picture]))).toMatchObject([
      { faceNo: 1 },
      { bound: drawn, faceNo: undefined, name: 'drawn_1' },
    ]);
    expect(toCsv([{ ...picture, detection: { ...picture.detection, faces: [] } }])).not.toContain(
      'team.jpg,200,100,,,',
    );
  });

  test('as Pascal VOC', () => {
    expect(toPascalVoc(picture)).toContain('<attribute><name>drawn</name><value>1</value></attribute>');
    expect(boxesIn(toPascalVoc(picture))).toMatchObject([
      { faceNo: 1 },
      { bound: drawn, faceNo: undefined, name: 'drawn_1' },
    ]);
  });

  test('as YOLO, in a class of its own that is a face too', () => {
    const classes = readYoloClasses('classes.txt', yoloClasses([picture]));
    const boxes = boxesIn(toYolo(picture), classes);
    expect(boxes.map(({ kind }) => kind)).toEqual(['face', 'face_drawn']);
    expect(boxes.every(({ kind }) => kind !== undefined && isFaceKind(kind))).toBe(true);
    expect(yoloClasses([{ drawn: [] }, {}])).toBe('face\n');
  });
});
