import { mutationOptions } from '@tanstack/react-query';
import { uploadAssetReplyLenient } from '#contract/assets.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { callApi } from '#lib/api-client.ts';
import { bearerFor } from '#lib/credentials-store.ts';
import { FailureError } from '#lib/failure-error.ts';
import type { Picture } from '#lib/work-store.ts';
import { type EngineSession, sessionKey } from './engine-session.ts';
import { uploadProgressStore } from './upload-progress-store.ts';

/** How many uploads run at once: enough to hide latency, few enough to leave the connection usable. */
const UPLOAD_LANES = 3;

export const uploadKey = (session: EngineSession, picture: Picture) =>
  ['upload', ...sessionKey(session), picture.sha256] as const;

/** `POST /assets/` as a mutation; gives the address that detection sends as `imageReference`. */
export const uploadPictureMutation = (session: EngineSession, picture: Picture) =>
  mutationOptions<string, FailureError, AbortSignal>({
    mutationKey: uploadKey(session, picture),
    // The address is part of the picture's state: it is kept as long as the picture.
    gcTime: Number.POSITIVE_INFINITY,
    scope: { id: `upload-lane-${Number.parseInt(picture.sha256.slice(0, 6), 16) % UPLOAD_LANES}` },
    mutationFn: async (signal) => {
      const progressKey = uploadKey(session, picture).join(' ');
      const query = session.email === undefined ? '' : `?email=${encodeURIComponent(session.email)}`;
      try {
        const reply = await callApi({
          method: 'POST',
          path: engineBase(session.engine) + contractPaths.assets + query,
          headers: { 'content-type': picture.blob.type },
          body: picture.blob,
          token: bearerFor(session.engine),
          signal,
          onUploadProgress: (sent, total) => uploadProgressStore.setState({ [progressKey]: sent / total }),
        });
        if (!reply.ok) throw new FailureError(reply.error);
        const parsed = uploadAssetReplyLenient.safeParse(reply.value.json);
        if (parsed.success) return parsed.data.url;
        throw new FailureError({
          code: 'unreadable-reply',
          detail: undefined,
          retryAfterMs: undefined,
          exchange: reply.value.exchange,
        });
      } finally {
        uploadProgressStore.setState({ [progressKey]: undefined });
      }
    },
  });
