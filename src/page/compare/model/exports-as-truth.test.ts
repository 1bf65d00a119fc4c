import { describe, expect, it } from 'vitest';
import {
  CSV_BYTE_ORDER_MARK,
  compareBoxes,
  toCoco,
  toCsv,
  toPascalVoc,
  toYolo,
  yoloClasses,
} from '#page/annotations/index.ts';
import { writeCheckFile } from '#page/check/model/index.ts';
import type { ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { boxesIn } from './truth.ts';
import { type HandedText, kindsToCompare, readBoxes } from './truth-file.ts';
import { truthFromVerdicts } from './verdicts-as-truth.ts';

const SIZE: Size = { width: 1200, height: 800 };
const FOUND = [imageRect(100.4, 90.2, 180.5, 240.3), imageRect(500, 300, 41, 55), imageRect(1100, 700, 100, 100)];
const DRAWN = imageRect(720, 80, 60, 75);

const pictureOf = (stem: string, bounds: readonly ImageRect[], drawn: readonly ImageRect[]): ExportedPicture => ({
  stem,
  fileName: `${stem}.jpg`,
  size: SIZE,
  orientation: 1,
  detection: {
    size: SIZE,
    unreadable: [],
    warnings: [],
    media: { type: 'image', duration: 0 },
    faces: bounds.map((bound, index) => faceAt(index + 1, bound)),
  },
  drawn: drawn.map((bound, index) => ({ id: `drawn-${index + 1}`, drawnNo: index + 1, bound })),
});

const TEAM = pictureOf('team', FOUND, [DRAWN]);
const NOBODY = pictureOf('nobody', [], []);
const BOTH = [TEAM, NOBODY];

/** Every format of boxes that the page exports, as the files that it makes of two pictures. */
const EXPORTED: Readonly<Record<string, readonly HandedText[]>> = {
  COCO: [{ name: 'coco.json', text: JSON.stringify(toCoco(BOTH)) }],
  CSV: [{ name: 'faces.csv', text: CSV_BYTE_ORDER_MARK + toCsv(BOTH) }],
  'YOLO labels': [
    { name: 'classes.txt', text: yoloClasses(BOTH) },
    ...BOTH.map((picture) => ({ name: `labels/${picture.stem}.txt`, text: toYolo(picture) })),
  ],
  'Pascal VOC': BOTH.map((picture) => ({ name: `${picture.stem}.xml`, text: toPascalVoc(picture) })),
};

describe('what the page exports it takes as a truth', () => {
  it.each(Object.entries(EXPORTED))('%s, with drawn faces, and a picture without any', (_, texts) => {
    const { sources, used } = readBoxes(texts);
    expect(used.size).toBe(texts.length);
    const [source] = sources;
    if (sources.length !== 1 || source === undefined || source.kind === 'verdicts') {
      throw new Error(`It is read as ${sources.map(({ kind }) => kind).join(', ')}`);
    }
    const kinds = kindsToCompare(source);
    const boxes = source.pictures.map(({ annotated }) =>
      boxesIn(annotated, { size: SIZE, orientation: 1 }, (kind) => kind === undefined || kinds?.has(kind) === true),
    );
    expect(boxes.map((those) => those?.length)).toEqual([4, 0]);
    const { pairs, missed, wrong } = compareBoxes([...FOUND, DRAWN], boxes[0] ?? [], 0.9);
    expect([pairs.length, missed, wrong]).toEqual([4, [], []]);
  });

  it('a check, whose right and drawn faces are there', () => {
    const set = 'a'.repeat(32);
    const text = writeCheckFile({
      sets: [{ id: set, reviewer: 'Anna' }],
      records: [
        {
          set,
          file: 'b'.repeat(64),
          sent: 'b'.repeat(64),
          engine: 'embedded',
          version: '0.1.0',
          name: 'team.jpg',
          size: SIZE,
          faces: FOUND.map((bound, index) => ({ faceNo: index + 1, bound, verdict: { kind: 'right' } })),
          missed: [{ id: 1, bound: DRAWN }],
          note: '',
          done: true,
          changedAt: 1,
        },
      ],
    });
    const [source] = readBoxes([{ name: 'team.facebound-check.json', text }]).sources;
    const record = source?.kind === 'verdicts' ? source.check.records[0] : undefined;
    expect(record === undefined ? [] : truthFromVerdicts(record, SIZE).map(({ bound }) => bound)).toEqual([
      ...FOUND,
      DRAWN,
    ]);
  });
});
