import { CSV_BYTE_ORDER_MARK, SIZE_CLASSES, textCell, toCoco } from '#page/annotations/index.ts';
import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import type { DrawnFace } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { type Check, writeCheckFile } from './check-file.ts';
import { type ReportedFace, type ReportedPicture, wrongOf } from './report.ts';
import { type ReportFacts, reportSentence } from './report-words.ts';
import { leavesFaceMissed } from './verdict.ts';

/** A picture of a report as data tells of it: with its own file's name, and the frame that numbers are in. */
export type DataPicture = {
  readonly reported: ReportedPicture;
  readonly exported: Omit<ExportedPicture, 'drawn'>;
};

/** A missed face; `place` is undefined where a box was called shifted or of the wrong size and nobody drew the face. */
type MissedPlace = { readonly place: ImageRect | undefined; readonly under: number | undefined };

const missedPlaces = ({ missed, faces }: ReportedPicture): readonly MissedPlace[] => [
  ...missed.map((place) => ({ place, under: undefined })),
  ...faces.flatMap(({ faceNo, verdict }) =>
    verdict?.kind === 'wrong' && leavesFaceMissed(verdict) ? [{ place: verdict.place, under: faceNo }] : [],
  ),
];

/** What boxes are called that are no right box of a face: whoever reads the file as a truth leaves them out. */
const NO_FACE = 'wrong box';

const reasonOf = ({ verdict }: ReportedFace): string => (verdict?.kind === 'wrong' ? (verdict.reason ?? '') : '');

const COLUMNS = [
  'picture',
  'picture_width',
  'picture_height',
  'face_no',
  'name',
  'class',
  'x',
  'y',
  'width',
  'height',
  'verdict',
  'reason',
  'under_face_no',
  'picture_done',
  'note',
] as const;

/**
 * A row for every found and every missed face (RFC 4180), and one for a picture that has neither. Read as a truth it is
 * what was found right, still open or drawn; wrong boxes are of another class. Numbers are pixels of the person's file.
 */
export function reportCsv(pictures: readonly DataPicture[]): string {
  const rows = pictures.flatMap(({ reported, exported }) => {
    const { faces, isDone, notes } = reported;
    const head = [textCell(exported.fileName), exported.size.width, exported.size.height];
    const note = textCell(notes.map(({ by, text }) => (by === undefined ? text : `${by}: ${text}`)).join('\n'));
    const numbers = (bound: ImageRect | undefined) => {
      if (bound === undefined) return ['', '', '', ''];
      const { x, y, width, height } = boxOf(exported, { bound });
      return [x, y, width, height];
    };
    const missed = missedPlaces(reported);
    if (faces.length + missed.length === 0) return [[...head, ...Array<string>(10).fill(''), isDone, note]];
    return [
      ...faces.map((face) => [
        ...head,
        face.faceNo,
        textCell(face.name),
        face.verdict?.kind === 'wrong' ? NO_FACE : 'face',
        ...numbers(face.bound),
        face.verdict?.kind ?? '',
        reasonOf(face),
        '',
        isDone,
        note,
      ]),
      ...missed.map(({ place, under }, index) => [
        ...head,
        '',
        `drawn_${index + 1}`,
        'face',
        ...numbers(place),
        'missed',
        '',
        under ?? '',
        isDone,
        note,
      ]),
    ];
  });
  return CSV_BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/**
 * The pictures as COCO with what was said of every box. Wrong boxes are of a category of their own, so that the document
 * read as a truth is the corrected one: what was found right, what is open, what was drawn.
 */
export function reportCoco(pictures: readonly DataPicture[]): string {
  const exported = pictures.map(({ reported, exported: picture }): ExportedPicture => {
    const drawn = missedPlaces(reported).flatMap(({ place }) => place ?? []);
    return {
      ...picture,
      drawn: drawn.map((bound, index): DrawnFace => ({ id: `drawn-${index + 1}`, drawnNo: index + 1, bound })),
    };
  });
  const coco = toCoco(exported);
  const saidOf = new Map<string, ReportedFace>(
    pictures.flatMap(({ reported }, index) =>
      reported.faces.map((face) => [`${index + 1} ${face.faceNo}`, face] as const),
    ),
  );
  const wrongCategory = coco.categories.length + 1;
  const document = {
    ...coco,
    categories: [...coco.categories, { id: wrongCategory, name: NO_FACE, supercategory: '' }],
    images: coco.images.map((image, index) => ({
      ...image,
      attributes: {
        done: pictures[index]?.reported.isDone ?? false,
        notes: pictures[index]?.reported.notes.map(({ text }) => text) ?? [],
      },
    })),
    annotations: coco.annotations.map((annotation) => {
      const { attributes } = annotation;
      if (attributes.drawn === true) return { ...annotation, attributes: { ...attributes, verdict: 'missed' } };
      const face = saidOf.get(`${annotation.image_id} ${attributes.face_no}`);
      if (face?.verdict === undefined) return annotation;
      const { kind } = face.verdict;
      return {
        ...annotation,
        category_id: kind === 'wrong' ? wrongCategory : annotation.category_id,
        attributes: { ...attributes, verdict: kind, ...(reasonOf(face) === '' ? {} : { reason: reasonOf(face) }) },
      };
    }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/**
 * The figures of a report beside what was said, as one file that the page opens again: a check file whose `report` only
 * programs look at.
 */
export function reportJson(facts: ReportFacts, pictures: readonly DataPicture[], check: Check): string {
  const { figures, truth } = facts;
  const { tally, shares, bySize } = figures;
  const report = {
    title: facts.title,
    sentence: reportSentence(figures),
    made_at: new Date(facts.madeAt).toISOString(),
    facebound_version: facts.version,
    reviewers: facts.reviewers,
    truth: truth === undefined ? null : { name: truth.name, from_iou: truth.from },
    pictures: figures.pictures,
    pictures_done: figures.picturesDone,
    found: figures.found,
    checked: figures.checked,
    right: tally.right,
    wrong: tally.wrong,
    missed: tally.missed,
    missed_under_a_wrong_box: figures.missedUnder,
    precision: shares?.figures.precision ?? null,
    recall: shares?.figures.recall ?? null,
    f1: shares?.figures.f1 ?? null,
    mean_iou: shares?.figures.meanIou ?? null,
    by_size: bySize.map(({ name, tally: each }) => ({
      from_px: SIZE_CLASSES.find((known) => known.name === name)?.from ?? 0,
      right: each.right,
      wrong: each.wrong,
      missed: each.missed,
    })),
    by_picture: pictures.map(({ reported, exported }) => ({
      picture: exported.fileName,
      engine: reported.engine,
      done: reported.isDone,
      found: reported.faces.length,
      right: reported.faces.filter(({ verdict }) => verdict?.kind === 'right').length,
      wrong: wrongOf(reported).length,
      missed: missedPlaces(reported).length,
      reviewers_disagree_on: reported.disputes.map(({ faceNo }) => faceNo),
    })),
  };
  return `${JSON.stringify({ ...asFields(asJson(writeCheckFile(check))), report }, undefined, 1)}\n`;
}
