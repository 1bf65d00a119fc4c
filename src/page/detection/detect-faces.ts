import { queryOptions } from '@tanstack/react-query';
import { contractPaths, engineBase } from '#contract/routes.ts';
import type { Detection } from '#domain/face.ts';
import type { Exchange } from '#domain/failure.ts';
import { parseDetection } from '#domain/parse-detection.ts';
import { callApi } from '#lib/api-client.ts';
import { bearerFor } from '#lib/credentials-store.ts';
import { FailureError } from '#lib/failure-error.ts';
import { holdWork, whenItsTurn } from '#lib/work-queue.ts';
import type { Picture } from '#lib/work-store.ts';
import { type EngineSession, sessionKey } from './engine-session.ts';

/** How long all calls are held back when the service is at capacity and does not say for how long, in milliseconds. */
const DEFAULT_HOLD_MS = 2_000;

/** What a detection query holds: the faces, and the exchange they came from. */
export type DetectionResult = {
  readonly detection: Detection;
  readonly exchange: Exchange;
  readonly imageReference: string;
};

/**
 * `POST /images/recognize-faces` as a query: keyed by engine, account and picture, so that the same picture is never
 * asked twice. Cancelling the query aborts the call. The picture's own size in pixels and its EXIF orientation help to
 * read replies whose `mediaInfo` is missing or measured without turning.
 */
export const detectFacesQuery = (
  session: EngineSession,
  imageReference: string,
  picture: Pick<Picture, 'id' | 'size' | 'orientation'>,
) =>
  queryOptions({
    queryKey: ['recognize-faces', ...sessionKey(session), imageReference] as const,
    queryFn: async ({ signal }): Promise<DetectionResult> => {
      const reply = await whenItsTurn(picture.id, signal, () =>
        callApi({
          method: 'POST',
          path: engineBase(session.engine) + contractPaths.recognizeFaces,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ imageReference, ...(session.email === undefined ? {} : { email: session.email }) }),
          token: bearerFor(session.engine),
          signal,
        }),
      );
      if (!reply.ok && reply.error.code === 'at-capacity') holdWork(reply.error.retryAfterMs ?? DEFAULT_HOLD_MS);
      if (!reply.ok) throw new FailureError(reply.error);
      const { json, exchange } = reply.value;
      const parsed = parseDetection(json, picture.size, picture.orientation);
      if (!parsed.ok) {
        throw new FailureError({
          code: parsed.error.code,
          detail: parsed.error.detail,
          retryAfterMs: undefined,
          exchange,
        });
      }
      return { detection: parsed.value, exchange, imageReference };
    },
  });
