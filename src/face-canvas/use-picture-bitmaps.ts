import { useEffect, useLayoutEffect, useState } from 'react';
import type { Size } from '#domain/geometry/spaces.ts';
import { decodePicture, PictureBitmaps } from './picture-bitmaps.ts';
import type { StageScene } from './stage-scene.ts';

export type PictureState = 'loading' | 'shown' | 'failed';

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
    const abort = new AbortController();
    let bitmaps: PictureBitmaps | undefined;
    void decodePicture(blob, { width, height }, abort.signal).then((decoded) => {
      if (!decoded.ok) {
        if (decoded.error === 'undecodable') setSettled({ blob, state: 'failed' });
        return;
      }
      const shown = () => {
        scene.bitmapsChanged();
        setSettled((before) => (before?.blob === blob && before.state === 'shown' ? before : { blob, state: 'shown' }));
      };
      const failed = () => setSettled({ blob, state: 'failed' });
      bitmaps = new PictureBitmaps(decoded.value, { width, height }, shown, failed);
      scene.setBitmaps(bitmaps);
    });
    return () => {
      abort.abort();
      bitmaps?.dispose();
    };
  }, [scene, blob, width, height]);
  return settled?.blob === blob ? settled.state : 'loading';
}
