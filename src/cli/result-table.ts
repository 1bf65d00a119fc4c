import { type Figures, figuresOf, formatIou, formatShare, SIZE_CLASSES } from '#page/annotations/model/comparison.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { formatFaceCount, formatPictureCount } from '#shared/format-measures.ts';
import type { ComparedSet } from './compare.ts';
import type { Failed, LookedAt } from './looked-at.ts';
import { type Judged, thresholdSentence } from './thresholds.ts';

/** All that a run has to tell. */
export type RunResult = {
  readonly pictures: readonly LookedAt[];
  readonly failed: readonly Failed[];
  readonly comparison: ComparedSet | undefined;
  readonly matchFrom: number;
  readonly judged: readonly Judged[];
};

/**
 * The results for a person. Names stand last, because they are of any length and any script, and without what a terminal
 * would take for orders.
 */
export function resultTable(result: RunResult): string {
  const { comparison } = result;
  const rows = comparison === undefined ? plainRows(result) : comparedRows(result, comparison);
  return [
    ...aligned(rows),
    '',
    `${formatPictureCount(result.pictures.length)}, ${formatFaceCount(facesIn(result.pictures))}${
      result.failed.length === 0 ? '' : `; ${formatPictureCount(result.failed.length)} could not be looked at`
    }`,
    ...(comparison === undefined ? [] : summary(comparison, result)),
    ...result.judged.map(thresholdSentence),
    '',
  ].join('\n');
}

const facesIn = (pictures: readonly LookedAt[]): number =>
  pictures.reduce((sum, { detection }) => sum + detection.faces.length, 0);

type Row = { readonly cells: readonly string[]; readonly name: string };

const plainRows = ({ pictures }: RunResult): readonly Row[] => [
  { cells: ['faces', 'pixels'], name: 'picture' },
  ...pictures.map(({ name, size, detection }) => ({
    cells: [String(detection.faces.length), `${size.width} × ${size.height}`],
    name: shownName(name),
  })),
];

const comparedRows = ({ pictures }: RunResult, { compared }: ComparedSet): readonly Row[] => [
  { cells: ['faces', 'truth', 'right', 'wrong', 'missed', 'F1'], name: 'picture' },
  ...pictures.map((picture) => {
    const found = String(picture.detection.faces.length);
    const own = compared.get(picture);
    if (own === undefined) return { cells: [found, 'none', '', '', '', ''], name: shownName(picture.name) };
    const { right, wrong, missed } = own.tally;
    const cells = [found, right + missed, right, wrong, missed, formatShare(figuresOf(own.tally).f1)];
    return { cells: cells.map(String), name: shownName(picture.name) };
  }),
];

/** Numbers to the right of their columns. */
function aligned(rows: readonly Row[]): readonly string[] {
  const columns = rows[0]?.cells.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((most, { cells }) => Math.max(most, (cells[column] ?? '').length), 0),
  );
  return rows.map(
    ({ cells, name }) => `${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}  ${name}`,
  );
}

function summary({ compared, without, total, bySize }: ComparedSet, { matchFrom }: RunResult): readonly string[] {
  const { right, wrong, missed } = total;
  const figures: Figures = figuresOf(total);
  const sizes = SIZE_CLASSES.flatMap(({ name }) => {
    const tally = bySize.get(name);
    const expected = tally === undefined ? 0 : tally.right + tally.missed;
    return tally === undefined || (expected === 0 && tally.wrong === 0)
      ? []
      : [
          `  ${name.padEnd(15)}  ${tally.right} of ${expected} found${tally.wrong === 0 ? '' : `, ${tally.wrong} wrong`}`,
        ];
  });
  return [
    `${formatPictureCount(compared.size)} compared, matched from IoU ${formatIou(matchFrom)}${
      without.length === 0 ? '' : `; ${without.length} without a truth, in no figure`
    }`,
    '',
    `Precision  ${formatShare(figures.precision)}  (${right} of ${right + wrong} found are faces)`,
    `Recall     ${formatShare(figures.recall)}  (${right} of ${right + missed} faces were found)`,
    `F1         ${formatShare(figures.f1)}`,
    `Mean IoU   ${formatIou(figures.meanIou)}`,
    ...(sizes.length === 0 ? [] : ['By the shorter side of the face:', ...sizes]),
    '',
  ];
}
