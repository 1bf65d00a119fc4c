import type { PictureId } from '#shared/picture-id.ts';
import { useWork, type WorkState } from './work-store.ts';

/** Place of a picture among those of the work, "13 of 29"; undefined while it is the only one. */
export const useFormattedPlace = (id: PictureId): string | undefined => useWork((state) => formatPlace(state, id));

export function formatPlace({ pictures }: Pick<WorkState, 'pictures'>, id: PictureId): string | undefined {
  const index = pictures.findIndex((picture) => picture.id === id);
  return index === -1 || pictures.length === 1 ? undefined : `${index + 1} of ${pictures.length}`;
}
