import { Copy, Download, WandSparkles, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import type { Face, FaceId } from '#domain/face.ts';
import type { DetectionResult } from '#features/detection/detect-faces.ts';
import { openCrop } from '#features/export/export-store.ts';
import type { FaceAction } from '#features/face-list/face-actions.tsx';
import { openKolors } from '#features/kolors/kolors-store.ts';
import type { Picture } from '#lib/work-store.ts';
import { copyMenu } from './copy-menu.ts';

/** Quick actions of the primary face, which `engine` found. */
export function useFaceActions(
  engine: EngineName,
  picture: Picture,
  /** What was found, once it is. */
  result: DetectionResult | undefined,
  zoomToFace: (id: FaceId) => void,
  /** False where the page offers Kolors in a place of its own. */
  offersKolors: boolean,
): readonly FaceAction[] {
  const size = result?.detection.size ?? picture.size;
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
      ...(result === undefined
        ? []
        : [
            {
              id: 'copy',
              label: 'Copy…',
              icon: Copy,
              menu: copyMenu(picture, result.detection, result.imageReference),
            },
          ]),
    ],
    [engine, picture, result, size, zoomToFace, offersKolors],
  );
}
