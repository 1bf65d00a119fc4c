import type { Failure, FailureCode } from '#shared/failure.ts';
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

/** What is waited for where the server, or what it needs, is away for a moment. */
const AWAY: Readonly<Partial<Record<FailureCode, string>>> = {
  restarting: 'The server is restarting…',
  'store-away': 'Waiting for the server’s store…',
  'queue-away': 'Waiting for the server’s queue…',
};

const retryingMessage = ({ code }: Failure): string => AWAY[code] ?? 'Busy, trying again';

/** Why a picture waits that was tried before: which try comes next. Undefined when it is the first. */
export function waitingMessage({
  failedTries,
  retryingAfter,
}: Extract<PictureDetection, { state: 'waiting' }>): string | undefined {
  if (failedTries === 0) return undefined;
  const away = retryingAfter === undefined ? undefined : AWAY[retryingAfter.code];
  return away ?? `Trying again (${failedTries + 1})…`;
}
