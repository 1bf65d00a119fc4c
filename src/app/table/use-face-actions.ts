import { Copy, Download, WandSparkles, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import type { Face, FaceId } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { openCrop } from '#features/export/export-store.ts';
import type { FaceAction } from '#features/face-list/face-actions.tsx';
import { openKolors } from '#features/kolors/kolors-store.ts';
import { copyText } from '#lib/clipboard.ts';
import { addNotice, type Picture } from '#lib/work-store.ts';

/** Quick actions of the primary face, which `engine` found. `size` is the space of the faces' boxes, in pixels. */
export function useFaceActions(
  engine: EngineName,
  picture: Picture,
  size: Size,
  zoomToFace: (id: FaceId) => void,
  /** False where the page offers Kolors in a place of its own. */
  offersKolors: boolean,
): readonly FaceAction[] {
  return useMemo(
    () => [
      ...(offersKolors
        ? [
            {
              id: 'use-for-kolors',
              label: 'Use for Kolors',
              icon: WandSparkles,
              primary: true,
              onRun: (face: Face) => openKolors({ picture, face, size, engine }),
            },
          ]
        : []),
      { id: 'zoom', label: 'Zoom to face', icon: ZoomIn, onRun: (face: Face) => zoomToFace(face.id) },
      {
        id: 'save-crop',
        label: 'Save crop',
        icon: Download,
        onRun: (face: Face) => openCrop({ picture, face, size }),
      },
      {
        id: 'copy-bounds',
        label: 'Copy bounds',
        icon: Copy,
        onRun: (face: Face) => void copyBounds(face),
      },
    ],
    [engine, picture, size, zoomToFace, offersKolors],
  );
}

async function copyBounds(face: Face): Promise<void> {
  const { x, y, width, height } = face.rawBound;
  const copied = await copyText(JSON.stringify({ x, y, width, height }));
  if (!copied) {
    addNotice({
      title: 'The bounds could not be copied',
      text: 'The browser did not allow it. The Face tab shows them, to select and copy by hand.',
    });
  }
}
