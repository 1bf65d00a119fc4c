import type { BatchProgress } from '#page/detection/batch-progress.ts';
import { formatTimeLeft } from '#page/pictures/model/time-left.ts';
import { formatFaceCount, formatPictureCount } from '#shared/format-measures.ts';

/** What the messages are made of. */
export type BatchCounts = Pick<
  BatchProgress,
  'total' | 'done' | 'faces' | 'withoutFaces' | 'remaining' | 'retrying' | 'leftMs' | 'hasEnded'
> & {
  readonly notSent: { readonly length: number };
  readonly failed: readonly { readonly failure: unknown }[];
};

/** "34 of 200 done · about 2 min left"; once all is over, also why some have no result. */
export function progressMessage(
  progress: BatchCounts,
  { paused, isOnline }: { readonly paused: boolean; readonly isOnline: boolean },
): string {
  const { done, total, notSent, failed, remaining, retrying, leftMs } = progress;
  return [
    `${done} of ${total} done`,
    ...(notSent.length > 0 ? [`${notSent.length} not sent to Kling`] : []),
    ...(failed.length > 0
      ? [`${failed.length} without a result${remaining > 0 ? '' : `: ${unfinishedCounts(progress).join(', ')}`}`]
      : []),
    ...(isOnline && !paused && retrying > 0 ? [`trying ${retrying} again`] : []),
    ...(paused ? ['paused'] : []),
    ...(isOnline || remaining === 0 ? [] : ['this device is offline']),
    ...(leftMs === undefined || paused ? [] : [formatTimeLeft(leftMs)]),
  ].join(' · ');
}

/** "29 pictures, 194 faces, 2 without, 1 failed": how a batch ended. */
export const endMessage = (progress: BatchCounts): string =>
  [
    formatPictureCount(progress.total),
    formatFaceCount(progress.faces),
    ...(progress.withoutFaces > 0 ? [`${progress.withoutFaces} without`] : []),
    ...unfinishedCounts(progress),
    ...(progress.notSent.length > 0 ? [`${progress.notSent.length} not sent to Kling`] : []),
  ].join(', ');

/** What was cancelled did not fail. */
function unfinishedCounts({ failed }: BatchCounts): string[] {
  const cancelled = failed.filter(({ failure }) => failure === undefined).length;
  return [
    ...(failed.length > cancelled ? [`${failed.length - cancelled} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
  ];
}

const QUARTERS = ['', 'A quarter', 'Half', 'Three quarters', ''] as const;

/**
 * What a screen reader says of a batch: each quarter once, and how it ended. Every picture would be said over the one
 * before.
 */
export function spokenMessage(progress: BatchCounts): string {
  if (progress.hasEnded) return `Finished: ${endMessage(progress)}`;
  if (progress.remaining === 0) return '';
  const over = progress.total - progress.remaining - progress.notSent.length;
  const quarter = QUARTERS[Math.floor((4 * over) / Math.max(1, over + progress.remaining))] ?? '';
  return quarter === '' ? '' : `${quarter} of ${formatPictureCount(progress.total)} done`;
}
