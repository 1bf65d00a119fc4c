import * as z from 'zod/mini';
import { kolorsFaceRequest } from '#contract/kolors.ts';
import type { Failure, FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { assertNever, err, ok, type Result } from '#shared/result.ts';
import type { MadePicture, TaskSnapshot } from './parse-task.ts';

/**
 * A paid generation as the page remembers it, written down before anything is sent: the one place that knows whether
 * a request may go out. Everything here is plain data that can be stored; there is no token in it.
 */

const isFailureCode = (code: string): code is FailureCode => code in FAILURE_MESSAGES;

/** Why a call failed, as far as it is kept. */
const keptFailure = z.object({
  code: z.custom<FailureCode>((code) => typeof code === 'string' && isFailureCode(code)),
  detail: z.optional(z.string()),
});
export type KeptFailure = z.infer<typeof keptFailure>;

const madePicture = z.object({
  workId: z.optional(z.string()),
  url: z.string(),
  width: z.optional(z.number()),
  height: z.optional(z.number()),
});

const phase = z.discriminatedUnion('kind', [
  /** Written down, and perhaps on its way. */
  z.object({ kind: z.literal('sending') }),
  /** Sent, outcome unknown: nobody can tell whether a task was made and paid. */
  z.object({ kind: z.literal('unknown'), detail: z.optional(z.string()) }),
  /** The service said no: no task, nothing paid. */
  z.object({ kind: z.literal('refused'), failure: keptFailure }),
  z.object({ kind: z.literal('running'), taskId: z.string(), statusName: z.optional(z.string()) }),
  z.object({
    kind: z.literal('succeeded'),
    taskId: z.string(),
    pictures: z.array(madePicture),
    lost: z.number(),
  }),
  z.object({
    kind: z.literal('failed'),
    taskId: z.string(),
    statusName: z.optional(z.string()),
    message: z.optional(z.string()),
  }),
  /** The service no longer knows the task: deleted, or refused by moderation (404), or too old (410). */
  z.object({ kind: z.literal('vanished'), taskId: z.string(), why: z.enum(['not-found', 'result-gone']) }),
]);
export type GenerationPhase = z.infer<typeof phase>;

export const generation = z.object({
  /** Made when the confirmation opens, so that one confirmation is good for one request. */
  id: z.string().check(z.minLength(1)),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  request: kolorsFaceRequest,
  /** Whose token pays: the one of the server or one that a person entered. Never the token. */
  credential: z.enum(['server', 'own']),
  pictureName: z.string(),
  /** SHA-256 of the picture, hex: another upload of it has another address and is still the same picture. */
  pictureSha256: z.string(),
  /** What the chosen face is called on the page, for words. */
  faceName: z.string(),
  phase,
  /** The generation that was knowingly sent in place of this one. */
  sentAgainAs: z.optional(z.string()),
});
export type Generation = z.infer<typeof generation>;

/** True while nobody can say that this is over: asking again could mean paying again. */
export const isOpen = ({ phase: { kind }, sentAgainAs }: Generation): boolean =>
  kind === 'sending' || kind === 'running' || (kind === 'unknown' && sentAgainAs === undefined);

/**
 * Two requests that would make the same pictures, whoever pays and wherever the picture was uploaded to this time.
 * Accounts tell them apart only where both name one: without a name it may be the same.
 */
function sameRequest(a: Generation, b: Generation): boolean {
  const [one, other] = [a.request.email, b.request.email];
  return (one === undefined || other === undefined || one === other) && fingerprint(a) === fingerprint(b);
}

function fingerprint({ request, pictureSha256 }: Generation): string {
  const { email: _account, imageReference: _address, ...asked } = request;
  return JSON.stringify([pictureSha256, Object.entries(asked).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Why a request must not go out: the one that is in its way. */
export type Claimed = { readonly reason: 'already-confirmed' | 'same-request-open'; readonly by: Generation };

/**
 * Whether `wanted` may be sent, given everything remembered. The same confirmation never counts twice, and the same
 * request never goes out while an earlier one is open, unless a person knows of it: `again` names that earlier one,
 * and is good once.
 */
export function mayClaim(
  remembered: readonly Generation[],
  wanted: Generation,
  again: string | undefined,
): Result<undefined, Claimed> {
  const confirmed = remembered.find(({ id }) => id === wanted.id);
  if (confirmed !== undefined) return err({ reason: 'already-confirmed', by: confirmed });
  const open = remembered.find((other) => other.id !== again && isOpen(other) && sameRequest(other, wanted));
  if (open !== undefined) return err({ reason: 'same-request-open', by: open });
  const replaced = remembered.find(({ id }) => id === again);
  return replaced === undefined || (replaced.phase.kind === 'unknown' && replaced.sentAgainAs === undefined)
    ? ok(undefined)
    : err({ reason: 'same-request-open', by: replaced });
}

/** What can happen to a generation. */
export type GenerationEvent =
  | { readonly kind: 'task-made'; readonly taskId: string }
  | { readonly kind: 'refused'; readonly failure: KeptFailure }
  /** No usable answer came, or whoever waited for it is gone. */
  | { readonly kind: 'no-answer'; readonly detail: string | undefined }
  | { readonly kind: 'polled'; readonly snapshot: TaskSnapshot }
  | { readonly kind: 'not-there'; readonly why: 'not-found' | 'result-gone' }
  /** A person wants a vanished task to be asked for once more. */
  | { readonly kind: 'look-again' };

/** The generation after an event. Events that come too late, or twice, change nothing. */
export function advance(before: Generation, event: GenerationEvent): Generation {
  const next = nextPhase(before.phase, event);
  return next === before.phase ? before : { ...before, phase: next };
}

function nextPhase(now: GenerationPhase, event: GenerationEvent): GenerationPhase {
  switch (event.kind) {
    case 'task-made':
      // A late answer still tells the truth about what looked lost.
      return now.kind === 'sending' || now.kind === 'unknown' ? { kind: 'running', taskId: event.taskId } : now;
    case 'refused':
      return now.kind === 'sending' || now.kind === 'unknown' ? { kind: 'refused', failure: event.failure } : now;
    case 'no-answer':
      return now.kind === 'sending' ? { kind: 'unknown', ...optional('detail', event.detail) } : now;
    case 'polled':
      return now.kind === 'running' ? afterPoll(now, event.snapshot) : now;
    case 'not-there':
      return now.kind === 'running' ? { kind: 'vanished', taskId: now.taskId, why: event.why } : now;
    case 'look-again':
      return now.kind === 'vanished' ? { kind: 'running', taskId: now.taskId } : now;
    default:
      return assertNever(event);
  }
}

function afterPoll(now: Extract<GenerationPhase, { kind: 'running' }>, snapshot: TaskSnapshot): GenerationPhase {
  const { taskId } = now;
  switch (snapshot.phase) {
    case 'running':
      return snapshot.statusName === now.statusName
        ? now
        : { kind: 'running', taskId, ...optional('statusName', snapshot.statusName) };
    case 'succeeded':
      return { kind: 'succeeded', taskId, pictures: snapshot.pictures.map(kept), lost: snapshot.lost };
    case 'failed':
      return {
        kind: 'failed',
        taskId,
        ...optional('statusName', snapshot.statusName),
        ...optional('message', snapshot.message),
      };
    default:
      return assertNever(snapshot);
  }
}

const kept = ({ workId, url, width, height }: MadePicture): z.infer<typeof madePicture> => ({
  url,
  ...optional('workId', workId),
  ...optional('width', width),
  ...optional('height', height),
});

/** `{ name: value }`, or nothing when there is no value: stored records hold no empty fields. */
function optional<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [K in Name]?: Value };
function optional(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

/** Answers that prove that no task was made, whatever their text. Everything else may have been paid. */
function isRefusal(status: number, code: FailureCode): boolean {
  // 408 and 499 tell of a caller who was slow or gone, not of the service's will.
  if (status >= 400 && status < 500) return status !== 408 && status !== 499;
  // 500 is the service's own answer (moderation, mostly). Our own server's says only that it failed, perhaps after it
  // had sent the request on.
  if (status === 500) return code !== 'server-fault';
  // 501 is ours, 596 the account's. 502 to 504 and the like speak of an answer that never came. 503 proves something
  // only as our own server's word, told by a header that no service can set.
  return status === 501 || status === 596 || (status === 503 && code === 'restarting');
}

/** Failures without an answer: what is told of them are our own words, which advise to try again. */
const WITHOUT_ANSWER: ReadonlySet<FailureCode> = new Set([
  'unreachable',
  'service-unreachable',
  'reply-broken',
  'offline',
  'too-slow',
]);

/**
 * What a failed send means: refused for certain, or not known. The service's own words are kept, ours about the
 * connection are not: trying again is the last thing to advise where the first request may have been paid.
 */
export function eventOfFailedSend(failure: Failure): GenerationEvent {
  const status = failure.exchange?.status;
  return status !== undefined && isRefusal(status, failure.code)
    ? { kind: 'refused', failure: { code: failure.code, ...optional('detail', failure.detail) } }
    : { kind: 'no-answer', detail: WITHOUT_ANSWER.has(failure.code) ? undefined : failure.detail };
}
