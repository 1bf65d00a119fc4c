import { wordsFor } from '#domain/failure-words.ts';
import type { PictureDetection } from '#features/detection/use-picture-detection.ts';

export const countFaces = (count: number): string => (count === 1 ? '1 face' : `${count} faces`);

/** Where a picture stands, in a few words: for the status line, the filmstrip and the live region. */
export function statusWords(detection: PictureDetection): string {
  switch (detection.state) {
    case 'waiting':
      return waitingWords(detection.failedTries) ?? 'Waiting';
    case 'uploading':
      return 'Uploading';
    case 'detecting':
      return detection.retryingAfter === undefined ? 'Finding faces' : 'Busy, trying again';
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return wordsFor(detection.failure).title;
    case 'done':
      return countFaces(detection.result.detection.faces.length);
  }
}

/** Why a picture waits that was tried before: which try comes next. Undefined when it is the first. */
export const waitingWords = (failedTries: number): string | undefined =>
  failedTries === 0 ? undefined : `Trying again (${failedTries + 1})…`;
