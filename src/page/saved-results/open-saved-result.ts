import { MAX_INTAKE_BYTES } from '#contract/limits.ts';
import {
  fileTold,
  MAX_SAVED_RESULT_BYTES,
  MAX_SAVED_RESULT_CHECK_BYTES,
  MAX_SAVED_RESULT_CROP_BYTES,
  MAX_SAVED_RESULT_MANIFEST_BYTES,
  MAX_SAVED_RESULT_RESPONSE_BYTES,
  SAVED_RESULT_FORMAT,
  SAVED_RESULT_MANIFEST,
  type SavedPicture,
  type SavedResultManifest,
  savedResultManifest,
} from '#contract/saved-result-file.ts';
import { openFile } from '#page/pictures/prepare/open-file.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import type { Exchange } from '#shared/failure.ts';
import { asFields, asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldersWith } from './model/entry-names.ts';
import { type FilesOfManifest, filesBeside, type SavedFiles } from './saved-files.ts';
import type { SavedResultFailure } from './saved-result-failure.ts';
import { openZip } from './zip-entries.ts';

/** A picture out of a saved result, with everything that was saved of it. */
export type UnpackedPicture = {
  readonly saved: SavedPicture;
  readonly blob: Blob;
  readonly exchange: Exchange;
  /** The service's crops by address. */
  readonly crops: ReadonlyMap<string, Blob>;
};

type Opened = Result<UnpackedPicture, SavedResultFailure>;

/** Takes the text of a check. */
export type OnCheck = (text: string) => Promise<void>;

/** ZIPs in a ZIP that are looked into: a saved result that was packed once more with its own ending. */
const MOST_INNER = 20;

/**
 * Opens a saved result, checking everything in it as what it may be: a file from anybody. It may lie in any folder of
 * the ZIP, or be packed twice, and there may be several. Pictures come one after another, so that the first can be shown
 * while the rest is read; a failure ends them. Never throws.
 */
export async function* openSavedResult(file: Blob, onCheck: OnCheck): AsyncGenerator<Opened> {
  const zip = await openZip(file);
  if (!zip.ok) return yield err('not-ours');
  const found = await findSavedResults(zip.value);
  for (const each of found) yield* openFound(each, onCheck);
  if (found.length > 0) return;
  let isOurs = false;
  for (const name of zip.value.names.filter((inner) => inner.toLowerCase().endsWith('.zip')).slice(0, MOST_INNER)) {
    const packed = await zip.value.read(name, MAX_SAVED_RESULT_BYTES, 'application/zip');
    const inner = packed.ok ? await openZip(packed.value) : packed;
    for (const each of inner.ok ? await findSavedResults(inner.value) : []) {
      isOurs = true;
      yield* openFound(each, onCheck);
    }
  }
  if (!isOurs) yield err('not-ours');
}

/** A saved result that was found among files: its manifest, or why that cannot be used, and what belongs to it. */
export type FoundSavedResult = {
  readonly manifest: Result<SavedResultManifest, SavedResultFailure>;
  readonly files: FilesOfManifest;
  /** Folder of the manifest: empty, or ending with `/`. */
  readonly folder: string;
  /** Names of everything that the manifest names, itself among them. */
  readonly names: ReadonlySet<string>;
};

/** Every saved result among the files, in whatever folder. Other programs' manifests are none. */
export async function findSavedResults(files: SavedFiles): Promise<readonly FoundSavedResult[]> {
  const found: FoundSavedResult[] = [];
  for (const { name, folder } of foldersWith(files.names, SAVED_RESULT_MANIFEST)) {
    const manifest = await readManifest(files, name);
    if (!manifest.ok && manifest.error === 'not-ours') continue;
    const beside = filesBeside(files, folder);
    const named = manifest.ok ? [...manifest.value.pictures.flatMap(namesIn), manifest.value.check ?? name] : [];
    const names = new Set([name, ...named.map(beside.find).filter((each) => each !== undefined)]);
    found.push({ manifest, files: beside, folder, names });
  }
  return found;
}

const namesIn = ({ file, response, crops }: SavedPicture): readonly string[] => [
  file,
  response.file,
  ...crops.map((crop) => crop.file),
];

async function readManifest(files: SavedFiles, name: string): Promise<FoundSavedResult['manifest']> {
  const text = await files.read(name, MAX_SAVED_RESULT_MANIFEST_BYTES, 'application/json');
  if (!text.ok) return text;
  const json = asJson((await text.value.text()).replace(/^\ufeff/, ''));
  const manifest = savedResultManifest.safeParse(json);
  return manifest.success ? ok(manifest.data) : err(versionFailure(json));
}

/**
 * The pictures of a saved result, one after another; a failure ends them. `onCheck` hears first what was checked of them,
 * as text from anybody; a check that cannot be read costs no picture.
 */
export async function* openFound({ manifest, files }: FoundSavedResult, onCheck: OnCheck): AsyncGenerator<Opened> {
  if (!manifest.ok) return yield manifest;
  const { check } = manifest.value;
  if (check !== undefined && files.find(check) !== undefined) {
    const text = await files.read(check, MAX_SAVED_RESULT_CHECK_BYTES, 'application/json');
    if (text.ok) await onCheck(await text.value.text());
  }
  for (const saved of manifest.value.pictures) {
    const opened = await openOne(files, saved);
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

async function openOne(
  files: FilesOfManifest,
  saved: SavedPicture,
): Promise<Result<UnpackedPicture, SavedResultFailure>> {
  const blob = await files.read(saved.file, MAX_INTAKE_BYTES, saved.type);
  if (!blob.ok) return blob;
  // Refuses what is no bitmap, and what would decode to more than a tab can hold.
  const picture = await openFile(blob.value, () => undefined);
  if (!picture.ok || (await sha256Hex(picture.value.bytes)) !== saved.sha256) return err('damaged');
  const body = await files.read(saved.response.file, MAX_SAVED_RESULT_RESPONSE_BYTES, 'application/json');
  if (!body.ok) return body;
  const crops = new Map<string, Blob>();
  for (const { url, file, type } of saved.crops) {
    // One that got lost on the way costs nothing: the page cuts its own.
    if (files.find(file) === undefined) continue;
    const crop = await files.read(file, MAX_SAVED_RESULT_CROP_BYTES, type);
    if (!crop.ok) return crop;
    crops.set(url, crop.value);
  }
  const { method, path, status, durationMs, requestId } = saved.response;
  return ok({
    saved,
    blob: blob.value,
    exchange: {
      method,
      path,
      status,
      durationMs,
      requestId,
      readFrom: fileTold(saved.response),
      body: await body.value.text(),
    },
    crops,
  });
}
