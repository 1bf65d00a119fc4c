import { Copy, Crop, Download, Hash, Image, Link, WandSparkles, ZoomIn } from 'lucide-react';
import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import type { DetectionResult } from '#page/detection/detect-faces.ts';
import { openCrop } from '#page/export/export-questions.ts';
import type { FaceAction } from '#page/faces/list/face-actions.tsx';
import type { Picture } from '#page/pictures/work-store.ts';
import { openKolors } from '#page/place/modes.ts';
import type { FaceId } from '#shared/face.ts';
import { type CopiedThing, copyActions } from './copy-actions.ts';

const COPY_ICONS: Readonly<Record<CopiedThing, FaceAction['icon']>> = {
  crop: Crop,
  'annotated-picture': Image,
  bounds: Copy,
  'face-no': Hash,
  'crop-link': Link,
  'picture-link': Link,
};

/** Everything to do with a face that `engine` found: behind the card, the menu and the keys. */
export function useFaceActions(
  engine: EngineName,
  picture: Picture,
  /** What was found, once it is. */
  result: DetectionResult | undefined,
  zoomToFace: (id: FaceId) => void,
  /** False where the page offers Kolors in a place of its own. */
  kolorsOnCard: boolean,
): readonly FaceAction[] {
  return useMemo(() => {
    if (result === undefined) return [];
    const { size } = result.detection;
    return [
      {
        id: 'use-for-kolors',
        label: ({ faceNo }) => `Use face ${faceNo} for Kolors`,
        icon: WandSparkles,
        ...(kolorsOnCard ? { onCard: { words: 'Use for Kolors' } } : {}),
        command: 'use-for-kolors',
        group: 'use',
        onRun: (face) => openKolors({ kind: 'found', picture, face, size, engine }),
      },
      {
        id: 'zoom',
        label: 'Zoom to face',
        icon: ZoomIn,
        onCard: 'icon',
        command: 'zoom-to-face',
        group: 'use',
        onRun: (face) => zoomToFace(face.id),
      },
      {
        id: 'save-crop',
        label: 'Save crop',
        icon: Download,
        onCard: 'icon',
        group: 'use',
        onRun: (face) => openCrop({ picture, face, size }),
      },
      ...copyActions(picture, result.detection, result.imageReference).map(
        ({ id, ...action }): FaceAction => ({
          ...action,
          id: `copy-${id}`,
          icon: COPY_ICONS[id],
          ...(id === 'bounds' ? { onCard: 'icon' } : {}),
          group: 'copy',
        }),
      ),
    ];
  }, [engine, picture, result, zoomToFace, kolorsOnCard]);
}
