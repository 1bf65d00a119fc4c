import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { sessionFor } from '#page/detection/saved-result.ts';
import { readPictureDetection } from '#page/detection/use-picture-detection.ts';
import { selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { onTaken } from '#page/pictures/undo-stack.ts';
import type { TakenStep } from '#page/pictures/undo-step.ts';
import { openPicture, workStore } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';

/** Goes back to the picture, and the face, that a step of undo or redo is about. `session` is the page's. */
export function useFollowUndo(session: EngineSession): void {
  const client = useQueryClient();
  const follow = useEffectEvent(({ step: { goTo } }: TakenStep) => {
    const picture = workStore.getState().records.get(goTo.picture);
    if (picture === undefined) return;
    openPicture(picture.id);
    const asked = sessionFor(session, picture);
    const detection = readPictureDetection(client, asked, picture);
    if (detection.state !== 'done') return;
    const face = detection.result.detection.faces.find(({ faceNo }) => faceNo === goTo.faceNo);
    if (face === undefined) return;
    selectionStore.getState().openScope(selectionScope(picture.id, asked.engine));
    selectionStore.getState().select(face.id);
  });
  useEffect(() => onTaken((taken) => follow(taken)), []);
}
