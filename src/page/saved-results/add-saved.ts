import { contractPaths, engineBase } from '#contract/routes.ts';
import { MAX_SAVED_RESULT_RESPONSE_BYTES } from '#contract/saved-result-file.ts';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { SortedItem } from '#page/pictures/intake/import-items.ts';
import {
  finishPicture,
  type Made,
  nextOrder,
  notifyError,
  originalOf,
  toastFor,
} from '#page/pictures/intake/made-picture.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { preparePicture } from '#page/pictures/prepare/prepare-picture.ts';
import {
  addPendingImports,
  addPicture,
  type Picture,
  removePendingImport,
  type SavedResult,
} from '#page/pictures/work-store.ts';
import { randomId } from '#page/platform/random-id.ts';
import type { Exchange } from '#shared/failure.ts';
import { toOrientation } from '#shared/geometry/orientation.ts';
import { asJson } from '#shared/lenient.ts';
import { pairWithPictures, readSavedResponses, type SavedResponse } from './model/saved-response.ts';
import { openSavedResult, type UnpackedPicture } from './open-saved-result.ts';
import { type SavedResultFailure, savedResultFailureMessage } from './saved-result-failure.ts';

type FileItem = Extract<ImportItem, { kind: 'file' }>;

/**
 * Opens saved results: our own files, and saved responses with their pictures. Nothing is sent anywhere. Gives back
 * what is neither, among it ZIP and JSON files that say something else: the ordinary way in has words for those.
 */
export async function addSaved(sorted: readonly SortedItem[]): Promise<readonly ImportItem[]> {
  const files = sorted.flatMap(({ item, kind }) => (item.kind === 'file' ? [{ item, kind }] : []));
  const others: ImportItem[] = sorted.flatMap(({ item }) => (item.kind === 'link' ? [item] : []));
  const show = { first: true };
  for (const { item } of files.filter(({ kind }) => kind === 'zip')) {
    if ((await addSavedResult(item, show)) === 'not-ours') others.push(item);
  }
  const read = await Promise.all(
    files
      .filter(({ kind }) => kind === 'json')
      .map(async ({ item }) => ({ item, found: await responsesIn(item.file) })),
  );
  others.push(...read.filter(({ found }) => found.length === 0).map(({ item }) => item));
  const responses = read.flatMap(({ item, found }) => found.map((response) => ({ ...response, fileName: item.name })));
  const pictures = files.filter(({ kind }) => kind === undefined).map(({ item }) => item);
  const pairs = pairWithPictures(responses, pictures);
  const paired = new Set(pairs.map(([, picture]) => picture));
  for (const [response, picture] of pairs) await addWithResponse(picture, response, show);
  if (responses.length > pairs.length) {
    const used = new Set<unknown>(pairs.map(([response]) => response));
    const lone = responses.filter((response) => !used.has(response));
    notifyError({
      title:
        lone.length === 1
          ? `${lone[0]?.fileName}: a response without its picture`
          : `${lone.length} responses without their pictures`,
      text: 'Drop the response and its picture together. With several, let both have the same name.',
    });
  }
  return [...others, ...pictures.filter((picture) => !paired.has(picture))];
}

/** The first one opens; the others do not push it away. */
type Show = { first: boolean };

function add(picture: Omit<Picture, 'order'>, show: Show): void {
  addPicture({ ...picture, order: nextOrder() }, show.first);
  show.first = false;
}

async function addSavedResult(item: FileItem, show: Show): Promise<'not-ours' | undefined> {
  const id = randomId();
  const cancelled = new AbortController();
  const cancel = () => cancelled.abort();
  addPendingImports([
    { id, name: item.name, step: 'Opening the saved result', progress: undefined, cancel, isSaved: true },
  ]);
  try {
    for await (const opened of openSavedResult(item.file)) {
      if (cancelled.signal.aborted) return undefined;
      if (!opened.ok) {
        if (opened.error === 'not-ours') return 'not-ours';
        notifyError(refused(item.name, opened.error));
        return undefined;
      }
      await addOpened(item.name, opened.value, show);
    }
    return undefined;
  } finally {
    removePendingImport(id);
  }
}

const refused = (name: string, failure: Exclude<SavedResultFailure, 'not-ours'>) => ({
  title: `${name} could not be opened`,
  text: savedResultFailureMessage(failure),
});

async function addOpened(
  fileName: string,
  { saved, blob, exchange, crops }: UnpackedPicture,
  show: Show,
): Promise<void> {
  const made = {
    name: saved.name,
    blob,
    sha256: saved.sha256,
    orientation: toOrientation(saved.orientation),
    changes: saved.notes,
    warnings: saved.concerns,
  };
  const result = { engine: saved.engine, exchange, imageReference: saved.imageReference, source: saved.source, crops };
  if (!(await addMade(made, result, show))) notifyError(refused(fileName, 'damaged'));
}

/** A response by itself says nothing of who answered or when; it is kept with the page's own engine's. */
async function addWithResponse(item: FileItem, response: SavedResponse & { readonly fileName: string }, show: Show) {
  const prepared = await preparePicture(item.file);
  if (!prepared.ok) {
    notifyError(toastFor(item.name, prepared.error));
    return;
  }
  const { blob, changes, sha256 } = prepared.value;
  const exchange: Exchange = {
    method: 'POST',
    path: engineBase('embedded') + contractPaths.recognizeFaces,
    status: undefined,
    durationMs: 0,
    body: response.body(),
    requestId: undefined,
    readFrom: response.form,
  };
  const original = originalOf(item.file, prepared.value);
  const made = { name: item.name, blob, sha256, orientation: 1 as const, changes, warnings: [], original };
  const result = {
    engine: 'embedded' as const,
    exchange,
    imageReference: item.name,
    source: { kind: 'file' as const, via: item.via },
    crops: new Map<string, Blob>(),
  };
  if (!(await addMade(made, result, show))) {
    notifyError({
      title: `${response.fileName} does not fit ${item.name}`,
      text: 'The response cannot be read, or the picture cannot be shown. Check that they belong together.',
    });
  }
}

type MadeWithout = Omit<Made, 'id' | 'origin'>;
type ResultWithout = Omit<SavedResult, 'detection' | 'crops'> & { readonly crops: ReadonlyMap<string, Blob> };

/** Measures the picture and reads the response against it, as after a real call. False when either cannot be read. */
async function addMade(made: MadeWithout, { crops, ...result }: ResultWithout, show: Show): Promise<boolean> {
  const id = randomId();
  const measured = await finishPicture({ ...made, id, origin: result.source });
  if (!measured.ok) return false;
  const detection = parseDetection(asJson(result.exchange.body), measured.value.size, made.orientation);
  if (!detection.ok) {
    URL.revokeObjectURL(measured.value.url);
    URL.revokeObjectURL(measured.value.thumbnailUrl);
    return false;
  }
  const urls = new Map([...crops].map(([address, blob]) => [address, { blob, url: URL.createObjectURL(blob) }]));
  const saved: SavedResult = { ...result, detection: detection.value, crops: urls };
  add({ ...measured.value, origin: { kind: 'replay', saved } }, show);
  return true;
}

async function responsesIn(file: File): Promise<readonly SavedResponse[]> {
  return file.size > MAX_SAVED_RESULT_RESPONSE_BYTES ? [] : readSavedResponses(await file.text());
}
