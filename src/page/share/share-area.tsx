import { useEffect, useEffectEvent, useState } from 'react';
import type { EngineName } from '#contract/routes.ts';
import { type EngineSession, klingSession, usePictureDetection } from '#page/detection/index.ts';
import { addIncoming } from '#page/pictures/intake/add-incoming.ts';
import { selectionStore, useSelection } from '#page/pictures/selection-store.ts';
import { openPicture, type Picture, useOpenPicture, workStore } from '#page/pictures/work-store.ts';
import { addNotice } from '#page/platform/notices.ts';
import { visitEngine } from '#page/session/credentials-store.ts';
import { scopeOf } from '#page/session/send-permissions.ts';
import { type FaceId, faceId } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';
import { AgreeToKling } from './agree-to-kling.tsx';
import { parseShareFragment, type Share, shareFragment } from './model/share-address.ts';

/** Browsers refuse an address that changes too often: this many milliseconds of quiet before it follows. */
const FOLLOWS_AFTER_MS = 250;

const pictureWith = (link: string): Picture | undefined =>
  workStore.getState().pictures.find(({ origin }) => origin.kind === 'link' && origin.url === link);

/**
 * Opens what the address in the address bar shares, and keeps that address in step with what is open. Opening sends
 * nothing to Kling unless the person agrees.
 */
export function ShareArea({
  session,
  serverHasToken,
}: {
  readonly session: EngineSession;
  readonly serverHasToken: boolean;
}) {
  const open = useOpenPicture();
  const [asked, setAsked] = useState<Share>();
  /** What was shared and is on its way: its face is selected once it is there. */
  const [awaited, setAwaited] = useState<Share>();

  const take = (share: Share, engine: EngineName) => {
    setAsked(undefined);
    setAwaited(share.engine === engine ? share : { ...share, engine, faceNo: undefined });
    visitEngine(engine);
    // Agreed to for this link alone: what else is open stays where it is.
    const kling = klingSession(serverHasToken);
    const allowed = engine === 'kling' && kling.canAsk ? [scopeOf(kling)] : [];
    addIncoming([{ kind: 'link', url: share.link, name: nameOf(share.link) }], allowed);
  };

  const read = useEffectEvent((isLoading: boolean) => {
    const parsed = parseShareFragment(location.hash);
    if (!parsed.ok) {
      if (parsed.error === 'unusable') sayUnusable();
      return;
    }
    const share = parsed.value;
    const there = pictureWith(share.link);
    if (there !== undefined) {
      // After a reload the work is back already, with more than this address says of it.
      if (isLoading) return;
      openPicture(there.id);
      setAwaited(share);
      return;
    }
    if (share.engine === 'kling') setAsked(share);
    else take(share, 'embedded');
  });
  useEffect(() => {
    const listener = () => read(false);
    read(true);
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  }, []);

  const isAwaited = awaited !== undefined && open?.origin.kind === 'link' && open.origin.url === awaited.link;
  return (
    <>
      {open !== undefined && asked === undefined && (awaited === undefined || isAwaited) && (
        <FollowingAddress session={session} picture={open} />
      )}
      {isAwaited && (
        <SelectShared session={session} picture={open} share={awaited} onDone={() => setAwaited(undefined)} />
      )}
      <AgreeToKling
        link={asked?.link}
        onKling={() => asked !== undefined && take(asked, 'kling')}
        onEmbedded={() => asked !== undefined && take(asked, 'embedded')}
        onCancel={() => {
          setAsked(undefined);
          writeFragment(undefined);
        }}
      />
    </>
  );
}

/** Address of what is open for somebody else; undefined for a picture that only this browser has. */
export function useSharedAddress(session: EngineSession, picture: Picture): string | undefined {
  return sharedAddress(session, picture, primaryOf(useSelection()));
}

/** The same for a face that is known already. */
export function sharedAddress(
  session: EngineSession,
  picture: Picture,
  primary: FaceId | undefined,
): string | undefined {
  if (picture.origin.kind !== 'link') return undefined;
  const faceNo = primary === undefined ? undefined : Number(primary.slice('face-'.length));
  const fragment = shareFragment({ link: picture.origin.url, engine: session.engine, faceNo });
  return fragment === undefined ? undefined : `${location.origin}${location.pathname}#${fragment}`;
}

function FollowingAddress({ session, picture }: { session: EngineSession; picture: Picture }) {
  const address = useSharedAddress(session, picture);
  useEffect(() => {
    const timer = setTimeout(() => writeFragment(address?.split('#')[1]), FOLLOWS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [address]);
  return null;
}

/** Selects the shared face as soon as there are faces; a number that nobody has selects nothing. */
function SelectShared({
  session,
  picture,
  share,
  onDone,
}: {
  session: EngineSession;
  picture: Picture;
  share: Share;
  onDone: () => void;
}) {
  const detection = usePictureDetection(session, picture);
  const isOver = detection.state !== 'waiting' && detection.state !== 'uploading' && detection.state !== 'detecting';
  useEffect(() => {
    if (!isOver || share.engine !== session.engine) return;
    const faces = detection.state === 'done' ? detection.result.detection.faces : [];
    const shared = faces.find(({ faceNo }) => faceNo === share.faceNo);
    if (shared !== undefined) {
      const scope = `${picture.id} ${session.engine}`;
      const { openScope, select } = selectionStore.getState();
      if (selectionStore.getState().scope !== scope) openScope(scope);
      select(faceId(shared.faceNo));
    }
    onDone();
  }, [isOver, detection, share, session, picture, onDone]);
  return null;
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

function nameOf(link: string): string {
  const { pathname, host } = new URL(link);
  const last = pathname.split('/').findLast((part) => part !== '');
  try {
    return last === undefined ? host : decodeURIComponent(last);
  } catch {
    return last ?? host;
  }
}

function sayUnusable(): void {
  addNotice({
    title: 'This shared address cannot be opened',
    text: 'It holds no link to a picture that this page would load, perhaps because it was cut on its way. Ask for it again.',
  });
}
