import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { comparedKinds, isFaceKind, kindsIn, readAnnotations } from '#page/annotations/index.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { readCheckFile } from './check-file.ts';
import { reportFigures } from './report.ts';
import { type DataPicture, reportCoco, reportCsv, reportJson } from './report-data.ts';
import type { ReportFacts } from './report-words.ts';
import type { CheckRecord, Verdict } from './verdict.ts';

const SIZE = { width: 400, height: 300 };
const PLACE = imageRect(60, 10, 40, 50);

function pictureOf(
  fileName: string,
  faces: readonly (readonly [ImageRect, Verdict | undefined])[],
  missed: readonly ImageRect[],
  note = '',
): DataPicture {
  return {
    reported: {
      title: fileName,
      engine: 'embedded',
      from: undefined,
      size: SIZE,
      faces: faces.map(([bound, verdict], index) => ({ faceNo: index + 1, name: `face_${index}`, bound, verdict })),
      missed,
      notes: note === '' ? [] : [{ by: undefined, text: note }],
      isDone: true,
      disputes: [],
      unplaced: 0,
    },
    exported: {
      stem: fileName,
      fileName,
      size: SIZE,
      orientation: 1,
      detection: {
        size: SIZE,
        unreadable: [],
        warnings: [],
        media: { type: 'image', duration: 0 },
        faces: faces.map(([bound], index) => faceAt(index + 1, bound)),
      },
    },
  };
}

const PICTURES = [
  pictureOf(
    'team.jpg',
    [
      [imageRect(10, 10, 40, 50), { kind: 'right' }],
      [imageRect(80, 10, 40, 50), { kind: 'wrong', reason: 'shifted', place: PLACE }],
      [imageRect(200, 10, 40, 50), { kind: 'wrong', reason: 'not-a-face' }],
      [imageRect(250, 10, 40, 50), { kind: 'wrong', reason: 'wrong-size' }],
      [imageRect(300, 10, 40, 50), undefined],
    ],
    [imageRect(10, 200, 30, 30)],
    '=HYPERLINK("http://evil")',
  ),
  pictureOf('nobody.jpg', [], []),
];

/** The corrected truth: what is right, what is open, what was drawn. */
const TRUE_BOXES = [imageRect(10, 10, 40, 50), imageRect(300, 10, 40, 50), imageRect(10, 200, 30, 30), PLACE];

const trueBoxesIn = (text: string) => {
  const file = readAnnotations(text);
  const kinds = comparedKinds(file === undefined ? [] : kindsIn(file).map(({ name }) => name));
  return (file?.pictures ?? []).map(({ boxes }) =>
    boxes.flatMap(({ bound, kind }) => (bound !== undefined && kinds?.has(kind ?? '') === true ? [bound] : [])),
  );
};

describe('a report as data', () => {
  it('is a COCO document with every verdict, which read as a truth is the corrected one', () => {
    const text = reportCoco(PICTURES);
    expect(trueBoxesIn(text)).toEqual([TRUE_BOXES, []]);
    expect(isFaceKind('wrong box')).toBe(false);
    const { annotations, images } = JSON.parse(text);
    expect(annotations.map(({ attributes }: { attributes: unknown }) => attributes)).toEqual([
      { face_no: 1, name: 'face_0', verdict: 'right' },
      { face_no: 2, name: 'face_1', verdict: 'wrong', reason: 'shifted' },
      { face_no: 3, name: 'face_2', verdict: 'wrong', reason: 'not-a-face' },
      { face_no: 4, name: 'face_3', verdict: 'wrong', reason: 'wrong-size' },
      { face_no: 5, name: 'face_4' },
      { name: 'drawn_1', drawn: true, verdict: 'missed' },
      { name: 'drawn_2', drawn: true, verdict: 'missed' },
    ]);
    expect(images[0].attributes).toEqual({ done: true, notes: ['=HYPERLINK("http://evil")'] });
  });

  it('is a table with a row for every face, found or missed, and no formula', () => {
    const text = reportCsv(PICTURES);
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(
      rows.map((row) => [row['picture'], row['face_no'], row['verdict'], row['reason'], row['under_face_no']]),
    ).toEqual([
      ['team.jpg', '1', 'right', '', ''],
      ['team.jpg', '2', 'wrong', 'shifted', ''],
      ['team.jpg', '3', 'wrong', 'not-a-face', ''],
      ['team.jpg', '4', 'wrong', 'wrong-size', ''],
      ['team.jpg', '5', '', '', ''],
      ['team.jpg', '', 'missed', '', ''],
      ['team.jpg', '', 'missed', '', '2'],
      ['team.jpg', '', 'missed', '', '4'],
      ['nobody.jpg', '', '', '', ''],
    ]);
    expect(rows[0]?.['note']).toBe(`'=HYPERLINK("http://evil")`);
    expect(trueBoxesIn(text)).toEqual([TRUE_BOXES, []]);
  });

  it('is a check that is opened again, with the figures beside it', () => {
    const facts: ReportFacts = {
      title: 'Open day',
      figures: reportFigures(
        PICTURES.map(({ reported }) => reported),
        0,
        undefined,
      ),
      truth: undefined,
      reviewers: ['Anna'],
      version: '0.1.0',
      madeAt: 0,
      checkedAt: undefined,
    };
    const record: CheckRecord = {
      set: 'a'.repeat(32),
      file: 'b'.repeat(64),
      sent: 'b'.repeat(64),
      engine: 'kling',
      account: 'anna@example.org',
      version: '0.1.0',
      name: 'team.jpg',
      size: SIZE,
      faces: [],
      missed: [],
      note: 'x',
      done: false,
      changedAt: 1,
    };
    const text = reportJson(facts, PICTURES, {
      sets: [{ id: record.set, reviewer: 'Anna' }],
      records: [record],
    });
    const { account: _, ...kept } = record;
    expect(readCheckFile(text)).toMatchObject({ ok: true, value: { records: [kept] } });
    expect(text).not.toContain('anna@example.org');
    expect(JSON.parse(text).report).toMatchObject({ found: 5, checked: 4, right: 1, wrong: 3, missed: 3 });
  });
});
