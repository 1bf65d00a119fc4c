import { useEffect, useLayoutEffect, useState } from 'react';
import type { Size } from '#shared/geometry/spaces.ts';
import { PictureBitmaps, type PictureProblem } from './picture-bitmaps.ts';
import type { StageScene } from './stage-scene.ts';

export type PictureState = 'loading' | 'shown' | PictureProblem;

/** Decodes the picture for the scene. A new one never shows the old picture, and a late one is closed unseen. */
export function usePictureBitmaps(scene: StageScene | undefined, blob: Blob, size: Size): PictureState {
  const { width, height } = size;
  const [settled, setSettled] = useState<{ readonly blob: Blob; readonly state: PictureState }>();
  // Before the next painting, so that the boxes of one picture are never seen on another.
  useLayoutEffect(() => {
    void blob;
    return () => scene?.setBitmaps(undefined);
  }, [scene, blob]);
  useEffect(() => {
    if (scene === undefined) return;
    const shown = () => {
      scene.bitmapsChanged();
      setSettled((before) => (before?.blob === blob && before.state === 'shown' ? before : { blob, state: 'shown' }));
    };
    const failed = (state: PictureProblem) => setSettled({ blob, state });
    const bitmaps = new PictureBitmaps(blob, { width, height }, shown, failed);
    scene.setBitmaps(bitmaps);
    return () => bitmaps.dispose();
  }, [scene, blob, width, height]);
  return settled?.blob === blob ? settled.state : 'loading';
}
