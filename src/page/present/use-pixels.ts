import { useEffect, useMemo, useState } from 'react';
import type { ObscureKind } from '#page/painting/model/obscure-plan.ts';
import { coveredPixels, picturePixels } from '#page/painting/picture-pixels.ts';
import type { Face, FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** The pixels that an audience sees; undefined while the picture is read. Those of another picture are never shown. */
export function usePixels(
  url: string,
  size: Size,
  faces: readonly Face[],
  clear: ReadonlySet<FaceId>,
  cover: ObscureKind | undefined,
): OffscreenCanvas | undefined {
  const [read, setRead] = useState<{ readonly url: string; readonly pixels: OffscreenCanvas }>();
  useEffect(() => {
    let wanted = true;
    picturePixels(url).then(
      (pixels) => {
        if (wanted) setRead({ url, pixels });
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [url]);
  const plain = read?.url === url ? read.pixels : undefined;
  return useMemo(
    () => (plain === undefined || cover === undefined ? plain : coveredPixels(plain, size, faces, clear, cover)),
    [plain, size, faces, clear, cover],
  );
}
