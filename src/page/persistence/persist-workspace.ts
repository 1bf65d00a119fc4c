import type { QueryClient } from '@tanstack/react-query';
import { digestOfDetection } from '#page/detection/detect-faces.ts';
import { digestOfUpload, uploads } from '#page/detection/upload-store.ts';
import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import { selectionStore } from '#page/pictures/selection-store.ts';
import { lastingScopesOf } from '#page/pictures/send-permissions.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/notices.ts';
import { whyUnavailable } from '#page/platform/page-database.ts';
import { currentSession } from '#page/session/engine-session.ts';
import { credentialsNow, onCredentials } from '#page/session/session-store.ts';
import { answerFor } from './engine-answers.ts';
import { keepsPictures } from './keep-pictures.ts';
import { memory, rememberedPictures } from './page-memory.ts';
import type { StoredPicture } from './records.ts';
import { dropSavedWorkspace, type SavedWorkspace, writeSavedWorkspace } from './saved-workspace.ts';
import { keyOf, toStoredOrigin } from './stored-origin.ts';

/** After writing, the list of recent pictures is read once for many changes, this many milliseconds later. */
const REFRESH_AFTER_MS = 400;

let work = '';
/** Keys by the id of the picture that holds them, as far as they are written down. */
const held = new Map<string, string>();
/** What is written down of each one's file: it may be told only when the same bytes are handed over again. */
const heldFiles = new Map<string, HandedOver>();
/** What was last written of each answer, so that nothing is written twice. */
const written = new Map<string, string>();
/** Everything is written one after the other: an answer needs its picture to be there. */
let writing: Promise<unknown> = Promise.resolve();
let generation = 0;
let refreshTimer: ReturnType<typeof setTimeout> | undefined;
let saidNoRoom = false;

/**
 * Keeps everything that changes from now on, in the name of this work. `alreadyKept` came from the memory; what lies
 * under `outdated` keys is in the work as well, and goes once it is written down under today's.
 */
export function persistWorkspace(
  client: QueryClient,
  name: string,
  alreadyKept: readonly Picture[],
  outdated: readonly string[],
): void {
  work = name;
  for (const picture of alreadyKept) {
    held.set(picture.id, keyOf(picture));
    if (picture.handedOver !== undefined) heldFiles.set(picture.id, picture.handedOver);
  }
  workStore.subscribe((state, before) => {
    const isSameWork = state.records === before.records && state.offered === before.offered;
    if (!isSameWork) {
      notePictures();
      noteAnswers(
        client,
        heldPictures().filter((picture) => before.records.get(picture.id) !== picture),
      );
    }
    const isSameOrder = isSameWork && state.openId === before.openId && state.asks === before.asks;
    if (!isSameOrder || state.pendingImports !== before.pendingImports) writeOrder();
  });
  selectionStore.subscribe((state, before) => {
    if (state.selections !== before.selections) writeOrder();
  });
  onCredentials(writeOrder);
  // By their digests: to look at thousands for every answer of each would be millions of looks.
  const told = new Set<string>();
  const noteTold = oncePerTurn(() => {
    const digests = new Set(told);
    told.clear();
    noteAnswers(
      client,
      heldPictures().filter(({ sha256 }) => digests.has(sha256)),
    );
  });
  const tell = (digest: string | undefined) => {
    if (digest === undefined) return;
    told.add(digest);
    noteTold();
  };
  uploads.subscribeAll((key) => {
    if (uploads.get(key)?.state === 'done') tell(digestOfUpload(key));
  });
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') tell(digestOfDetection(event.query.queryKey));
  });
  addEventListener('pagehide', writeOwedOrder);
  document.addEventListener('visibilitychange', writeOwedOrder);
  notePictures();
  noteAnswers(client, heldPictures());
  writeOrder();
  for (const key of outdated) forgetOutdated(key);
}

/** Forgets what an earlier version wrote down, after what is being written now. */
export const forgetOutdated = (key: string): void => write(() => memory.deleteUnlessHeld(work, key));

/** Forgets, after what is being written now, what was remembered of uploads that were taken back at Kling. */
export const forgetTakenBack = (addresses: ReadonlySet<string>): void => write(() => memory.forgetAnswersAt(addresses));

/** Waits for what is being written, then forgets what this tab believes to be written down. */
export async function startOver(): Promise<void> {
  generation += 1;
  held.clear();
  heldFiles.clear();
  written.clear();
  await writing;
}

/** Runs once for many calls of one turn. */
function oncePerTurn(run: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      run();
    });
  };
}

/** Adds a step to what is written. A browser that stores nothing is said where recent pictures are listed. */
function write(step: () => Promise<void>): void {
  const mine = generation;
  writing = writing
    .then(async () => {
      if (mine !== generation) return;
      await step();
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => {
        void rememberedPictures.announce();
      }, REFRESH_AFTER_MS);
    })
    .catch((error: unknown) => {
      rememberedPictures.note(({ value }) => ({ status: whyUnavailable(error), value }));
    });
}

/** What the work holds, in its order: a picture that is offered to be brought back is one of them. */
function heldPictures(): readonly Picture[] {
  const state = workStore.getState();
  const pictures = picturesOf(state);
  const offered = state.removed.filter(({ id }) => state.offered.includes(id) && !state.records.has(id));
  return offered.length === 0 ? pictures : [...pictures, ...offered].sort((a, b) => a.order - b.order);
}

function notePictures(): void {
  const pictures = heldPictures();
  const ids = new Set(pictures.map(({ id }) => id));
  const gone = [...held].filter(([id]) => !ids.has(id));
  for (const [id] of gone) {
    held.delete(id);
    heldFiles.delete(id);
  }
  const stillHeld = new Set(held.values());
  const free = gone.map(([, key]) => key).filter((key) => !stillHeld.has(key));
  if (free.length > 0) write(() => memory.release(work, free, keepsPictures()));
  for (const picture of pictures) {
    const key = keyOf(picture);
    const { handedOver } = picture;
    if (held.has(picture.id) && heldFiles.get(picture.id) === handedOver) continue;
    held.set(picture.id, key);
    if (handedOver !== undefined) heldFiles.set(picture.id, handedOver);
    write(async () => {
      const record = toRecord(picture, key);
      const outcome = await memory.keepPicture(work, record, picture.blob, handedOver);
      if (outcome === 'no-room') notifyNoRoom();
    });
  }
}

function toRecord(picture: Picture, key: string): StoredPicture {
  const { name, origin, size, changes, orientation, warnings, sha256, blob, thumbnail } = picture;
  return {
    key,
    name,
    origin: toStoredOrigin(origin),
    size,
    notes: [...changes],
    orientation,
    concerns: [...warnings],
    sha256,
    bytes: blob.size,
    thumbnail,
    ...(origin.kind === 'replay' ? { faces: origin.saved.detection.faces.length } : {}),
    answerBytes: 0,
    openedAt: Date.now(),
  };
}

function noteAnswers(client: QueryClient, pictures: readonly Picture[]): void {
  const session = currentSession();
  for (const picture of pictures) {
    const key = held.get(picture.id);
    if (key === undefined || picture.origin.kind === 'replay') continue;
    const known = answerFor(client, session, picture, key);
    if (known === undefined) continue;
    const { answer, faces } = known;
    const stamp = `${answer.imageReference} ${answer.exchange?.requestId ?? ''} ${answer.exchange?.durationMs ?? ''}`;
    if (written.get(answer.id) === stamp) continue;
    written.set(answer.id, stamp);
    write(() => memory.keepAnswer(answer, faces?.length));
  }
}

/** The order of thousands is a large text: written once for many changes, this many milliseconds after the first. */
const ORDER_AFTER_MS = 250;
let orderTimer: ReturnType<typeof setTimeout> | undefined;

function writeOrder(): void {
  orderTimer ??= setTimeout(writeOwedOrder, ORDER_AFTER_MS);
}

/** Also as the page goes or is put away, so that a reload finds what was true last. */
function writeOwedOrder(): void {
  if (orderTimer === undefined) return;
  clearTimeout(orderTimer);
  orderTimer = undefined;
  writeOrderNow();
}

function writeOrderNow(): void {
  const { openId, pendingImports, offered } = workStore.getState();
  const pictures = heldPictures();
  if (pictures.length + pendingImports.size === 0) {
    dropSavedWorkspace();
    return;
  }
  const ids = new Set(pictures.map(({ id }) => id));
  const { email } = credentialsNow();
  const kept: SavedWorkspace = {
    version: 1,
    work,
    pictures: pictures.map((picture) => ({
      id: picture.id,
      key: keyOf(picture),
      allowed: [...lastingScopesOf(picture.id)],
      ...(offered.includes(picture.id) ? { isRemoved: true } : {}),
    })),
    ...(openId === undefined ? {} : { openId }),
    selections: Object.fromEntries(
      Object.entries(selectionStore.getState().selections).filter(([scope]) => ids.has(scope.split(' ', 1)[0] ?? '')),
    ),
    ...(email === undefined ? {} : { email }),
    arriving: [...pendingImports.values()].map(({ name }) => name),
  };
  writeSavedWorkspace(kept);
}

function notifyNoRoom(): void {
  if (saidNoRoom) return;
  saidNoRoom = true;
  toast({
    title: 'There is no room left to keep pictures in this browser',
    text: 'Results are still remembered. After a reload, the pictures that came last have to be handed over again. Forget what is no longer needed, or free some space on this device.',
  });
}
