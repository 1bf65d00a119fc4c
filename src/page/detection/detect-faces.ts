import { hashKey, type QueryClient, type QueryState, queryOptions } from '@tanstack/react-query';
import { DETAILS_PARAMETER } from '#contract/recognize-faces.ts';
import { contractPaths, type EngineName, engineBase } from '#contract/routes.ts';
import { askedDetails } from '#page/pictures/model/face-details.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { holdWork, whenItsTurn } from '#page/pictures/work-queue.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { FailureError } from '#page/platform/failure-error.ts';
import { isAway } from '#page/platform/query-client.ts';
import { callApi } from '#page/session/api-client.ts';
import { asWhom, type EngineSession, isSameAsker } from '#page/session/engine-session.ts';
import { bearerFor } from '#page/session/session-store.ts';
import type { Detection } from '#shared/face.ts';
import type { Exchange } from '#shared/failure.ts';
import { asksForAccount } from '#shared/service-words.ts';

/** How long all calls are held back when the service is at capacity and does not say for how long, in milliseconds. */
const DEFAULT_HOLD_MS = 2_000;

/** What a detection query holds: the faces, and the exchange they came from. */
export type DetectionResult = {
  readonly detection: Detection;
  readonly exchange: Exchange;
  readonly imageReference: string;
  /** It was given on an earlier visit, perhaps by an older version of the engine. */
  readonly isRemembered?: true;
};

const detailsQuery = (engine: EngineName): string => {
  const details = askedDetails(engine);
  return details === '' ? '' : `?${DETAILS_PARAMETER}=${details}`;
};

/** What a detection is about; its query key is this object. */
type DetectionInput = ReturnType<typeof asWhom> & {
  readonly imageReference: string;
  /** Content of the picture: another one that the same link gave later never gets its answer. */
  readonly sha256: string;
  /** What is asked for beside the vendor's reply. */
  readonly details: string;
};

/** Query keys of detections: of all, of some (by a part of what they are about), of one. */
export const detectionKey = (input: Partial<DetectionInput> = {}) => ['recognize-faces', input] as const;

/** Digest of the picture that a query of this key is about; undefined when it is no detection. */
export function digestOfDetection([kind, input]: readonly unknown[]): string | undefined {
  const isDetection = kind === detectionKey()[0] && typeof input === 'object' && input !== null && 'sha256' in input;
  return isDetection && typeof input.sha256 === 'string' ? input.sha256 : undefined;
}

/** What a picture's detection by an engine is about, whole. */
const inputOf = (
  session: EngineSession,
  imageReference: string,
  { sha256 }: Pick<Picture, 'sha256'>,
): DetectionInput => ({ ...asWhom(session), imageReference, sha256, details: askedDetails(session.engine) });

type Hashed = { readonly session: EngineSession; readonly imageReference: string; readonly hash: string };

/** The hash of each picture's query, made once: thousands are looked up at every count. */
const hashes = new WeakMap<Pick<Picture, 'sha256'>, Hashed>();

/** What react-query knows of a picture's detection; undefined when it was never asked about. */
export function detectionStateOf(
  client: QueryClient,
  session: EngineSession,
  imageReference: string,
  picture: Pick<Picture, 'sha256'>,
): QueryState<DetectionResult, FailureError> | undefined {
  let known = hashes.get(picture);
  if (known === undefined || known.imageReference !== imageReference || !isSameAsker(known.session, session)) {
    known = { session, imageReference, hash: hashKey(detectionKey(inputOf(session, imageReference, picture))) };
    hashes.set(picture, known);
  }
  return client.getQueryCache().get<DetectionResult, FailureError>(known.hash)?.state;
}

/**
 * `POST /images/recognize-faces` as a query, so that the same picture is never asked twice. Cancelling the query aborts
 * the call. The picture's own size in pixels and its EXIF orientation help to read replies whose `mediaInfo` is missing
 * or measured without turning. Fails with `link-changed` when the engine says that it measured other bytes.
 */
export const detectFacesQuery = (
  session: EngineSession,
  imageReference: string,
  picture: Pick<Picture, 'id' | 'size' | 'orientation' | 'sha256'>,
) =>
  queryOptions({
    queryKey: detectionKey(inputOf(session, imageReference, picture)),
    queryFn: async ({ signal }): Promise<DetectionResult> => {
      const reply = await whenItsTurn(picture.id, signal, () =>
        callApi({
          method: 'POST',
          path: engineBase(session.engine) + contractPaths.recognizeFaces + detailsQuery(session.engine),
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ imageReference, ...(session.email === undefined ? {} : { email: session.email }) }),
          token: bearerFor(session.engine),
          signal,
        }),
      );
      if (!reply.ok && (reply.error.code === 'at-capacity' || isAway(reply.error.code)))
        holdWork(reply.error.retryAfterMs ?? DEFAULT_HOLD_MS);
      if (!reply.ok) throw new FailureError(reply.error);
      const { json, exchange } = reply.value;
      if (exchange.measuredSha256 !== undefined && exchange.measuredSha256 !== picture.sha256) {
        throw new FailureError({ code: 'link-changed', detail: undefined, retryAfterMs: undefined, exchange });
      }
      const parsed = parseDetection(json, picture.size, picture.orientation);
      if (!parsed.ok) {
        throw new FailureError({
          code: asksForAccount(parsed.error.detail) ? 'account-required' : parsed.error.code,
          detail: parsed.error.detail,
          retryAfterMs: undefined,
          exchange,
        });
      }
      return { detection: parsed.value, exchange, imageReference };
    },
  });
