import { Columns2, Copy, Share, UserRoundX } from 'lucide-react';
import { useMemo } from 'react';
import type { EngineName } from '#contract/routes.ts';
import type { DetectionResult } from '#page/detection/detect-faces.ts';
import { openCover } from '#page/export/export-questions.ts';
import { MOST_COMPARED } from '#page/faces/compare/compare-dialog.tsx';
import type { SelectionAction } from '#page/faces/list/selection-bar.tsx';
import type { Picture } from '#page/pictures/work-store.ts';
import { openExportMenu } from '#page/place/modes.ts';
import type { Face } from '#shared/face.ts';
import { copyBoundsOf } from './copy-actions.ts';

/** What can be done with several selected faces of a picture: behind the list's header and the menu of a face. */
export function useSelectionActions(
  engine: EngineName,
  picture: Picture,
  /** What was found, once it is. */
  result: DetectionResult | undefined,
  compare: (faces: readonly Face[]) => void,
): readonly SelectionAction[] {
  return useMemo(() => {
    if (result === undefined) return [];
    const { detection, exchange, imageReference } = result;
    return [
      {
        id: 'export',
        label: 'Export these',
        icon: Share,
        inHeader: 'words',
        onRun: () => openExportMenu('these'),
      },
      {
        id: 'blur-others',
        label: 'Blur all but these',
        icon: UserRoundX,
        inHeader: 'words',
        refusal: (count) => (count === detection.faces.length ? 'No other face was found' : undefined),
        onRun: (faces) =>
          openCover({
            items: [{ picture, engine, detection, exchange, imageReference }],
            options: {
              names: false,
              obscureWith: 'blur',
              clear: new Set(faces.map(({ id }) => id)),
              pixels: 'original',
            },
          }),
      },
      {
        id: 'compare',
        label: 'Compare crops',
        icon: Columns2,
        inHeader: 'icon',
        refusal: (count) => (count > MOST_COMPARED ? `Up to ${MOST_COMPARED} can be compared` : undefined),
        onRun: compare,
      },
      {
        id: 'copy-bounds',
        label: 'Copy bounds of these',
        icon: Copy,
        inHeader: 'icon',
        onRun: copyBoundsOf,
      },
    ];
  }, [engine, picture, result, compare]);
}
