import { MAX_ASSET_BYTES, MIB, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { REFUSED_HEADER } from '#contract/routes.ts';
import { isFileTrouble, isStorageFull } from '#shared/error-code.ts';
import { assertNever } from '#shared/result.ts';
import { AwayError, type Needed } from './away.ts';
import type { EngineFailure } from './engine.ts';
import { type Problem, problem } from './problem.ts';

/** Seconds after which whoever asks a server that is about to stop may ask again. */
const RESTART_SECONDS = 5;
/** Seconds after which whoever found a line full may ask again. */
const LINE_SECONDS = 5;

/** Seconds after which whoever asked a machine that had too much to do may ask again. */
const BUSY_SECONDS = 15;

/** Seconds after which whoever met something that was away may ask again. */
const AWAY_SECONDS = 5;

const minutes = (seconds: number): number => Math.max(1, Math.ceil(seconds / 60));

/** What every call gets once the server is about to stop. Nothing of it was sent on. */
export const RESTARTING: Problem = problem(
  503,
  'restarting',
  'The server is about to restart. Try again in a few seconds.',
  { 'retry-after': String(RESTART_SECONDS), connection: 'close', [REFUSED_HEADER]: 'restarting' },
);

const away = (reason: 'store-away' | 'queue-away', sentence: string): Problem =>
  problem(503, reason, sentence, { 'retry-after': String(AWAY_SECONDS) });
/** What is said when something that an answer needs is away: it passes by itself. */
const AWAY: Readonly<Record<Needed, Problem>> = {
  store: away('store-away', 'The store of this server’s pictures does not answer. Try again in a moment.'),
  queue: away('queue-away', 'The queue of this server’s detectors does not answer. Try again in a moment.'),
  'shared-state': away('queue-away', 'What this server shares with others is out of reach. Try again in a moment.'),
};

/** A failure as the caller sees it: status, cause and cure in the vendor's error form. */
export function engineProblem(failure: EngineFailure): Problem {
  switch (failure.code) {
    case 'body':
      return bodyProblem(failure.why);
    case 'unreadable-picture':
      return problem(
        400,
        'unsupported-picture',
        `This file is not a picture that can be read: ${failure.reason}. Send a whole PNG or JPEG file.`,
      );
    case 'picture-too-small':
      return problem(
        400,
        'picture-too-small',
        `This picture is ${failure.width} by ${failure.height} pixels. Send one with at least ${MIN_ASSET_SIDE} pixels on each side.`,
      );
    case 'picture-too-large':
      return problem(413, 'too-large', `This picture is too large: ${failure.reason}. Make it smaller and try again.`);
    case 'picture-unsafe':
      return problem(
        400,
        'unsupported-picture',
        `This picture cannot be opened safely: ${failure.reason}. Save it again as a usual JPEG or PNG and try again.`,
      );
    case 'link-unreachable':
      return problem(
        400,
        'link-unreachable',
        `This link could not be fetched: ${failure.reason}. Check that it opens in a private window, or upload the picture instead.`,
      );
    case 'link-forbidden':
      return problem(
        403,
        'link-forbidden',
        `This link cannot be used: ${failure.reason}. Use a public http or https link, or upload the picture instead.`,
      );
    case 'link-too-slow':
      return problem(
        400,
        'link-too-slow',
        'The picture behind this link took too long to arrive. Try again, or upload the picture instead.',
      );
    case 'link-not-a-picture':
      return problem(
        400,
        'link-not-a-picture',
        `This link answered with ${failure.contentType}, not a picture. Open the picture itself and copy its address.`,
      );
    case 'file-gone':
      return problem(
        410,
        'result-gone',
        'This picture is no longer kept here: uploads are removed after 7 days, or sooner when space runs out. Upload it again.',
      );
    case 'queue-full':
      return problem(429, 'at-capacity', 'Too many pictures are waiting for detection. Try again in a moment.', {
        'retry-after': String(Math.max(1, Math.ceil(failure.retryAfterSeconds))),
      });
    case 'line-full':
      return problem(429, 'at-capacity', `This server is busy: ${failure.before} before you. Try again in a moment.`, {
        'retry-after': String(LINE_SECONDS),
      });
    case 'detector-failed':
      return problem(500, 'server-fault', 'The face detector failed on this picture. Try again.');
    case 'too-slow':
      return problem(504, 'too-slow', 'The answer took too long. Try again, or use a smaller picture.');
    case 'picture-stopped':
      return problem(
        504,
        'picture-stopped',
        `This picture stopped the detector a moment ago. Try again in ${minutes(failure.retryAfterSeconds)} min, or save it again as a usual JPEG or PNG.`,
        { 'retry-after': String(failure.retryAfterSeconds) },
      );
    case 'interrupted':
      return problem(503, 'at-capacity', 'The machine of this server has too much to do. Try again in a moment.', {
        'retry-after': String(BUSY_SECONDS),
      });
    case 'unreachable':
      return problem(
        502,
        'unreachable',
        `The Kling service could not be reached: ${failure.reason}. Check the network and try again.`,
      );
    case 'reply-broken':
      return problem(
        502,
        'reply-broken',
        `The answer of the Kling service broke off: ${failure.reason}. Try again in a moment.`,
      );
    case 'restarting':
      return RESTARTING;
    case 'not-implemented':
      return problem(
        501,
        'not-implemented',
        `${failure.what} is not part of the embedded engine, which only finds faces. Use the Kling engine with a token of useapi.net.`,
      );
    case 'storage-full':
      return problem(
        507,
        'server-fault',
        'The server has no room left to keep pictures. Free some space on its disk and try again.',
      );
    case 'cancelled':
      return problem(499, 'bad-request', 'The call was cancelled.');
    default:
      return assertNever(failure);
  }
}

/** An error that nobody foresaw, as the caller sees it: always the server's fault. What it was is for the log alone. */
export function faultProblem(error: unknown): Problem {
  if (isStorageFull(error)) return engineProblem({ code: 'storage-full' });
  if (error instanceof AwayError) return AWAY[error.what];
  return problem(
    500,
    'server-fault',
    isFileTrouble(error)
      ? 'The server cannot read or write its own files. Tell whoever runs it: the cause is in its log.'
      : 'The server failed on this request. Try again.',
  );
}

/** A request body that could not be taken, as the caller sees it. */
export function bodyProblem(
  why: Extract<EngineFailure, { code: 'body' }>['why'],
  maxBytes: number = MAX_ASSET_BYTES,
): Problem {
  switch (why) {
    case 'too-large':
      return problem(
        413,
        'too-large',
        `The request body is larger than ${maxBytes >= MIB ? `${maxBytes / MIB} MB` : `${maxBytes / 1024} KB`}. Send less.`,
      );
    case 'too-slow':
      return problem(408, 'too-slow', 'The request body took too long to arrive. Try again.');
    case 'gone':
      return problem(400, 'bad-request', 'The request body ended before it was complete. Send it again.');
    default:
      return assertNever(why);
  }
}
