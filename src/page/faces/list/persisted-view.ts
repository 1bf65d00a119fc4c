import * as z from 'zod/mini';
import { tabStorage } from '#page/platform/browser-storage.ts';
import { FACE_FILTERS, FACE_SORTS } from '../model/face-order.ts';

/** In the tab's storage: it belongs to this tab, survives a reload and ends with the tab. */
const STORAGE_KEY = 'facebound.face-view';

/** What an earlier version of the page knew and this one does not is as if it had not been chosen. */
const persistedView = z.object({
  sort: z.catch(z.enum(FACE_SORTS), 'reply'),
  filter: z.catch(z.enum(FACE_FILTERS), 'all'),
});

/** Order and filter of the list, as they outlive a reload. */
export type PersistedView = z.infer<typeof persistedView>;

const USUAL: PersistedView = { sort: 'reply', filter: 'all' };

/** What an earlier page of this tab left, or else the usual: the order of the reply, all faces. */
export function readPersistedView(): PersistedView {
  try {
    const parsed = persistedView.safeParse(JSON.parse(tabStorage.get(STORAGE_KEY) ?? 'null'));
    return parsed.success ? parsed.data : USUAL;
  } catch {
    return USUAL;
  }
}

export const persistView = (view: PersistedView): void => tabStorage.set(STORAGE_KEY, JSON.stringify(view));
