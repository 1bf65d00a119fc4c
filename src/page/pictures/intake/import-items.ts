import { CODE_CURES, CodeError } from '#page/platform/fetched-code.ts';
import { dismissImportToasts } from '#page/platform/notices.ts';
import { randomId } from '#page/platform/random-id.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { err, ok } from '#shared/result.ts';
import { type FetchedLink, fetchLink, givesTheSame } from '../linked-picture.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { copyNote, type LinkNeed } from '../model/link-needs.ts';
import { isSideFile } from '../model/side-files.ts';
import { inspectLink } from '../prepare/measure-picture.ts';
import { DEFAULT_OPTIONS, type PrepareOptions, type PrepareStage, preparePicture } from '../prepare/prepare-picture.ts';
import { removePicture } from '../removed-pictures.ts';
import { allowEach, allowSending, forbidSending, type SendScope, scopesOf } from '../send-permissions.ts';
import { resumeWork } from '../work-queue.ts';
import {
  addPendingImports,
  addPicture,
  type ImportStep,
  type Picture,
  type PictureOrigin,
  picturesOf,
  removePendingImport,
  updatePendingImport,
  workStore,
} from '../work-store.ts';
import type { ImportItem } from './import-item.ts';
import { intakeAbove, type LeftOver, type SortedItem } from './intake-above.ts';
import { notifyAgain, notifyError, notifyQuietly, type Refused, someNames, toastFor } from './intake-notices.ts';
import { finishPicture, handedOverOf, nextOrder, type Outcome, originalOf } from './made-picture.ts';
import { type SavedKind, savedKind } from './saved-kind.ts';

/** What the page says while a file is prepared. */
const STEP_LABELS: Readonly<Record<PrepareStage, string>> = {
  waiting: 'Waiting for its turn',
  reading: 'Reading the file',
  decoding: 'Decoding the picture',
  drawing: 'Turning it upright',
  encoding: 'Making the copy that is sent',
};

/** So many files are looked into before the page gets its turn. */
const LOOKED_AT_ONCE = 8;

/** One of what was handed over, which has its place in the work already. */
type StartedImport = {
  readonly id: PictureId;
  readonly item: ImportItem;
  readonly order: number;
  readonly controller: AbortController;
};

/** What came in together: the first that is ready opens, the others do not push it away. */
type Batch = {
  opened: boolean;
  /** What was in the work already, by the name under which it came now. */
  readonly again: ImportItem[];
  /** What became pictures of the work, or is one already. */
  readonly taken: PictureId[];
};

/** What to do with pictures that are awaited, by their bytes. */
const expected = new Map<string, (picture: Omit<Picture, 'order'>) => void>();

/**
 * Runs once a picture of exactly these bytes was handed over, before it joins the work and anybody is asked. It is one
 * that is opened again, so handing it over allows nothing.
 */
export function expectPicture(sha256: string, run: (picture: Omit<Picture, 'order'>) => void): void {
  expected.set(sha256, run);
}

/**
 * Takes in everything that was handed over at once: each becomes a picture of the work or a notice that says why not.
 * It is a new attempt, so what was said about the last one goes. `allowed` is where the pictures may be sent beyond
 * this server: decided now, because another engine may be chosen before they are ready. `onHeld` gets those that are
 * not sent all the same. Resolves when all are taken in.
 */
export function importItems(
  items: readonly ImportItem[],
  allowed: readonly SendScope[],
  onHeld: OnHeld = () => {},
): Promise<void> {
  dismissImportToasts();
  const aside = items.filter((item) => item.kind === 'file' && isSideFile(item));
  if (aside.length > 0) {
    const files =
      aside.length === 1 ? '1 file beside the pictures was' : `${aside.length} files beside the pictures were`;
    notifyQuietly(`${files} left out: ${someNames(aside)}`);
  }
  const meant = aside.length === 0 ? items : items.filter((item) => !aside.includes(item));
  return takeIn(meant, DEFAULT_OPTIONS, () => allowed, onHeld);
}

/**
 * Gets what may not be sent although `allowed` would, because it came beside data that nobody could read or that names
 * it: whoever handed that over may have meant to look at the data. It is asked about, once for all of them.
 */
type OnHeld = (ids: readonly PictureId[]) => void;

/** Takes in again what was there before, each with what was allowed of it then. */
export function importAgain(items: ReadonlyMap<ImportItem, readonly SendScope[]>): void {
  dismissImportToasts();
  void takeIn([...items.keys()], DEFAULT_OPTIONS, (item) => items.get(item) ?? []);
}

/** As `importItems`, for one of an attempt that is tried again: what is said about the others stays. */
async function takeIn(
  items: readonly ImportItem[],
  options: PrepareOptions,
  allowedOf: (item: ImportItem) => readonly SendScope[],
  onHeld: OnHeld = () => {},
): Promise<void> {
  // A pause belongs to the batch that was paused; with an empty table nobody could end it.
  const { order, pendingImports } = workStore.getState();
  if (order.length + pendingImports.size === 0) resumeWork();
  const { rest, held, whenTaken } = await takeSavedOut(items);
  // A truth opens nothing: the first picture beside it does.
  const batch: Batch = { opened: rest.length < items.length && whenTaken === undefined, again: [], taken: [] };
  const arriving: readonly StartedImport[] = rest.map((item) => ({
    id: randomId(),
    item,
    order: nextOrder(),
    controller: new AbortController(),
  }));
  allowEach(arriving.map(({ id, item }) => [id, held.has(item) ? [] : allowedOf(item)]));
  // All at once: the page is drawn anew for every change.
  addPendingImports(
    arriving.map(({ id, item, controller }) => ({
      id,
      name: item.name,
      ...beginningOf(item),
      cancel: () => controller.abort(),
    })),
  );
  const asked = arriving.filter(({ item }) => held.has(item) && allowedOf(item).length > 0);
  if (asked.length > 0) onHeld(asked.map(({ id }) => id));
  await Promise.all(arriving.map((each) => addOne(each, batch, options)));
  if (batch.again.length > 0) notifyAgain(batch.again);
  whenTaken?.(batch.taken);
}

/** What is said of an arrival first: a file waits for its turn. */
const beginningOf = ({ kind }: ImportItem): ImportStep =>
  kind === 'file' ? { step: STEP_LABELS.waiting, progress: 0 } : { step: 'Starting', progress: undefined };

const NONE: ReadonlySet<ImportItem> = new Set();

/** Opens the saved results among the items, with the pictures that belong to them, and gives back all others. */
async function takeSavedOut(items: readonly ImportItem[]): Promise<LeftOver> {
  const kinds = await savedKinds(items);
  if (kinds.every((kind) => kind === undefined)) return { rest: items, held: NONE };
  const sorted = items.map((item, index): SortedItem => ({ item, kind: kinds[index] }));
  try {
    const addSaved = await intakeAbove().fetchOpener();
    return await addSaved(sorted);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    const text = CODE_CURES[error.failure];
    const isSaved = (kind: SavedKind | undefined) => kind === 'zip' || kind === 'json';
    for (const { item, kind } of sorted) {
      if (isSaved(kind)) notifyError({ title: `${item.name} could not be opened`, text: `${text} Then add it again.` });
    }
    return { rest: sorted.flatMap(({ item, kind }) => (isSaved(kind) ? [] : [item])), held: picturesIn(sorted) };
  }
}

/** Files that are no data. */
const picturesIn = (sorted: readonly SortedItem[]): ReadonlySet<ImportItem> =>
  new Set(sorted.flatMap(({ item, kind }) => (item.kind === 'file' && kind === undefined ? [item] : [])));

/**
 * The kinds of all items, a few at a time: to look into a file stops the page for most of a millisecond, while the
 * browser's own process opens it.
 */
async function savedKinds(items: readonly ImportItem[]): Promise<readonly (SavedKind | undefined)[]> {
  const kinds: (SavedKind | undefined)[] = [];
  for (let start = 0; start < items.length; start += LOOKED_AT_ONCE) {
    const some = items.slice(start, start + LOOKED_AT_ONCE);
    kinds.push(...(await Promise.all(some.map((item) => (item.kind === 'file' ? savedKind(item.file) : undefined)))));
  }
  return kinds;
}

async function addOne(
  { id, item, order, controller: { signal } }: StartedImport,
  batch: Batch,
  options: PrepareOptions,
): Promise<void> {
  try {
    const outcome =
      item.kind === 'file' ? await takeFile(id, item, options, signal) : await takeLink(id, item, options, signal);
    if (outcome.ok) {
      const isCopy = item.kind === 'link' && outcome.value.origin.kind === 'file';
      const wasAllowed = scopesOf(id).length > 0;
      if (isCopy) forbidSending(id);
      const seed = expected.get(outcome.value.sha256);
      expected.delete(outcome.value.sha256);
      if (seed !== undefined) forbidSending(id);
      seed?.(outcome.value);
      const became = addPicture({ ...outcome.value, order }, !batch.opened);
      batch.taken.push(became);
      // One that is there already was handed over once more, perhaps now to be sent.
      if (became !== id) {
        allowSending(scopesOf(id), [became]);
        batch.again.push(item);
      }
      batch.opened = true;
      if (isCopy && wasAllowed && seed === undefined) intakeAbove().askAboutCopy(became);
    } else if (outcome.error !== 'cancelled') {
      notifyError(outcome.error);
    }
  } finally {
    removePendingImport(id);
  }
}

async function takeFile(
  id: string,
  item: Extract<ImportItem, { kind: 'file' }>,
  options: PrepareOptions,
  signal: AbortSignal,
  /** What is handed over again where it is refused with an offer. */
  again: ImportItem = item,
): Promise<Outcome> {
  const prepared = await preparePicture(item.file, {
    ...options,
    signal,
    onProgress: ({ stage, done }) => updatePendingImport(id, { step: STEP_LABELS[stage], progress: done }),
  });
  if (!prepared.ok) return err(refusal(id, again, options, prepared.error));
  const { blob, changes, sha256, width, height, thumbnail } = prepared.value;
  const origin: PictureOrigin = { kind: 'file', via: item.via };
  const original = originalOf(item.file, prepared.value);
  return finishPicture(
    {
      id,
      name: item.name,
      origin,
      blob,
      changes,
      sha256,
      orientation: 1,
      warnings: [],
      handedOver: handedOverOf(item.path, prepared.value),
      original,
    },
    { size: { width, height }, thumbnail },
  );
}

/**
 * A link goes to the engine as it is, where everybody sees it as it is shown here; else a copy of what is shown is made,
 * in the same way as of a file, and uploaded.
 */
async function takeLink(
  id: string,
  item: Extract<ImportItem, { kind: 'link' }>,
  options: PrepareOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  updatePendingImport(id, { step: 'Fetching the link' });
  try {
    const fetched = await fetchLink(item.url, signal);
    if (!fetched.ok) {
      const allowed = scopesOf(id);
      const { text, canRetry } = fetched.error;
      const again = () => void takeIn([item], DEFAULT_OPTIONS, () => allowed);
      return err({
        title: `${item.name}: this link did not give a picture`,
        text,
        ...(canRetry ? { action: { label: 'Try again', run: again } } : {}),
      });
    }
    const { blob } = fetched.value;
    const inspected = await inspectLink(blob, signal);
    if (!inspected.ok) return err(refusal(id, item, options, inspected.error));
    const { sha256, warnings, measured, need } = inspected.value;
    const copied = need ?? (await changeOf(item.url, sha256, fetched.value, signal));
    if (copied !== undefined || measured === undefined) {
      return await takeCopy(id, item, blob, copied ?? { kind: 'unknown' }, options, signal);
    }
    const origin = { kind: 'link', url: item.url } as const;
    return await finishPicture(
      { id, name: item.name, origin, blob, changes: [], sha256, orientation: 1, warnings },
      measured,
    );
  } catch (error) {
    if (signal.aborted) return err('cancelled');
    throw error;
  }
}

/** Whether whoever fetches the link next may get other bytes: its host says so, it gave others before, or it does now. */
async function changeOf(
  url: string,
  sha256: string,
  fetched: FetchedLink,
  signal: AbortSignal,
): Promise<LinkNeed | undefined> {
  const before = picturesOf(workStore.getState()).some(
    ({ origin, ...other }) => origin.kind === 'link' && origin.url === url && other.sha256 !== sha256,
  );
  if (before) return { kind: 'changed' };
  return fetched.isUnsteady || !(await givesTheSame(url, fetched, signal)) ? { kind: 'changes' } : undefined;
}

/** Only the address was allowed to leave for Kling, so whoever handed it over is asked once more. */
async function takeCopy(
  id: string,
  item: Extract<ImportItem, { kind: 'link' }>,
  blob: Blob,
  need: LinkNeed,
  options: PrepareOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const copy = await takeFile(
    id,
    { kind: 'file', file: new File([blob], item.name, { type: blob.type }), via: 'link', name: item.name },
    options,
    signal,
    item,
  );
  if (!copy.ok) return copy;
  return ok({
    ...copy.value,
    origin: { kind: 'file', via: 'link', url: item.url },
    changes: [copyNote(need), ...copy.value.changes],
  });
}

/** Uploads a linked picture instead of sending its address: the repaired copy takes the link's place, nothing more. */
export function uploadInstead(picture: Picture): void {
  const file = new File([picture.blob], picture.name, { type: picture.blob.type });
  removePicture(picture.id);
  void importItems([{ kind: 'file', file, via: 'link', name: picture.name }], scopesOf(picture.id));
}

/** The notice for a file that did not become a picture, with the offer to make one of it all the same where one can. */
function refusal(
  id: PictureId,
  item: ImportItem,
  options: PrepareOptions,
  failure: IntakeFailure,
): Refused | 'cancelled' {
  if (failure.code === 'cancelled') return 'cancelled';
  const notice = toastFor(item.name, failure);
  const offer = offerFor(failure);
  if (offer === undefined) return notice;
  const allowed = scopesOf(id);
  const run = () => void takeIn([item], { ...options, ...offer.options }, () => allowed);
  return { ...notice, action: { label: offer.label, run } };
}

/** What else can be done with a file that was refused. */
function offerFor(
  failure: IntakeFailure,
): { readonly label: string; readonly options: Partial<PrepareOptions> } | undefined {
  if (failure.code === 'too-small') return { label: 'Enlarge and use it', options: { enlarge: true } };
  const isUsable = failure.code === 'truncated' && failure.isUsable;
  return isUsable ? { label: 'Use what is there', options: { useCutOff: true } } : undefined;
}
