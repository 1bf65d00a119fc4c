import { useEffect, useState } from 'react';
import { longSideOf } from '#face-canvas/model/viewport.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { visitorStorage } from '#page/platform/browser-storage.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { useAsksForNextPicture } from './walk-faces.ts';

/** How long a word in passing stays, in milliseconds: three times what its reading takes. */
const STAYS_MS = 7_000;

/** Set once a person was told how to zoom. */
const WHEEL_KEY = 'facebound.wheel-hint';

const FILLED = {
  height: 'A tall picture, fitted to its width: scroll or drag for the rest',
  width: 'A wide picture, fitted to its height: drag for the rest',
} as const;

/**
 * What is said over the stage in passing: that a long picture is not shown whole, once how to zoom, and what a second
 * press would do. `onPlainWheel` hears of a wheel that moved nothing on the stage.
 */
export function useStageHint(
  picture: Picture,
  size: Size,
  faces: readonly Face[],
): { readonly hint: string | undefined; readonly onPlainWheel: () => void } {
  const asks = useAsksForNextPicture();
  const longSide = longSideOf({ picture: size });
  const [told, setTold] = useState<{ readonly pictureId: string; readonly text: string | undefined }>();
  // A picture that was just opened has its own word first.
  const opened = longSide === undefined ? undefined : FILLED[longSide];
  const passing = told?.pictureId === picture.id ? told.text : opened;
  useEffect(() => {
    if (passing === undefined) return;
    const timer = setTimeout(() => setTold({ pictureId: picture.id, text: undefined }), STAYS_MS);
    return () => clearTimeout(timer);
  }, [passing, picture.id]);

  const onPlainWheel = () => {
    if (visitorStorage.get(WHEEL_KEY) !== undefined) return;
    visitorStorage.set(WHEEL_KEY, 'told');
    setTold({ pictureId: picture.id, text: 'Ctrl + wheel zooms' });
  };
  const end = faces.length === 0 ? 'No face to go to.' : 'That was the last face.';
  return { hint: asks ? `${end} Press → again for the next picture` : passing, onPlainWheel };
}
