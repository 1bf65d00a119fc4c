import { useEffect } from 'react';
import { sessionFor, usePictureDetection } from '#page/detection/index.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { startPresenting } from '#page/place/modes.ts';
import type { EngineSession } from '#page/session/engine-session.ts';

/**
 * Begins the presentation of the open picture; undefined without an answer, of which there is nothing to show. Button,
 * menus and key all ask here, so that none of them is on while another is off.
 */
export function usePresent(session: EngineSession, picture: Picture): (() => void) | undefined {
  const { state } = usePictureDetection(sessionFor(session, picture), picture);
  const canPresent = state === 'done';
  // Its code comes as soon as there is something to show: an audience waits for nothing, offline either.
  useEffect(() => {
    if (canPresent) void import('./present-area.tsx').catch(() => undefined);
  }, [canPresent]);
  return canPresent ? startPresenting : undefined;
}
