import type { PictureId } from '#shared/picture-id.ts';
import { useWork, type WorkState } from './work-store.ts';

/** Place of a picture among those of the work, "13 of 29"; undefined while it is the only one. */
export const useFormattedPlace = (id: PictureId): string | undefined => useWork((state) => formatPlace(state, id));

export function formatPlace({ order }: Pick<WorkState, 'order'>, id: PictureId): string | undefined {
  const index = order.indexOf(id);
  return index === -1 || order.length === 1 ? undefined : `${index + 1} of ${order.length}`;
}
