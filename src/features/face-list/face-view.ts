import { useMemo, useState } from 'react';
import type { Face, FaceId } from '#domain/face.ts';
import { type FaceFilter, type FaceSort, shownFaces } from '#domain/face-order.ts';

/** Which faces are shown and in what order: the list draws it, and walking by key follows it. */
export type FaceView = {
  readonly sort: FaceSort;
  readonly filter: FaceFilter;
  /** All faces of the picture, in the order of the reply. */
  readonly faces: readonly Face[];
  readonly shown: readonly Face[];
  readonly shownIds: readonly FaceId[];
  readonly setSort: (sort: FaceSort) => void;
  readonly setFilter: (filter: FaceFilter) => void;
};

/** Holds sort and filter for as long as the page lives, also across pictures. */
export function useFaceView(faces: readonly Face[]): FaceView {
  const [sort, setSort] = useState<FaceSort>('reply');
  const [filter, setFilter] = useState<FaceFilter>('all');
  return useMemo(() => {
    const shown = shownFaces(faces, sort, filter);
    return { sort, filter, faces, shown, shownIds: shown.map((face) => face.id), setSort, setFilter };
  }, [faces, sort, filter]);
}
