import type { EngineName } from '#contract/routes.ts';
import type { ReportedPicture, ReportFigures, ReportTruth } from './report.ts';

/** Everything that a report tells besides its pictures. */
export type ReportFacts = {
  /** What the person calls it; empty where they did not. */
  readonly title: string;
  readonly figures: ReportFigures;
  readonly truth: ReportTruth | undefined;
  /** Names of everybody who said something; empty for one who typed none. */
  readonly reviewers: readonly string[];
  /** Version of the page. */
  readonly version: string;
  /** When it is made, and when something was said first and last, in milliseconds since 1970. */
  readonly madeAt: number;
  readonly checkedAt: { readonly first: number; readonly last: number } | undefined;
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** "189 of 194 faces are right", or how far the check is. */
export function reportSentence({ isComplete, pictures, picturesDone, checked, tally }: ReportFigures): string {
  const right = `${tally.right} of ${counted(checked, 'face is', 'faces are')} right`;
  if (isComplete) return checked === 0 ? 'no faces were found' : right;
  const sofar = `${picturesDone} of ${counted(pictures, 'picture', 'pictures')} checked so far`;
  return checked === 0 ? sofar : `${sofar}: ${right}`;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** "one reviewer", "Anna and Ben", "two reviewers, one of them Anna". */
export function reviewersMessage(reviewers: readonly string[]): string {
  const named = reviewers.filter((name) => name !== '');
  const [last] = named.slice(-1);
  if (last !== undefined && named.length === reviewers.length) {
    return named.length === 1 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
  }
  const count = `${NUMBERS[reviewers.length] ?? reviewers.length} ${reviewers.length === 1 ? 'reviewer' : 'reviewers'}`;
  return named.length === 0 ? count : `${count}, among them ${named.join(', ')}`;
}

/** Who checked, what is open, who found the faces, and what they were compared with. */
export function reportSummary(
  { figures, truth, reviewers }: Pick<ReportFacts, 'figures' | 'truth' | 'reviewers'>,
  pictures: readonly Pick<ReportedPicture, 'engine'>[],
): string {
  const { found, checked, isComplete } = figures;
  const by = reviewers.length === 0 ? '' : ` by ${reviewersMessage(reviewers)}`;
  const who = isComplete
    ? `${figures.picturesDone} of ${counted(figures.pictures, 'picture', 'pictures')} checked${by}.`
    : `${checked} of ${counted(found, 'face', 'faces')} checked${by}, ${found - checked} open.`;
  const compared =
    truth === undefined
      ? ''
      : `, compared with ${truth.name} (${counted(truth.tally.right + truth.tally.missed, 'face', 'faces')})`;
  return `${who} Found by ${enginesOf(pictures)}${compared}.`;
}

const ENGINE_TITLES: Readonly<Record<EngineName, string>> = { embedded: 'Embedded', kling: 'Kling' };

function enginesOf(pictures: readonly Pick<ReportedPicture, 'engine'>[]): string {
  const names = [...new Set(pictures.map(({ engine }) => engine))].map((engine) => ENGINE_TITLES[engine]);
  return names.length === 0 ? 'nobody' : names.join(' and ');
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** "26 November 2026, 17:40". */
export const formatMoment = (at: number): string => moment.format(at).replace(' at ', ', ');

/** How it was counted, by whom and when, and what is left out. */
export function reportMethod(
  facts: Pick<ReportFacts, 'figures' | 'truth' | 'reviewers' | 'version' | 'checkedAt'>,
  pictures: readonly ReportedPicture[],
): readonly string[] {
  const { truth, figures, version, checkedAt } = facts;
  const unplaced = pictures.reduce((sum, each) => sum + each.unplaced, 0);
  const withoutAnswer = figures.pictures - pictures.length;
  return [
    truth === undefined
      ? figures.shares === undefined
        ? 'Precision and recall are told when every face of every picture has a verdict.'
        : 'Recall counts what the reviewer drew or called shifted or of the wrong size: a face that nobody saw is not in it.'
      : `A found face and a true one are a pair from IoU ${truth.from.toFixed(2)}, one to one, as many pairs as there can be, then the most overlap.`,
    'Shifted and wrong size count as one wrong and one missed.',
    ...(truth === undefined || truth.picturesWithout === 0
      ? []
      : [
          `${counted(truth.picturesWithout, 'picture is', 'pictures are')} not in ${truth.name} and not in these figures.`,
        ]),
    'After a new detection a verdict stays with its face from IoU 0.50 on.',
    ...(unplaced === 0 ? [] : [`${counted(unplaced, 'verdict fits', 'verdicts fit')} no face any more.`]),
    ...(withoutAnswer === 0
      ? []
      : [`${counted(withoutAnswer, 'picture has', 'pictures have')} no answer and are counted as open.`]),
    `Found by ${enginesOf(pictures)}, Facebound ${version}${checkedAt === undefined ? '' : `, checked ${spanMessage(checkedAt)}`}.`,
  ];
}

function spanMessage({ first, last }: { readonly first: number; readonly last: number }): string {
  const [from, to] = [formatMoment(first), formatMoment(last)];
  return from === to ? from : `from ${from} to ${to}`;
}
