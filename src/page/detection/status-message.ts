import { type Failure, isAway } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import { formatFaceCount } from '#shared/format-measures.ts';
import type { PictureDetection } from './picture-detection.ts';

/** What is said of a picture that nobody allowed to send to Kling. */
export const NOT_SENT = 'Not sent to Kling';

/** Where a picture stands, in a few words: for the status line, the filmstrip and the live region. */
export function statusMessage(detection: PictureDetection): string {
  switch (detection.state) {
    case 'not-sent':
      return NOT_SENT;
    case 'waiting':
      return waitingMessage(detection) ?? 'Waiting';
    case 'uploading':
      return 'Uploading';
    case 'detecting':
      return detection.retryingAfter === undefined ? 'Finding faces' : retryingMessage(detection.retryingAfter);
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return messageFor(detection.failure).title;
    case 'done':
      if (detection.isAskedAgain === true) return 'Detecting again';
      return formatFaceCount(detection.result.detection.faces.length);
  }
}

const RESTARTING = 'The server is restarting…';

const retryingMessage = (failure: Failure): string => awayMessage(failure) ?? 'Busy, trying again';

/** What is waited for, when that is our own server or what it needs. */
const awayMessage = (failure: Failure): string | undefined =>
  failure.code === 'restarting' ? RESTARTING : isAway(failure) ? messageFor(failure).title : undefined;

/** Why a picture waits that was tried before: which try comes next. Undefined when it is the first. */
export function waitingMessage({
  failedTries,
  retryingAfter,
}: Extract<PictureDetection, { state: 'waiting' }>): string | undefined {
  if (failedTries === 0) return undefined;
  return (retryingAfter && awayMessage(retryingAfter)) ?? `Trying again (${failedTries + 1})…`;
}
