import { MAX_INTAKE_BYTES } from '#contract/limits.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import { MAX_SAVED_RESULT_RESPONSE_BYTES, type SavedPicture } from '#contract/saved-result-file.ts';
import { pairByName, pairWithPictures, readAnnotations } from '#page/annotations/index.ts';
import { adoptCheckFile, CHECK_FORMAT } from '#page/check/index.ts';
import { takeTruth } from '#page/compare/index.ts';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { LeftOver, SortedItem } from '#page/pictures/intake/intake-above.ts';
import { notifyAgain, notifyError, notifyQuietly, toastFor } from '#page/pictures/intake/intake-notices.ts';
import { finishPicture, handedOverOf, type Made, nextOrder } from '#page/pictures/intake/made-picture.ts';
import type { SavedKind } from '#page/pictures/intake/saved-kind.ts';
import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import { parseSavedDetection } from '#page/pictures/model/parse-saved-detection.ts';
import { preparePicture } from '#page/pictures/prepare/prepare-picture.ts';
import { dropPicture } from '#page/pictures/removed-pictures.ts';
import {
  addPendingImports,
  addPicture,
  type Original,
  type Picture,
  picturesOf,
  removePendingImport,
  type SavedResult,
  workStore,
} from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/notices.ts';
import { randomId } from '#page/platform/random-id.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import type { Exchange } from '#shared/failure.ts';
import { formatFaceCount } from '#shared/format-measures.ts';
import { toOrientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { asJson } from '#shared/lenient.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { askAboutBoxes } from './boxes-beside.ts';
import { kindsQuestion } from './kinds-question.ts';
import { formatKinds } from './model/format-kinds.ts';
import {
  fromAnnotations,
  type ReadResponses,
  readSavedResponses,
  type SavedResponse,
  type TakenKinds,
} from './model/saved-response.ts';
import {
  type FoundSavedResult,
  findSavedResults,
  openFound,
  openSavedResult,
  type UnpackedPicture,
} from './open-saved-result.ts';
import { withPackedBoxes } from './packed-boxes.ts';
import { unpackedFiles } from './saved-files.ts';
import { type SavedResultFailure, savedResultFailureMessage } from './saved-result-failure.ts';

type FileItem = Extract<ImportItem, { kind: 'file' }>;
type SortedFile = { readonly item: FileItem; readonly kind: SavedKind | undefined };

/** One go at what was handed over together. */
type Going = {
  /** The first one opens; the others do not push it away. */
  first: boolean;
  /** Pictures that belong to nothing yet. */
  loose: FileItem[];
  /** Those of them that a saved result names, although it holds another version. */
  readonly named: Set<FileItem>;
  /** What was in the work already. */
  readonly again: { readonly name: string }[];
  /** Something about pictures came along that could not be used: nobody knows what it was meant for. */
  isUnused: boolean;
};

/**
 * Opens saved results: our own files (packed or unpacked), and saved responses with their pictures. Nothing is sent
 * anywhere. Gives back what is neither, among it ZIP and JSON files that say something else (the ordinary way in has
 * words for those), and tells which pictures came beside something that names them or that could not be used.
 */
export async function addSaved(handedOver: readonly SortedItem[]): Promise<LeftOver> {
  const beside = await askAboutBoxes(await withPackedBoxes(handedOver));
  if (beside.how === 'cancel') return { rest: [], held: new Set() };
  const { sorted } = beside;
  const left = await addSorted(sorted, beside.how === 'show' && beside.isAsked ? beside : undefined);
  if (beside.how === 'show' || beside.truth.length === 0) return left;
  for (const { name, text } of beside.checks) await takeCheck(name, text);
  return { ...left, whenTaken: (ids) => void takeTruth(beside.truth, ids) };
}

/** Boxes that are shown as answers, with the names of YOLO's classes. */
type ShownBoxes = { readonly boxes: readonly FileItem[]; readonly classes: readonly string[] | undefined };

async function addSorted(sorted: readonly SortedItem[], shown: ShownBoxes | undefined): Promise<LeftOver> {
  const given = sorted.flatMap(({ item, kind }): SortedFile[] => (item.kind === 'file' ? [{ item, kind }] : []));
  const others: ImportItem[] = sorted.flatMap(({ item }) => (item.kind === 'link' ? [item] : []));
  const { folders, files } = await withoutUnpacked(given);
  const going: Going = {
    first: true,
    loose: files.filter(({ kind }) => kind === undefined).map(({ item }) => item),
    named: new Set(),
    again: [],
    isUnused: false,
  };
  for (const folder of folders) {
    const name = titleOf(folder);
    await addAll(name, () => openFound(folder, (text) => takeCheck(name, text)), going);
  }
  for (const { item } of files.filter(({ kind }) => kind === 'zip')) {
    const open = () => openSavedResult(item.file, (text) => takeCheck(item.name, text));
    if ((await addAll(item.name, open, going)) === 'not-ours') others.push(item);
  }
  others.push(
    ...(await addResponses(
      [...files.filter(({ kind }) => kind === 'json').map(({ item }) => item), ...(shown?.boxes ?? [])],
      going,
      shown,
    )),
  );
  const data = files.filter(({ kind }) => kind === 'data').map(({ item }) => item);
  if (going.again.length > 0) notifyAgain(going.again);
  const isAnyUnused = going.isUnused || others.some(({ kind }) => kind === 'file') || data.length > 0;
  return {
    rest: [...others, ...data, ...going.loose],
    held: new Set(going.loose.filter((picture) => isAnyUnused || going.named.has(picture))),
  };
}

/** Adds a picture; the id that it is in the work under. */
function add(picture: Omit<Picture, 'order'>, going: Going): PictureId {
  const id = addPicture({ ...picture, order: nextOrder() }, going.first);
  going.first = false;
  if (id !== picture.id) going.again.push(picture);
  return id;
}

/** Saved results that a browser or a person unpacked, and the files that are none of theirs. */
async function withoutUnpacked(
  files: readonly SortedFile[],
): Promise<{ readonly folders: readonly FoundSavedResult[]; readonly files: readonly SortedFile[] }> {
  const byName = new Map(files.map(({ item }) => [nameOf(item), item.file]));
  const folders = await findSavedResults(unpackedFiles(byName));
  const isTheirs = ({ item }: SortedFile) =>
    folders.some(({ manifest, folder, names }) =>
      // What cannot be read is not known by name, and its crops are no pictures of their own.
      manifest.ok
        ? names.has(nameOf(item))
        : names.has(nameOf(item)) || (folder !== '' && nameOf(item).startsWith(folder)),
    );
  return { folders, files: folders.length === 0 ? files : files.filter((file) => !isTheirs(file)) };
}

const nameOf = ({ path, name }: FileItem): string => path ?? name;

const titleOf = ({ folder }: FoundSavedResult): string => folder.split('/').at(-2) ?? 'The saved result';

async function addAll(
  name: string,
  open: () => ReturnType<typeof openFound>,
  going: Going,
): Promise<'not-ours' | undefined> {
  const id = randomId();
  const cancelled = new AbortController();
  const cancel = () => cancelled.abort();
  addPendingImports([{ id, name, step: 'Opening the saved result', progress: undefined, cancel, isSaved: true }]);
  try {
    for await (const opened of open()) {
      if (cancelled.signal.aborted) return undefined;
      if (!opened.ok) {
        if (opened.error === 'not-ours') return 'not-ours';
        going.isUnused = true;
        notifyError(refused(name, opened.error));
        return undefined;
      }
      await addOpened(name, opened.value, going);
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

async function addOpened(fileName: string, { saved, blob, exchange, crops }: UnpackedPicture, going: Going) {
  const file = await takeOriginal(saved, going);
  const made = {
    name: saved.name,
    blob,
    sha256: saved.sha256,
    orientation: toOrientation(saved.orientation),
    changes: saved.notes,
    warnings: saved.concerns,
    handedOver: handedOverIn(saved),
  };
  const result = { engine: saved.engine, exchange, imageReference: saved.imageReference, source: saved.source, crops };
  if ((await addMade(made, result, file, going)) !== undefined) return;
  going.isUnused = true;
  notifyError(refused(fileName, 'damaged'));
}

const handedOverIn = ({ original }: SavedPicture): HandedOver | undefined =>
  original === undefined
    ? undefined
    : {
        path: original.path,
        size: { width: original.width, height: original.height },
        orientation: toOrientation(original.orientation),
        sha256: original.sha256,
      };

/** So many files are looked into for the original of a saved picture, when none has its name. */
const MOST_LOOKED_INTO = 20;

/** Takes the file that a saved picture was made from out of what came along: it is this picture, not another one. */
async function takeOriginal(saved: SavedPicture, going: Going): Promise<File | undefined> {
  const alike = going.loose.filter(({ name }) => name === saved.name);
  const candidates = alike.length > 0 ? alike : going.loose.length > MOST_LOOKED_INTO ? [] : going.loose;
  for (const item of candidates) {
    const digest = await digestOf(item.file);
    if (digest !== saved.sha256 && digest !== saved.original?.sha256) continue;
    going.loose = going.loose.filter((other) => other !== item);
    return item.file;
  }
  for (const item of alike) going.named.add(item);
  return undefined;
}

/** Undefined for a file that is too large or cannot be read: the ordinary way in says so. */
async function digestOf(file: File): Promise<string | undefined> {
  if (file.size > MAX_INTAKE_BYTES) return undefined;
  const bytes = await file.arrayBuffer().catch(() => undefined);
  return bytes === undefined ? undefined : sha256Hex(new Uint8Array(bytes));
}

/** A response with the file that it stands in, and its place there. */
type FoundResponse = SavedResponse & { readonly item: FileItem; readonly fileName: string; readonly index: number };

/** Opens saved responses with their pictures, and gives back the files that hold none. */
async function addResponses(
  items: readonly FileItem[],
  going: Going,
  shown: ShownBoxes | undefined,
): Promise<readonly FileItem[]> {
  const unread: FileItem[] = [];
  const responses: FoundResponse[] = [];
  const withOtherKinds = new Map<FileItem, ReadResponses>();
  const readAs = (item: FileItem, text: string, taken?: TakenKinds): ReadResponses => {
    const boxes = shown?.boxes.includes(item) === true ? readAnnotations(text, shown.classes) : undefined;
    return boxes === undefined ? readSavedResponses(text, taken) : fromAnnotations(boxes, taken ?? 'faces');
  };
  for (const item of items) {
    const text = await textOf(item.file);
    if (isCheck(text)) {
      await takeCheck(item.name, text);
      continue;
    }
    let read = readAs(item, text);
    if (read.responses.length === 0) {
      unread.push(item);
      continue;
    }
    if (read.otherKinds.length > 0 && read.faces === 0) {
      if (!(await kindsQuestion.ask({ fileName: item.name, kinds: read.otherKinds }))) {
        going.isUnused = true;
        continue;
      }
      read = readAs(item, text, 'all');
    }
    if (read.otherKinds.length > 0) withOtherKinds.set(item, read);
    if (read.unlisted > 0) notifyUnlisted(item.name, read.unlisted);
    responses.push(...read.responses.map((response, index) => ({ ...response, item, fileName: item.name, index })));
  }
  // Without pictures of their own they are about those that are here; what nobody was asked about, by name alone.
  const pairs =
    going.loose.length > 0
      ? pairWithPictures(responses, going.loose)
      : (shown === undefined ? pairByName : pairWithPictures)(
          responses,
          responses.length === 0 ? [] : filesOfTheWork(),
        );
  const paired = new Set(pairs.map(([, picture]) => picture));
  going.loose = going.loose.filter((picture) => !paired.has(picture));
  const added = new Map<FoundResponse, PictureId>();
  for (const [response, picture] of pairs) {
    const id = await addWithResponse(picture, response, going);
    if (id !== undefined) added.set(response, id);
  }
  for (const [item, { otherKinds }] of withOtherKinds) {
    offerOtherKinds(
      item,
      otherKinds,
      pairs.filter(([response]) => response.item === item),
      added,
      (text) => readAs(item, text, 'all'),
    );
  }
  if (responses.length > pairs.length) {
    const used = new Set<unknown>(pairs.map(([response]) => response));
    const lone = responses.filter((response) => !used.has(response));
    // One that names its picture says that it is about none of these.
    if (lone.some(({ pictureName }) => pictureName === undefined)) going.isUnused = true;
    notifyError({
      title:
        lone.length === 1
          ? `${lone[0]?.fileName}: a response without its picture`
          : `${lone.length} responses without their pictures`,
      text: 'Drop the response and its picture together. With several, let both have the same name.',
    });
  }
  return unread;
}

/** The pictures of the work as files, for answers that come after them. */
const filesOfTheWork = (): readonly FileItem[] =>
  picturesOf(workStore.getState()).flatMap(({ name, blob, original, handedOver, origin }): readonly FileItem[] =>
    origin.kind === 'replay'
      ? []
      : [
          {
            kind: 'file',
            file: new File([original?.file ?? blob], name, { type: blob.type }),
            via: 'drop',
            name,
            ...(handedOver?.path === undefined ? {} : { path: handedOver.path }),
          },
        ],
  );

/** Our own files of verdicts begin with their format. */
const isCheck = (text: string): boolean => text.slice(0, 200).includes(CHECK_FORMAT);

/** Puts what was checked beside what is here, and says so. */
async function takeCheck(name: string, text: string): Promise<void> {
  const taken = await adoptCheckFile(text);
  if (!taken.ok) {
    notifyError({ title: `The check in ${name} could not be opened`, text: CHECK_FAILURES[taken.error] });
    return;
  }
  notifyQuietly(
    taken.value === 0
      ? `${name}: what was checked is here already`
      : `${name}: verdicts about ${taken.value === 1 ? 'one picture' : `${taken.value} pictures`} came along`,
  );
}

const CHECK_FAILURES = {
  'not-ours': 'It is no check of Facebound.',
  newer: 'A newer version of Facebound wrote it. Reload the page, and try again.',
  damaged: 'It is damaged or was changed.',
  unavailable: 'This browser keeps nothing for this page, so there is no place for verdicts.',
} as const;

const notifyUnlisted = (name: string, count: number): void =>
  toast({
    title: `${name}: ${count === 1 ? '1 box was' : `${count} boxes were`} left out`,
    text: 'They belong to pictures that the file does not list.',
    tone: 'note',
    group: 'intake',
  });

/** Says what was not taken for a face, and takes it all the same when the person wants that. */
function offerOtherKinds(
  item: FileItem,
  kinds: ReadResponses['otherKinds'],
  pairs: readonly (readonly [FoundResponse, FileItem])[],
  added: ReadonlyMap<FoundResponse, PictureId>,
  readAll: (text: string) => ReadResponses,
): void {
  if (pairs.length === 0) return;
  const takeAll = async () => {
    const { responses } = readAll(await textOf(item.file));
    const going: Going = { first: true, loose: [], named: new Set(), again: [], isUnused: false };
    for (const [response, picture] of pairs) {
      const whole = responses[response.index];
      if (whole === undefined) continue;
      const id = await addWithResponse(picture, { ...whole, item, fileName: item.name, index: response.index }, going);
      const before = added.get(response);
      if (id === undefined || before === undefined || id === before) continue;
      // It lives on as the picture that took its place: there is nothing to bring back.
      dropPicture(before);
    }
  };
  toast({
    title: `${item.name}: only its faces were taken`,
    text: `It also holds ${formatKinds(kinds)}. Are those faces too?`,
    action: { label: 'Take them as faces', run: () => void takeAll() },
    tone: 'note',
    group: 'intake',
  });
}

/** A response by itself says nothing of who answered or when; it is kept with the page's own engine's. */
async function addWithResponse(item: FileItem, response: FoundResponse, going: Going): Promise<PictureId | undefined> {
  const prepared = await preparePicture(item.file);
  if (!prepared.ok) {
    notifyError(toastFor(item.name, prepared.error));
    return undefined;
  }
  const { blob, changes, sha256, originalSize } = prepared.value;
  const exchange: Exchange = {
    method: 'POST',
    path: engineBase('embedded') + contractPaths.recognizeFaces,
    status: undefined,
    durationMs: 0,
    body: response.body(originalSize),
    requestId: undefined,
    readFrom: response.form,
  };
  const handedOver = handedOverOf(item.path, prepared.value);
  const made = { name: item.name, blob, sha256, orientation: 1 as const, changes, warnings: [], handedOver };
  const result = {
    engine: 'embedded' as const,
    exchange,
    imageReference: item.name,
    source: { kind: 'file' as const, via: item.via },
    crops: new Map<string, Blob>(),
  };
  const id = await addMade(made, result, item.file, going);
  if (id === undefined) {
    notifyError({
      title: `${response.fileName} does not fit ${item.name}`,
      text: 'The response cannot be read, or the picture cannot be shown. Check that they belong together.',
    });
    return undefined;
  }
  const renumbered = response.renumbered();
  if (renumbered > 0) {
    toast({
      title: `${item.name}: ${formatFaceCount(renumbered)} got another number`,
      text: `In ${response.fileName} two faces have one number, or a number is higher than any picture has faces.`,
      tone: 'note',
      group: 'intake',
    });
  }
  return id;
}

type MadeWithout = Omit<Made, 'id' | 'origin' | 'original'>;
type ResultWithout = Omit<SavedResult, 'detection' | 'crops'> & { readonly crops: ReadonlyMap<string, Blob> };

/**
 * Measures the picture and reads the response against it, as after a real call. `file` is what it was made from, where
 * that came along. Undefined when either cannot be read.
 */
async function addMade(
  made: MadeWithout,
  { crops, ...result }: ResultWithout,
  file: File | undefined,
  going: Going,
): Promise<PictureId | undefined> {
  const measured = await finishPicture({ ...made, id: randomId(), origin: result.source });
  if (!measured.ok) return undefined;
  const picture = measured.value;
  const detection = parseSavedDetection(asJson(result.exchange.body), picture);
  if (!detection.ok) {
    URL.revokeObjectURL(picture.url);
    URL.revokeObjectURL(picture.thumbnailUrl);
    return undefined;
  }
  const urls = new Map([...crops].map(([address, blob]) => [address, { blob, url: URL.createObjectURL(blob) }]));
  const saved: SavedResult = { ...result, detection: detection.value, crops: urls };
  const original = heldOriginal(file, picture.size, made.handedOver);
  return add({ ...picture, original, origin: { kind: 'replay', saved } }, going);
}

/** The file to paint from, where what is shown has another size. */
function heldOriginal(file: File | undefined, shown: Size, handedOver: HandedOver | undefined): Original | undefined {
  if (file === undefined || handedOver === undefined) return undefined;
  const { width, height } = handedOver.size;
  return width === shown.width && height === shown.height ? undefined : { file, size: handedOver.size };
}

/** Empty for what is too large to be a response, or cannot be read any more. */
const textOf = (file: File): Promise<string> =>
  file.size > MAX_SAVED_RESULT_RESPONSE_BYTES ? Promise.resolve('') : file.text().catch(() => '');
