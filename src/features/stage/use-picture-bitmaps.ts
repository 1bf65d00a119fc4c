import { useEffect, useLayoutEffect, useState } from 'react';
import type { Size } from '#domain/geometry/spaces.ts';
import { decodePicture, PictureBitmaps } from './picture-bitmaps.ts';
import type { StageScene } from './stage-scene.ts';

export type PictureState = 'loading' | 'shown' | 'failed';

/** Decodes the picture for the scene. A new address never shows the old picture, and a late one is closed unseen. */
export function usePictureBitmaps(scene: StageScene | undefined, url: string, size: Size): PictureState {
  const { width, height } = size;
  const [settled, setSettled] = useState<{ readonly url: string; readonly state: PictureState }>();
  // Before the next painting, so that the boxes of one picture are never seen on another.
  useLayoutEffect(() => {
    void url;
    return () => scene?.setBitmaps(undefined);
  }, [scene, url]);
  useEffect(() => {
    if (scene === undefined) return;
    const abort = new AbortController();
    let bitmaps: PictureBitmaps | undefined;
    void decodePicture(url, abort.signal).then((decoded) => {
      if (!decoded.ok) {
        if (decoded.error === 'undecodable') setSettled({ url, state: 'failed' });
        return;
      }
      const shown = () => {
        scene.bitmapsChanged();
        setSettled((before) => (before?.url === url && before.state === 'shown' ? before : { url, state: 'shown' }));
      };
      const failed = () => setSettled({ url, state: 'failed' });
      bitmaps = new PictureBitmaps(decoded.value, { width, height }, shown, failed);
      scene.setBitmaps(bitmaps);
    });
    return () => {
      abort.abort();
      bitmaps?.dispose();
    };
  }, [scene, url, width, height]);
  return settled?.url === url ? settled.state : 'loading';
}
