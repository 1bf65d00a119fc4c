import { MAX_INTAKE_BYTES } from '#contract/limits.ts';
import {
  MAX_SAVED_RESULT_CROP_BYTES,
  MAX_SAVED_RESULT_MANIFEST_BYTES,
  MAX_SAVED_RESULT_RESPONSE_BYTES,
  SAVED_RESULT_FORMAT,
  SAVED_RESULT_MANIFEST,
  type SavedPicture,
  savedResultManifest,
} from '#contract/saved-result-file.ts';
import { openFile } from '#page/pictures/prepare/open-file.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import type { Exchange } from '#shared/failure.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SavedResultFailure } from './saved-result-failure.ts';
import { openZip, type ZipEntries } from './zip-entries.ts';

/** A picture out of a saved result, with everything that was saved of it. */
export type UnpackedPicture = {
  readonly saved: SavedPicture;
  readonly blob: Blob;
  readonly exchange: Exchange;
  /** The service's crops by address. */
  readonly crops: ReadonlyMap<string, Blob>;
};

/**
 * Opens a saved result, checking everything in it as what it may be: a file from anybody. Pictures come one after
 * another, so that the first can be shown while the rest is read; a failure ends them. Never throws.
 */
export async function* openSavedResult(file: Blob): AsyncGenerator<Result<UnpackedPicture, SavedResultFailure>> {
  const zip = await openZip(file);
  if (!zip.ok) return yield err('not-ours');
  if (!zip.value.has(SAVED_RESULT_MANIFEST)) return yield err('not-ours');
  const text = await zip.value.read(SAVED_RESULT_MANIFEST, MAX_SAVED_RESULT_MANIFEST_BYTES, 'application/json');
  if (!text.ok) return yield text;
  const json = asJson(await text.value.text());
  const manifest = savedResultManifest.safeParse(json);
  if (!manifest.success) return yield err(versionFailure(json));
  for (const saved of manifest.data.pictures) {
    const opened = await openOne(zip.value, saved);
    yield opened;
    if (!opened.ok) return;
  }
}

/** Some other ZIP may well have a `manifest.json`. */
function versionFailure(json: unknown): SavedResultFailure {
  const fields = asFields(json);
  if (fields?.['format'] !== SAVED_RESULT_FORMAT) return 'not-ours';
  return typeof fields['version'] === 'number' && fields['version'] > 1 ? 'newer' : 'damaged';
}

async function openOne(zip: ZipEntries, saved: SavedPicture): Promise<Result<UnpackedPicture, SavedResultFailure>> {
  const blob = await zip.read(saved.file, MAX_INTAKE_BYTES, saved.type);
  if (!blob.ok) return blob;
  // Refuses what is no bitmap, and what would decode to more than a tab can hold.
  const picture = await openFile(blob.value, () => undefined);
  if (!picture.ok || (await sha256Hex(picture.value.bytes)) !== saved.sha256) return err('damaged');
  const body = await zip.read(saved.response.file, MAX_SAVED_RESULT_RESPONSE_BYTES, 'application/json');
  if (!body.ok) return body;
  const crops = new Map<string, Blob>();
  for (const { url, file, type } of saved.crops) {
    const crop = await zip.read(file, MAX_SAVED_RESULT_CROP_BYTES, type);
    if (!crop.ok) return crop;
    crops.set(url, crop.value);
  }
  const { method, path, status, durationMs, requestId, readFrom } = saved.response;
  return ok({
    saved,
    blob: blob.value,
    exchange: { method, path, status, durationMs, requestId, readFrom, body: await body.value.text() },
    crops,
  });
}
