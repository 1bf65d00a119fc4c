import { type QueryClient, QueryObserver } from '@tanstack/react-query';
import { keepSelected, selectionScope } from '#page/pictures/selection-store.ts';
import { isStopped, maySend, scopeOf } from '#page/pictures/send-permissions.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { currentSession, type EngineSession } from '#page/session/engine-session.ts';
import { onCredentials } from '#page/session/session-store.ts';
import { detectFacesQuery } from './detect-faces.ts';
import { imageReferenceOf } from './image-reference.ts';
import { uploadKey, uploadOf } from './upload-store.ts';
import { beginUpload, endUploadsBut, forgetUpload } from './uploads.ts';

/** A picture, and as whom an engine is to look at it. */
export type Wish = { readonly session: EngineSession; readonly picture: Picture };

/** Who wants pictures looked at beside what the page shows, and says when that changes. */
export type WishSource = {
  readonly get: () => readonly Wish[];
  readonly subscribe: (changed: () => void) => () => void;
};

/** What is under way for one picture with one engine: its detection was asked about `address`. */
type Running = Wish & { asking?: { readonly address: string; readonly stop: () => void } };

const sources = new Set<WishSource>();
let look: ((again: boolean) => void) | undefined;

/** Adds somebody who wants pictures looked at; the returned function takes them away. */
export function alsoWish(source: WishSource): () => void {
  const unsubscribe = source.subscribe(() => look?.(false));
  sources.add(source);
  look?.(false);
  return () => {
    unsubscribe();
    sources.delete(source);
    look?.(false);
  };
}

/** Looks at every picture again, after an upload was given up that was done or had failed. */
export const lookAgain = (): void => look?.(true);

/**
 * Keeps every picture of the work going with the chosen engine, open or not: uploads it where it is allowed and needed,
 * then asks for its faces. It follows the stores, so that whoever allows, stops or removes a picture does nothing else.
 * The returned function ends it, and what it asked for.
 */
export function runDetections(client: QueryClient): () => void {
  const running = new Map<string, Running>();
  /** Uploads, by their keys, that were sent again after the engine had lost them and were not asked about with success yet. */
  const uploadedAgain = new Set<string>();

  const advance = (entry: Running): void => {
    const { session, picture, asking } = entry;
    const address = imageReferenceOf(session, picture);
    if (asking !== undefined && asking.address !== address) {
      asking.stop();
      delete entry.asking;
    }
    if (address === undefined) beginUpload(client, session, picture, () => advanceThoseWith(picture));
    else entry.asking ??= { address, stop: ask(client, session, address, picture, (heard) => hear(entry, heard)) };
  };

  const hear = ({ session, picture, asking }: Running, heard: Heard): void => {
    const key = uploadKey(session, picture);
    if (heard === 'answered') {
      uploadedAgain.delete(key);
      return;
    }
    // What the engine lost the picture's bytes bring back. A link's address is no upload of ours; and a second time in
    // a row somebody has to look.
    if (asking === undefined || uploadOf(session, picture)?.state !== 'done' || uploadedAgain.has(key)) return;
    uploadedAgain.add(key);
    client.removeQueries({ queryKey: detectFacesQuery(session, asking.address, picture).queryKey, exact: true });
    forgetUpload(session, picture);
    advanceThoseWith(picture);
  };

  const advanceThoseWith = ({ sha256 }: Picture): void => {
    for (const entry of running.values()) if (entry.picture.sha256 === sha256) advance(entry);
  };

  look = (again) => {
    const wishes = new Map(wishesNow().map((wish) => [`${wish.picture.id} ${scopeOf(wish.session)}`, wish]));
    const over = [...running].filter(([key]) => !wishes.has(key));
    for (const [key, { asking }] of over) {
      running.delete(key);
      asking?.stop();
    }
    if (over.length > 0) endUploadsBut(isWanted);
    for (const [key, wish] of wishes) {
      const entry = running.get(key) ?? { ...wish };
      running.set(key, entry);
      // Each of hundreds that join the work would look at all the others otherwise.
      if (again || entry.asking === undefined) advance(entry);
    }
  };
  const run = () => look?.(false);
  const stops = [
    workStore.subscribe((state, before) => {
      if (state.records !== before.records || state.asks !== before.asks) run();
    }),
    onCredentials(run),
  ];
  run();
  return () => {
    for (const stop of stops) stop();
    for (const { asking } of running.values()) asking?.stop();
    look = undefined;
  };
}

/** What became of a question: an answer, or that the engine no longer has what is at the address. */
type Heard = 'answered' | 'gone';

const ask = (
  client: QueryClient,
  session: EngineSession,
  address: string,
  picture: Picture,
  hear: (heard: Heard) => void,
): (() => void) =>
  new QueryObserver(client, {
    ...detectFacesQuery(session, address, picture),
    // A failure stays until a person asks again.
    enabled: ({ state }) => state.status !== 'error',
  }).subscribe(({ data, error }) => {
    // What was asked once more keeps its answer: see `detect-again.ts`.
    if (error?.failure.code === 'result-gone' && data === undefined) hear('gone');
    if (data === undefined) return;
    hear('answered');
    keepSelected(
      selectionScope(picture.id, session.engine),
      data.detection.faces.map(({ id }) => id),
    );
  });

/** What is to be done now: only what may be sent, what nobody stopped, and what is not answered by a saved result. */
function wishesNow(): readonly Wish[] {
  const state = workStore.getState();
  const session = currentSession();
  const shown = picturesOf(state).map((picture) => ({ session, picture }));
  const others = [...sources].flatMap((source) => source.get());
  return [...shown.filter(({ picture }) => picture.origin.kind !== 'replay'), ...others].filter(
    ({ session: asked, picture }) =>
      asked.canAsk && !asked.needsAccount && maySend(asked, picture.id) && !isStopped(state, asked, picture.id),
  );
}

/**
 * Whether some picture of the work, or whoever wishes for one beside it, still needs these bytes there; the engine may
 * have been changed meanwhile.
 */
function isWanted(session: EngineSession, { sha256 }: Picture): boolean {
  const state = workStore.getState();
  const wished = [...sources].flatMap((source) => source.get()).map(({ picture }) => picture);
  return [...picturesOf(state), ...wished].some(
    (picture) => picture.sha256 === sha256 && maySend(session, picture.id) && !isStopped(state, session, picture.id),
  );
}
