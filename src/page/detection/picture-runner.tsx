import { useQueryClient } from '@tanstack/react-query';
import { memo, useEffect } from 'react';
import type { Picture } from '#page/pictures/work-store.ts';
import { useMaySend } from '#page/session/send-permissions.ts';
import { ensureUploaded } from './detection-commands.ts';
import type { EngineSession } from './engine-session.ts';
import { usePictureDetection } from './use-picture-detection.ts';

/**
 * Keeps one picture going whether it is open or not: uploads it, and keeps its detection query mounted. Draws
 * nothing. One runs for every picture of the work, so that switching pictures interrupts nothing.
 */
export const PictureRunner = memo(function PictureRunner({
  session,
  picture,
}: {
  readonly session: EngineSession;
  readonly picture: Picture;
}) {
  const client = useQueryClient();
  usePictureDetection(session, picture);
  const isAllowed = useMaySend(session, picture.id);
  useEffect(() => {
    if (session.canAsk && isAllowed) ensureUploaded(client, session, picture);
  }, [client, session, picture, isAllowed]);
  return null;
});
