import { dataUrlOf, ExportError, type ExportJob, originalFrame, ownName, paintHeld } from '#page/export/index.ts';
import type { CropPlan } from '#page/painting/model/crop-plan.ts';
import { distinctNames } from '#page/painting/model/file-names.ts';
import { type ObscureStep, planObscuring } from '#page/painting/model/obscure-plan.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { type Detection, faceId } from '#shared/face.ts';
import { formatBytes, formatPictureCount } from '#shared/format-measures.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Check } from './model/check-file.ts';
import { coveredBounds, hasDifference, missedOf, type ReportedPicture, wrongOf } from './model/report.ts';
import { type DataPicture, reportCoco, reportCsv, reportJson } from './model/report-data.ts';
import {
  cropsEnd,
  disputesPart,
  missedFigure,
  missedStart,
  pictureFigure,
  picturesStart,
  reportEnd,
  reportStart,
  type Shown,
  wrongFigure,
  wrongStart,
} from './model/report-html.ts';
import { type CropLook, copyLook, cropLook } from './model/report-looks.ts';
import type { ReportFacts } from './model/report-words.ts';

/** A picture of the work with what a report tells of it. */
export type ReportItem = {
  readonly picture: Picture;
  readonly detection: Detection;
  readonly reported: ReportedPicture;
};

/** The forms of a report: a page to read, or data. */
export const REPORT_FORMS = ['html', 'csv', 'json', 'coco'] as const;
export type ReportForm = (typeof REPORT_FORMS)[number];

const ENDINGS: Readonly<Record<ReportForm, string>> = {
  html: '-check.html',
  csv: '-check.csv',
  json: '-check.facebound-check.json',
  coco: '-check.coco.json',
};

/** Name of a report's file. */
export const reportFileName = (stem: string, form: ReportForm): string => stem + ENDINGS[form];

/** The job that saves a report as data. `check` is all that was said of these pictures. */
export function reportDataJob(
  form: Exclude<ReportForm, 'html'>,
  known: Omit<ReportFacts, 'madeAt'>,
  items: readonly ReportItem[],
  check: Check,
  fileName: string,
): ExportJob {
  const write = (): string => {
    const pictures = dataPictures(items);
    switch (form) {
      case 'csv':
        return reportCsv(pictures);
      case 'json':
        return reportJson({ ...known, madeAt: Date.now() }, pictures, check);
      case 'coco':
        return reportCoco(pictures);
    }
  };
  return {
    title: 'Report',
    fileName,
    type: form === 'csv' ? 'text/csv;charset=utf-8' : 'application/json',
    packing: 'single',
    large: false,
    total: 1,
    words: wordsOf(fileName),
    files: async function* (_signal, onStep) {
      yield { name: fileName, content: write() };
      onStep();
    },
  };
}

/** With the names of the persons' own files, and numbers in pixels of them. */
function dataPictures(items: readonly ReportItem[]): readonly DataPicture[] {
  const names = distinctNames(items.map(({ picture }) => ownName(picture)));
  return items.map(({ picture, reported, detection }, index) => ({
    reported,
    exported: {
      stem: reported.title,
      fileName: names[index] ?? reported.title,
      size: originalFrame(picture).size,
      orientation: 1,
      detection,
    },
  }));
}

const wordsOf = (fileName: string): NonNullable<ExportJob['words']> => ({
  running: (done, total) => `Report: ${done} of ${formatPictureCount(total)}`,
  saved: (bytes) => `Report saved: ${fileName}, ${formatBytes(bytes)}`,
  cancelled: 'Report cancelled',
});

export type ReportLook = {
  /** Faces are covered in the pixels. */
  readonly isObscured: boolean;
  /** All pictures are shown, and not only those with a difference. */
  readonly withAll: boolean;
};

/** The pictures of a report that are shown as such. */
export const shownItems = (items: readonly ReportItem[], { withAll }: Pick<ReportLook, 'withAll'>) =>
  withAll ? items : items.filter(({ reported }) => hasDifference(reported));

/**
 * The job that saves a report as one HTML file. Pictures are painted one after another and nothing is kept of each but
 * its small copies, so two hundred need the memory of one.
 */
export function reportJob(
  known: Omit<ReportFacts, 'madeAt'>,
  items: readonly ReportItem[],
  options: ReportLook,
  fileName: string,
): ExportJob {
  const shown = shownItems(items, options);
  const total = Math.max(1, shown.length);
  return {
    title: 'Report',
    fileName,
    type: 'text/html',
    packing: 'single',
    large: false,
    total,
    words: wordsOf(fileName),
    files: async function* (signal, onStep) {
      const facts: ReportFacts = { ...known, madeAt: Date.now() };
      const [wrong, missed, pictures]: [Blob[], Blob[], Blob[]] = [[], [], []];
      for (const item of shown) {
        signal.throwIfAborted();
        const parts = await partsOf(item, options, signal);
        // Blobs, which a browser may keep on disk; text would stay in memory until the end.
        wrong.push(new Blob(parts.wrong));
        missed.push(new Blob(parts.missed));
        pictures.push(new Blob([parts.picture]));
        onStep();
        await nextFrame();
      }
      const all = items.map(({ reported }) => reported);
      const { tally, missedUnder } = facts.figures;
      const hasNotes = all.some(({ notes }) => notes.length > 0);
      yield {
        name: fileName,
        content: new Blob(
          [
            reportStart(facts, all, options.isObscured && shown.length > 0),
            wrongStart(tally.wrong),
            ...wrong,
            cropsEnd(tally.wrong),
            missedStart(tally.missed, missedUnder),
            ...missed,
            cropsEnd(tally.missed),
            disputesPart(all),
            picturesStart(shown.length, facts.figures.pictures, !options.withAll, hasNotes),
            ...pictures,
            reportEnd(facts, all, shown.length),
          ],
          { type: 'text/html' },
        ),
      };
    },
  };
}

/** Lets the page draw between two pictures. */
const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function partsOf({ picture, reported }: ReportItem, { isObscured }: ReportLook, signal: AbortSignal) {
  const [wrong, missed] = [wrongOf(reported), missedOf(reported)];
  const wrongLooks = wrong.map(({ face }) => cropLook(face.bound, reported.size));
  const missedLooks = missed.map(({ bound }) => cropLook(bound, reported.size));
  const urls = await paintedUrls(
    picture,
    reported,
    [...wrongLooks, ...missedLooks, copyLook(reported.size)],
    isObscured ? stepsOf(reported, picture) : [],
    signal,
  );
  const at = (index: number): Shown => {
    const url = urls[index];
    return url === undefined ? undefined : { url };
  };
  return {
    wrong: wrongLooks.flatMap((look, index) => {
      const each = wrong[index];
      return each === undefined ? [] : wrongFigure(each, look, at(index));
    }),
    missed: missedLooks.flatMap((look, index) => {
      const each = missed[index];
      return each === undefined ? [] : missedFigure(each, look, at(wrong.length + index));
    }),
    picture: pictureFigure(reported, at(wrong.length + missed.length)),
  };
}

/** Addresses of these looks as data; none where this browser cannot show the picture. Throws when it is cancelled. */
async function paintedUrls(
  picture: Picture,
  { size }: ReportedPicture,
  looks: readonly CropLook[],
  steps: readonly ObscureStep[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const plans = looks.map(
    ({ source, output }): CropPlan => ({ source: rescale(source, size, picture.size), output, enlarged: false }),
  );
  try {
    const { blobs } = await paintHeld(
      picture,
      'sent',
      { kind: 'looks', size: picture.size, steps, looks: plans },
      signal,
    );
    return await Promise.all(blobs.map(dataUrlOf));
  } catch (error) {
    // One picture does not cost a report, which says that it is missing.
    if (error instanceof ExportError) return [];
    throw error;
  }
}

const stepsOf = (reported: ReportedPicture, picture: Picture): readonly ObscureStep[] =>
  planObscuring(
    coveredBounds(reported).map((bound, index) => ({ id: faceId(index + 1), faceNo: index + 1, bound })),
    new Set(),
    reported.size,
    picture.size,
  );
