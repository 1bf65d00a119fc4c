import { useState } from 'react';
import { tabStorage } from '#page/platform/browser-storage.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { useCredentials } from '#page/session/session-store.ts';

const REOPEN_KEY = 'facebound.reopen-account';

/** True in a page that was reloaded for an update: the token that was typed before is gone and wanted again. */
const reopens = tabStorage.get(REOPEN_KEY) !== undefined;
tabStorage.remove(REOPEN_KEY);

/** Has the place for token and account open after the reload that follows. */
export const reopenAccountAfterReload = (): void => tabStorage.set(REOPEN_KEY, 'yes');

/**
 * Whether the place for token and account is open. Without a token nothing works at Kling, so it opens by itself for a
 * person who chose Kling on the empty page. With a picture the card over that asks, and only one of them does. Where one
 * of several accounts has to be chosen it opens before anything is sent, unless the card over the picture asks
 * (`isAskedOnStage`). What a person does holds until engine, token
 * or picture change.
 */
export function useAccountOpen(
  { canAsk, needsAccount }: EngineSession,
  hasPicture: boolean,
  isAskedOnStage: boolean,
): readonly [boolean, (isOpen: boolean) => void] {
  const { wasChosen } = useCredentials();
  const [reopened, setReopened] = useState(reopens);
  const situation = `${canAsk} ${wasChosen} ${hasPicture}`;
  const [done, setDone] = useState<{ readonly situation: string; readonly isOpen: boolean }>();
  const byItself =
    (reopened && !canAsk) || (!canAsk && wasChosen && !hasPicture) || (needsAccount && wasChosen && !isAskedOnStage);
  const setIsOpen = (isOpen: boolean) => {
    setReopened(false);
    setDone({ situation, isOpen });
  };
  return [done?.situation === situation ? done.isOpen : byItself, setIsOpen];
}
