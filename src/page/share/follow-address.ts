import type { QueryClient } from '@tanstack/react-query';
import { createStore } from 'zustand/vanilla';
import type { EngineName } from '#contract/routes.ts';
import { readPictureDetection, sessionFor } from '#page/detection/index.ts';
import { importItems } from '#page/pictures/intake/import-items.ts';
import { linkName } from '#page/pictures/model/links.ts';
import { currentSelection, selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { scopeOf } from '#page/pictures/send-permissions.ts';
import { linkOf, openPicture, type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { toast } from '#page/platform/toasts.ts';
import { credentialsStore, visitEngine } from '#page/session/credentials-store.ts';
import { currentSession, type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { type FaceId, faceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';
import { parseShareFragment, type Share, shareFragment } from './model/share-address.ts';

/** Browsers refuse an address that changes too often: this many milliseconds of quiet before it follows. */
const FOLLOWS_AFTER_MS = 250;

type ShareState = {
  /** A shared address that asks for Kling, while the person has not answered. */
  readonly asked: Share | undefined;
  /** What was shared and is on its way: its face is selected once it is there. */
  readonly awaited: Share | undefined;
};

export const shareStore = createStore<ShareState>()(() => ({ asked: undefined, awaited: undefined }));

/**
 * Opens what the address in the address bar shares, and keeps that address in step with what is open. Opening sends
 * nothing to Kling unless the person agrees. The returned function ends it.
 */
export function followAddress(client: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next: string | undefined | 'as it is' = 'as it is';
  const follow = (): void => {
    const wanted = wantedFragment();
    if (wanted === next) return;
    next = wanted;
    clearTimeout(timer);
    if (wanted !== 'as it is') timer = setTimeout(() => writeFragment(wanted), FOLLOWS_AFTER_MS);
  };
  const select = () => selectShared(client);
  const changed = () => read(false);
  addEventListener('hashchange', changed);
  read(true);
  const stops = [
    shareStore.subscribe(follow),
    workStore.subscribe(follow),
    selectionStore.subscribe(follow),
    credentialsStore.subscribe(follow),
    shareStore.subscribe(select),
    workStore.subscribe(select),
    client.getQueryCache().subscribe(select),
  ];
  follow();
  return () => {
    removeEventListener('hashchange', changed);
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

/** The person's answer to a shared address that asks for Kling. */
export function takeShared(engine: EngineName): void {
  const { asked } = shareStore.getState();
  if (asked !== undefined) take(asked, engine);
}

/** No answer: nothing is opened, and the address no longer asks. */
export function cancelShared(): void {
  shareStore.setState({ asked: undefined });
  writeFragment(undefined);
}

const pictureWith = (link: string): Picture | undefined =>
  picturesOf(workStore.getState()).find(({ origin }) => linkOf(origin) === link);

const openOne = (): Picture | undefined => {
  const { records, openId } = workStore.getState();
  return openId === undefined ? undefined : records.get(openId);
};

const isOf = (picture: Picture | undefined, { link }: Share): boolean =>
  picture !== undefined && linkOf(picture.origin) === link;

function read(isLoading: boolean): void {
  const parsed = parseShareFragment(location.hash);
  if (!parsed.ok) {
    if (parsed.error === 'unusable') notifyUnusable();
    return;
  }
  const share = parsed.value;
  const there = pictureWith(share.link);
  if (there !== undefined) {
    // After a reload the work is back already, with more than this address says of it.
    if (isLoading) return;
    openPicture(there.id);
    shareStore.setState({ awaited: share });
    return;
  }
  if (share.engine === 'kling') shareStore.setState({ asked: share });
  else take(share, 'embedded');
}

function take(share: Share, engine: EngineName): void {
  const awaited = share.engine === engine ? share : { ...share, engine, faceNo: undefined };
  shareStore.setState({ asked: undefined, awaited });
  visitEngine(engine);
  // Agreed to for this link alone: what else is open stays where it is.
  const kling = sessionWith('kling');
  const allowed = engine === 'kling' && kling.canAsk ? [scopeOf(kling)] : [];
  void importItems([{ kind: 'link', url: share.link, name: linkName(new URL(share.link)) }], allowed).then(() => {
    if (shareStore.getState().awaited !== awaited || pictureWith(share.link) !== undefined) return;
    // Nothing came of it: an address that opens nothing is not one to hand on.
    shareStore.setState({ awaited: undefined });
    if (openOne() === undefined) writeFragment(undefined);
  });
}

/** What the address is to say now; it is left as it is while nothing is open or something shared is on its way. */
function wantedFragment(): string | undefined | 'as it is' {
  const { asked, awaited } = shareStore.getState();
  const open = openOne();
  if (open === undefined || asked !== undefined || (awaited !== undefined && !isOf(open, awaited))) return 'as it is';
  const primary = primaryOf(currentSelection(selectionStore.getState()));
  return sharedAddress(currentSession(), open, primary)?.split('#')[1];
}

/** Address of what is open for somebody else; undefined for a picture that only this browser has. */
export function sharedAddress(
  { engine }: EngineSession,
  picture: Picture,
  primary: FaceId | undefined,
): string | undefined {
  const link = linkOf(picture.origin);
  if (link === undefined) return undefined;
  const faceNo = primary === undefined ? undefined : Number(primary.slice('face-'.length));
  const fragment = shareFragment({ link, engine, faceNo });
  return fragment === undefined ? undefined : `${location.origin}${location.pathname}#${fragment}`;
}

/** Selects the shared face as soon as there are faces; a number that nobody has selects nothing. */
function selectShared(client: QueryClient): void {
  const { awaited } = shareStore.getState();
  const picture = openOne();
  if (awaited === undefined || picture === undefined || !isOf(picture, awaited)) return;
  const session = sessionFor(currentSession(), picture);
  const detection = readPictureDetection(client, session, picture);
  const isOver = detection.state !== 'waiting' && detection.state !== 'uploading' && detection.state !== 'detecting';
  if (!isOver || awaited.engine !== session.engine) return;
  const faces = detection.state === 'done' ? detection.result.detection.faces : [];
  const shared = faces.find(({ faceNo }) => faceNo === awaited.faceNo);
  shareStore.setState({ awaited: undefined });
  if (shared === undefined) return;
  const scope = selectionScope(picture.id, session.engine);
  const { openScope, select } = selectionStore.getState();
  if (selectionStore.getState().scope !== scope) openScope(scope);
  select(faceId(shared.faceNo));
}

/** Replaces the fragment without a step in the history; an address that stays the same is left alone. */
function writeFragment(fragment: string | undefined): void {
  const wanted = fragment === undefined ? '' : `#${fragment}`;
  if (location.hash === wanted) return;
  try {
    history.replaceState(history.state, '', location.pathname + location.search + wanted);
  } catch {
    // Too many in a short time: the next change brings it up to date.
  }
}

function notifyUnusable(): void {
  toast({
    title: 'This shared address cannot be opened',
    text: 'It holds no link to a picture that this page would load, perhaps because it was cut on its way. Ask for it again.',
  });
}
