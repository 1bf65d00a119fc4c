import { z } from 'zod';
import { FACE_FILTERS, FACE_SORTS } from '#domain/face-order.ts';

/** In `sessionStorage`: it belongs to this tab, survives a reload and ends with the tab. */
const STORAGE_KEY = 'facebound.face-view';

const keptView = z.object({ sort: z.enum(FACE_SORTS), filter: z.enum(FACE_FILTERS) });

/** Order and filter of the list, as they outlive a reload. */
export type KeptView = z.infer<typeof keptView>;

const USUAL: KeptView = { sort: 'reply', filter: 'all' };

/** What an earlier page of this tab left, or else the usual: the order of the reply, all faces. */
export function readKeptView(): KeptView {
  try {
    const parsed = keptView.safeParse(JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null'));
    return parsed.success ? parsed.data : USUAL;
  } catch {
    return USUAL;
  }
}

export function keepView(view: KeptView): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(view));
  } catch {
    // This browser stores nothing; the view lasts as long as the page.
  }
}
