import { contractPaths, engineBase } from '#contract/routes.ts';
import { DOWNLOAD_FILE_TYPE, downloadReply } from '#contract/tasks.ts';
import { fetchLinkedPicture } from '#page/pictures/linked-picture.ts';
import { saveFile } from '#page/platform/save-file.ts';
import { callApi } from '#page/session/api-client.ts';
import { bearerFor } from '#page/session/session-store.ts';
import type { Failure } from '#shared/failure.ts';
import { messageFor } from '#shared/failure-message.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { StoredGeneration } from './generation-store.ts';
import type { MadePicture } from './model/parse-task.ts';

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** Saves a made picture as the service shows it. The error is a sentence. Rejects when the signal aborts. */
export async function saveMadePicture(
  url: string,
  stem: string,
  signal: AbortSignal,
): Promise<Result<undefined, string>> {
  const picture = await fetchLinkedPicture(url, signal);
  if (!picture.ok) return picture;
  saveFile(picture.value, `${stem}.${EXTENSIONS[picture.value.type] ?? 'png'}`);
  return ok(undefined);
}

/**
 * Saves the version without watermark (`GET /assets/download`), where the plan offers one. The error is a sentence.
 * Rejects when the signal aborts.
 */
export async function saveWithoutWatermark(
  entry: StoredGeneration,
  workId: NonNullable<MadePicture['workId']>,
  stem: string,
  signal: AbortSignal,
): Promise<Result<undefined, string>> {
  const { email } = entry.request;
  const query = new URLSearchParams({
    ...(email === undefined ? {} : { email }),
    workIds: workId,
    fileTypes: DOWNLOAD_FILE_TYPE,
  });
  const reply = await callApi({
    method: 'GET',
    path: `${engineBase('kling')}${contractPaths.download}?${query}`,
    token: entry.credential === 'own' ? bearerFor('kling') : undefined,
    signal,
  });
  if (!reply.ok) return err(downloadMessage(reply.error));
  const parsed = downloadReply.safeParse(reply.value.json);
  if (!parsed.success) return err('Kling gave no address for the version without watermark. Save the other one.');
  return saveMadePicture(parsed.data.cdnUrl, `${stem}-clean`, signal);
}

function downloadMessage(failure: Failure): string {
  switch (failure.code) {
    case 'no-subscription':
    case 'no-credits':
    case 'forbidden':
    case 'service-forbidden':
    case 'bad-request':
      return `This plan does not offer the version without watermark.${failure.detail === undefined ? '' : ` Kling says: ${failure.detail}`}`;
    case 'not-found':
    case 'result-gone':
      return 'Kling no longer has this picture.';
    default: {
      const words = messageFor(failure);
      return `${words.title}. ${words.cure}`;
    }
  }
}
