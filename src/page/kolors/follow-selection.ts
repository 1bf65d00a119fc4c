import type { QueryClient } from '@tanstack/react-query';
import { readPictureDetection, sessionFor } from '#page/detection/index.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import { workStore } from '#page/pictures/work-store.ts';
import { changeTarget, kolorsNow } from '#page/place/modes.ts';
import { currentSession } from '#page/session/engine-session.ts';
import { primaryOf } from '#shared/selection.ts';

/**
 * While the panel is open at a face it goes on with whichever face is picked next, on the stage, by a key or in the list;
 * prompt and settings stay. The returned function ends it.
 */
export const followSelection = (client: QueryClient): (() => void) =>
  selectionStore.subscribe((state, before) => {
    // Picked on purpose: another answer, or the way back to a picture, picks nothing.
    if (state.revealCount === before.revealCount) return;
    const { isOpen, target } = kolorsNow();
    const primary = primaryOf(currentSelection(state));
    if (!isOpen || target === undefined || primary === undefined) return;
    const { records, openId } = workStore.getState();
    const picture = openId === undefined ? undefined : records.get(openId);
    if (picture === undefined) return;
    const session = sessionFor(currentSession(), picture);
    const detection = readPictureDetection(client, session, picture);
    if (detection.state !== 'done') return;
    const { faces, size } = detection.result.detection;
    const face = faces.find(({ id }) => id === primary);
    if (face !== undefined) changeTarget({ kind: 'found', picture, face, size, engine: session.engine });
  });
