import { setTimeout } from 'node:timers/promises';
import { appConfig } from '#contract/app-config.ts';
import { uploadAssetReplyLenient } from '#contract/assets.ts';
import { ERROR_REASONS, type ErrorReason } from '#contract/errors.ts';
import { DETAILS_PARAMETER } from '#contract/recognize-faces.ts';
import { appPaths, contractPaths, type EngineName, engineBase } from '#contract/routes.ts';
import { askedDetails } from '#page/pictures/model/face-details.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { errorCode } from '#shared/error-code.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { wordsOf, wordsOfText } from '#shared/service-words.ts';
import type { FaceFinder, FindFailure } from './face-finder.ts';
import { uploadForm } from './upload-form.ts';

export type ServerOptions = {
  /** Origin of the server. */
  readonly server: string;
  readonly engine: EngineName;
  readonly token: string | undefined;
  readonly account: string | undefined;
  /** Hears what is waited for, as a sentence. */
  readonly onWait: (sentence: string) => void;
  /** How long a server may ask to wait, or be away, in milliseconds, before it counts as gone. */
  readonly patience?: { readonly busyMs: number; readonly awayMs: number };
};

/** A server that restarts is back within a minute; one that is busy is asked for ten, as the page does. */
const PATIENCE = { busyMs: 600_000, awayMs: 60_000 };
/** Pause before looking again where the server does not say how long, in milliseconds. */
const PAUSE_MS = 2_000;
/** Longer than a server waits for an engine (120 s): its own answer says more. */
const CALL_MS = 130_000;
/** Places that a caller has at an engine of ours; more would only wait there. */
const AT_ONCE = 3;
/** A bearer for a server that asks for none in particular. */
const ANYBODY = 'facebound-command-line';

/** Finds faces by a running server, after looking whether one is there. The error is a sentence. */
export async function serverFinder(options: ServerOptions, signal: AbortSignal): Promise<Result<FaceFinder, string>> {
  const { server, engine } = options;
  const call = callsOf(options);
  const greeted = await call('GET', appPaths.config, {}, signal);
  if (!greeted.ok) return err(sentenceOf(greeted.error, server));
  if (!appConfig.safeParse(greeted.value).success) return err(`What answers at ${server} is not Facebound`);
  const email = options.account === undefined ? {} : { email: options.account };
  const query = (fields: Readonly<Record<string, string>>) => {
    const text = new URLSearchParams(fields).toString();
    return text === '' ? '' : `?${text}`;
  };
  const details = askedDetails(engine);
  return ok({
    atOnce: AT_ONCE,
    find: async (bytes, abort) => {
      const form = await uploadForm(bytes);
      if (!form.ok) return err({ kind: 'picture', reason: form.error });
      const { body, contentType, size } = form.value;
      const base = engineBase(engine);
      const uploaded = await call('POST', base + contractPaths.assets + query(email), { body, contentType }, abort);
      if (!uploaded.ok) return uploaded;
      const address = uploadAssetReplyLenient.safeParse(uploaded.value);
      if (!address.success) return err(unreadable(uploaded.value));
      const asked = details === '' ? '' : query({ [DETAILS_PARAMETER]: details });
      const reply = await call(
        'POST',
        base + contractPaths.recognizeFaces + asked,
        { body: JSON.stringify({ imageReference: address.data.url, ...email }), contentType: 'application/json' },
        abort,
      );
      if (!reply.ok) return reply;
      const detection = parseDetection(reply.value, size);
      return detection.ok
        ? ok({ detection: detection.value, size })
        : err({ kind: 'picture', reason: `was refused: ${detection.error.detail}` });
    },
    close: async () => {},
  });
}

const sentenceOf = (failure: FindFailure, server: string): string =>
  failure.kind === 'nobody-there' ? failure.sentence : `${server} ${failure.reason}`;

const unreadable = (answer: unknown): FindFailure => ({
  kind: 'picture',
  reason: `was not taken: ${wordsOf(answer) ?? 'the answer cannot be read'}`,
});

type Sent = { readonly body?: string | Uint8Array<ArrayBuffer>; readonly contentType?: string };

/** Calls of the server, each repeated while the server asks to wait or is away for a moment. */
function callsOf({ server, token, onWait, patience = PATIENCE }: ServerOptions) {
  let isKnown = false;
  return async (
    method: 'GET' | 'POST',
    path: string,
    sent: Sent,
    signal: AbortSignal,
  ): Promise<Result<unknown, FindFailure>> => {
    const began = performance.now();
    const wait = async (sentence: string, ms: number) => {
      onWait(sentence);
      await setTimeout(ms, undefined, { signal });
    };
    for (;;) {
      // The first call only looks who is there: a stranger gets no token.
      const isFirst = path === appPaths.config;
      const bearer = isFirst ? undefined : (token ?? ANYBODY);
      const answer = await callOnce(server + path, method, sent, bearer, signal);
      if (!answer.ok) {
        if (!isKnown || performance.now() - began > patience.awayMs) {
          return err({ kind: 'nobody-there', sentence: `No Facebound answers at ${server}: ${answer.error}` });
        }
        await wait(`${server} does not answer, perhaps it restarts: looking again`, PAUSE_MS);
        continue;
      }
      isKnown = true;
      const { status, text, retryAfterMs } = answer.value;
      const json = asJson(text);
      if (status >= 200 && status < 300) return ok(json);
      if (!isToWait(status, json)) {
        const words = json === undefined ? wordsOfText(text) : wordsOf(json);
        return err(isFirst ? notOurs(server, status, words) : refusal(status, words, server, token));
      }
      const pause = retryAfterMs ?? PAUSE_MS;
      if (performance.now() - began + pause > patience.busyMs) {
        return err({
          kind: 'nobody-there',
          sentence: `${server} is busy for too long: ${wordsOf(json) ?? `status ${status}`}`,
        });
      }
      await wait(
        `${server} asks to wait ${Math.ceil(pause / 1000)} s (${status === 429 ? 'busy' : 'not ready'})`,
        pause,
      );
    }
  };
}

type Answer = { readonly status: number; readonly text: string; readonly retryAfterMs: number | undefined };

/** One exchange; the error says why there is no answer. A redirect is an answer: a token is taken nowhere else. */
async function callOnce(
  url: string,
  method: 'GET' | 'POST',
  { body, contentType }: Sent,
  bearer: string | undefined,
  signal: AbortSignal,
): Promise<Result<Answer, string>> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
    });
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return ok({
      status: response.status,
      text: await response.text(),
      retryAfterMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined,
    });
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? error.cause : undefined;
    const code = errorCode(cause) ?? errorCode(error);
    return err(code === 'ECONNREFUSED' ? 'nothing listens there' : (code ?? 'the connection broke off'));
  }
}

const reasonIn = (json: unknown): ErrorReason | undefined =>
  ERROR_REASONS.find((known) => known === asFields(json)?.['reason']);

const TO_WAIT: ReadonlySet<ErrorReason> = new Set([
  'at-capacity',
  'restarting',
  'store-away',
  'queue-away',
]);

/** Busy or about to be back, as our server says it or a proxy in its place. */
function isToWait(status: number, json: unknown): boolean {
  const reason = reasonIn(json);
  if (reason !== undefined) return TO_WAIT.has(reason);
  return status === 429 || status === 502 || status === 503;
}

const notOurs = (server: string, status: number, words: string | undefined): FindFailure => ({
  kind: 'nobody-there',
  sentence: `What answers at ${server} does not say that it is a Facebound (${status}${words === undefined ? '' : `: ${words}`})`,
});

function refusal(status: number, words: string | undefined, server: string, token: string | undefined): FindFailure {
  if (status === 401) {
    const sentence =
      token === undefined
        ? `${server} wants a token: --token-env NAME names the variable that holds it`
        : `${server} does not take this token`;
    return { kind: 'nobody-there', sentence };
  }
  if (status === 403 || status === 404 || (status >= 300 && status < 400)) {
    return { kind: 'nobody-there', sentence: `${server} refused (${status}): ${words ?? 'without a word'}` };
  }
  return { kind: 'picture', reason: `was not looked at (${status}): ${words ?? 'the server did not say why'}` };
}
