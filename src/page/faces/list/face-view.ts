import { useMemo, useState } from 'react';
import type { Face, FaceId } from '#shared/face.ts';
import { type FactSource, useFactsOfAll } from '../facts/use-face-facts.ts';
import type { FaceFact } from '../model/face-facts.ts';
import { type FaceFilter, type FaceSort, goesBySharpness, isOffered, shownFaces } from '../model/face-order.ts';
import { type PersistedView, persistView, readPersistedView } from './persisted-view.ts';

/** Which faces are shown and in what order: the list draws it, and walking by key follows it. */
export type FaceView = {
  readonly sort: FaceSort;
  readonly filter: FaceFilter;
  /** All faces of the picture, in the order of the reply. */
  readonly faces: readonly Face[];
  readonly shown: readonly Face[];
  readonly shownIds: readonly FaceId[];
  /** What the facts of its faces come from. */
  readonly factSource: FactSource;
  /** What is known of a face so far, without having it measured. */
  readonly factsOf: (face: Face) => readonly FaceFact[];
  readonly setSort: (sort: FaceSort) => void;
  readonly setFilter: (filter: FaceFilter) => void;
};

/** Holds sort and filter across pictures and reloads of this tab. */
export function useFaceView(faces: readonly Face[], factSource: FactSource): FaceView {
  const [kept, setPersisted] = useState(readPersistedView);
  const factsOf = useFactsOfAll(faces, factSource, goesBySharpness(kept.filter));
  return useMemo(() => {
    // What was chosen for other faces is kept for those, and means nothing where no scores are told.
    const sort = isOffered(kept.sort, faces) ? kept.sort : 'reply';
    const filter = isOffered(kept.filter, faces) ? kept.filter : 'all';
    const change = (next: PersistedView) => {
      setPersisted(next);
      persistView(next);
    };
    const shown = shownFaces(faces, sort, filter, factsOf);
    return {
      sort,
      filter,
      faces,
      shown,
      shownIds: shown.map((face) => face.id),
      factSource,
      factsOf,
      setSort: (wanted) => change({ sort: wanted, filter: kept.filter }),
      setFilter: (wanted) => change({ sort: kept.sort, filter: wanted }),
    };
  }, [faces, kept, factSource, factsOf]);
}
