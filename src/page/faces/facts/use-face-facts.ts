import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { type FaceFact, factsOf } from '../model/face-facts.ts';
import { type FactSource, followSharpness, knownSharpness } from './sharpness-store.ts';

export type { FactSource } from './sharpness-store.ts';

/** What the facts of a picture's faces come from. `size`: the space of their boxes, in pixels. */
export function useFactSource({ blob, sha256, handedOver, size: ownSize }: Picture, size: Size): FactSource {
  const { width, height } = size;
  const fileWidth = (handedOver?.size ?? ownSize).width;
  return useMemo(
    () => ({ key: sha256, blob, frame: { size: { width, height }, scale: fileWidth / width } }),
    [sha256, blob, width, height, fileWidth],
  );
}

/** What is known of a face. Whoever asks has it measured, which takes a moment. */
export function useFaceFacts(face: Face, source: FactSource): readonly FaceFact[] {
  const subscribe = useCallback((listener: () => void) => followSharpness(source, face, listener), [source, face]);
  const sharpness = useSyncExternalStore(subscribe, () => knownSharpness(source, face));
  return useMemo(() => factsOf(face, source.frame, sharpness), [face, source, sharpness]);
}

/** What is known of each of these faces. How sharp those are that nobody looks at is measured only while `isNeeded`. */
export function useFactsOfAll(
  faces: readonly Face[],
  source: FactSource,
  isNeeded: boolean,
): (face: Face) => readonly FaceFact[] {
  const { subscribe, read } = useMemo(() => followAll(isNeeded ? faces : [], source), [faces, source, isNeeded]);
  const sharpness = useSyncExternalStore(subscribe, read);
  return useMemo(() => (face) => factsOf(face, source.frame, sharpness.get(face)), [source, sharpness]);
}

/** The sharpness of many faces as one value, which is another one when one of them is known better. */
function followAll(faces: readonly Face[], source: FactSource) {
  let isStale = true;
  let known: ReadonlyMap<Face, number> = new Map();
  return {
    subscribe: (listener: () => void) => {
      // What became known since it was read last.
      isStale = true;
      const tell = () => {
        isStale = true;
        listener();
      };
      const ends = faces.map((face) => followSharpness(source, face, tell));
      return () => {
        for (const end of ends) end();
      };
    },
    read: () => {
      if (!isStale) return known;
      isStale = false;
      known = new Map(
        faces.flatMap((face) => {
          const sharpness = knownSharpness(source, face);
          return sharpness === undefined ? [] : [[face, sharpness]];
        }),
      );
      return known;
    },
  };
}
