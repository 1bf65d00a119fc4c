import { z } from 'zod';
import { tabStorage } from '#page/platform/browser-storage.ts';
import { FACE_FILTERS, FACE_SORTS } from '../model/face-order.ts';

/** In the tab's storage: it belongs to this tab, survives a reload and ends with the tab. */
const STORAGE_KEY = 'facebound.face-view';

const keptView = z.object({ sort: z.enum(FACE_SORTS), filter: z.enum(FACE_FILTERS) });

/** Order and filter of the list, as they outlive a reload. */
export type KeptView = z.infer<typeof keptView>;

const USUAL: KeptView = { sort: 'reply', filter: 'all' };

/** What an earlier page of this tab left, or else the usual: the order of the reply, all faces. */
export function readKeptView(): KeptView {
  try {
    const parsed = keptView.safeParse(JSON.parse(tabStorage.get(STORAGE_KEY) ?? 'null'));
    return parsed.success ? parsed.data : USUAL;
  } catch {
    return USUAL;
  }
}

export const keepView = (view: KeptView): void => tabStorage.set(STORAGE_KEY, JSON.stringify(view));
