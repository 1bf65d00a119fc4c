import type { QueryClient } from '@tanstack/react-query';
import type { EngineName } from '#contract/routes.ts';
import { readPictureDetection, sessionFor } from '#page/detection/index.ts';
import { importItems } from '#page/pictures/intake/import-items.ts';
import { linkName } from '#page/pictures/model/links.ts';
import { currentSelection, selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { scopeOf } from '#page/pictures/send-permissions.ts';
import { linkOf, openPicture, type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { placeStore } from '#page/place/place-store.ts';
import { createQuestion } from '#page/place/questions.ts';
import { toast } from '#page/platform/notices.ts';
import { currentSession, type EngineSession, sessionWith } from '#page/session/engine-session.ts';
import { onCredentials, visitEngine } from '#page/session/session-store.ts';
import { type FaceId, faceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';
import { parseShareFragment, type Share, shareFragment } from './model/share-address.ts';

/** Browsers refuse an address that changes too often: this many milliseconds of quiet before it follows. */
const FOLLOWS_AFTER_MS = 250;

/** Whether a shared address that asks for Kling is followed, and to which engine. */
export const shareQuestion = createQuestion<Share, EngineName>();

/**
 * Opens what the address in the address bar shares, and keeps that address in step with what is open. Opening sends
 * nothing to Kling unless the person agrees. The returned function ends it.
 */
export function followAddress(client: QueryClient): () => void {
  /** What was shared and is on its way: its face is selected once it is there. */
  let awaited: Share | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next: string | undefined | 'as it is' = 'as it is';

  const waitFor = (share: Share | undefined): void => {
    awaited = share;
    follow();
    select();
  };

  const follow = (): void => {
    const wanted = wantedFragment(awaited);
    if (wanted === next) return;
    next = wanted;
    clearTimeout(timer);
    if (wanted !== 'as it is') timer = setTimeout(() => writeFragment(wanted), FOLLOWS_AFTER_MS);
  };

  const select = (): void => {
    if (awaited === undefined) return;
    const answered = sharedFace(client, awaited);
    if (answered === undefined) return;
    waitFor(undefined);
    if (answered.face === undefined) return;
    const { openScope, select: choose } = selectionStore.getState();
    if (selectionStore.getState().scope !== answered.scope) openScope(answered.scope);
    choose(answered.face);
  };

  const read = (isLoading: boolean): void => {
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
      waitFor(share);
      return;
    }
    void (share.engine === 'kling' ? ask(share) : take(share, 'embedded'));
  };

  const ask = async (share: Share): Promise<void> => {
    const engine = await shareQuestion.askInstead(share);
    if (engine !== undefined) await take(share, engine);
    // No answer: nothing is opened, and the address no longer asks. Another address may ask by now.
    else if (shareQuestion.now() === undefined) writeFragment(undefined);
  };

  const take = async (share: Share, engine: EngineName): Promise<void> => {
    const wanted = share.engine === engine ? share : { ...share, engine, faceNo: undefined };
    waitFor(wanted);
    visitEngine(engine);
    // Agreed to for this link alone: what else is open stays where it is.
    const kling = sessionWith('kling');
    const allowed = engine === 'kling' && kling.canAsk ? [scopeOf(kling)] : [];
    await importItems([{ kind: 'link', url: share.link, name: linkName(new URL(share.link)) }], allowed);
    if (awaited !== wanted || pictureWith(share.link) !== undefined) return;
    // Nothing came of it: an address that opens nothing is not one to hand on.
    waitFor(undefined);
    if (openOne() === undefined) writeFragment(undefined);
  };

  const changed = () => read(false);
  addEventListener('hashchange', changed);
  read(true);
  const stops = [
    placeStore.subscribe(follow),
    workStore.subscribe(follow),
    selectionStore.subscribe(follow),
    onCredentials(follow),
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

const pictureWith = (link: string): Picture | undefined =>
  picturesOf(workStore.getState()).find(({ origin }) => linkOf(origin) === link);

const openOne = (): Picture | undefined => {
  const { records, openId } = workStore.getState();
  return openId === undefined ? undefined : records.get(openId);
};

const isOf = (picture: Picture | undefined, { link }: Share): boolean =>
  picture !== undefined && linkOf(picture.origin) === link;

/** What the address is to say now; it is left as it is while nothing is open or something shared is on its way. */
function wantedFragment(awaited: Share | undefined): string | undefined | 'as it is' {
  const open = openOne();
  const isAsking = shareQuestion.now() !== undefined;
  if (open === undefined || isAsking || (awaited !== undefined && !isOf(open, awaited))) return 'as it is';
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

/** Where the shared face is and which, once there is an answer; no face where its number is nobody's. */
function sharedFace(
  client: QueryClient,
  share: Share,
): { readonly scope: string; readonly face: FaceId | undefined } | undefined {
  const picture = openOne();
  if (picture === undefined || !isOf(picture, share)) return undefined;
  const session = sessionFor(currentSession(), picture);
  const detection = readPictureDetection(client, session, picture);
  const isOver = detection.state !== 'waiting' && detection.state !== 'uploading' && detection.state !== 'detecting';
  if (!isOver || share.engine !== session.engine) return undefined;
  const faces = detection.state === 'done' ? detection.result.detection.faces : [];
  const isThere = faces.some(({ faceNo }) => faceNo === share.faceNo);
  return {
    scope: selectionScope(picture.id, session.engine),
    face: isThere && share.faceNo !== undefined ? faceId(share.faceNo) : undefined,
  };
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
