import { useEffect, useState } from 'react';
import type { EngineSession } from '#features/detection/engine-session.ts';
import { useCredentials } from '#lib/credentials-store.ts';
import { workStore } from '#lib/work-store.ts';

/**
 * Whether the place for token and account is open. Without a token nothing works at Kling, so it opens by itself for a
 * person who chose Kling on the empty page. With a picture the card over that asks, and only one of them does.
 */
export function useAccountOpen(
  { canAsk }: EngineSession,
  hasPicture: boolean,
): readonly [boolean, (isOpen: boolean) => void] {
  const [isOpen, setIsOpen] = useState(false);
  const { wasChosen } = useCredentials();
  useEffect(() => {
    setIsOpen(!canAsk && wasChosen && workStore.getState().openId === undefined);
  }, [canAsk, wasChosen]);
  useEffect(() => {
    if (hasPicture) setIsOpen(false);
  }, [hasPicture]);
  return [isOpen, setIsOpen];
}
