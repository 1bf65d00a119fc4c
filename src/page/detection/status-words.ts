import type { Failure } from '#shared/failure.ts';
import { wordsFor } from '#shared/failure-words.ts';
import type { PictureDetection } from './picture-detection.ts';

export const countFaces = (count: number): string => (count === 1 ? '1 face' : `${count} faces`);

/** What is said of a picture that nobody allowed to send to Kling. */
export const NOT_SENT = 'Not sent to Kling';

/** Where a picture stands, in a few words: for the status line, the filmstrip and the live region. */
export function statusWords(detection: PictureDetection): string {
  switch (detection.state) {
    case 'not-sent':
      return NOT_SENT;
    case 'waiting':
      return waitingWords(detection) ?? 'Waiting';
    case 'uploading':
      return 'Uploading';
    case 'detecting':
      return detection.retryingAfter === undefined ? 'Finding faces' : retryingWords(detection.retryingAfter);
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return wordsFor(detection.failure).title;
    case 'done':
      return countFaces(detection.result.detection.faces.length);
  }
}

const RESTARTING = 'The server is restarting…';

const retryingWords = ({ code }: Failure): string => (code === 'restarting' ? RESTARTING : 'Busy, trying again');

/** Why a picture waits that was tried before: which try comes next. Undefined when it is the first. */
export function waitingWords({
  failedTries,
  retryingAfter,
}: Extract<PictureDetection, { state: 'waiting' }>): string | undefined {
  if (failedTries === 0) return undefined;
  return retryingAfter?.code === 'restarting' ? RESTARTING : `Trying again (${failedTries + 1})…`;
}
