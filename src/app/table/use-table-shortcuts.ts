import type { Face } from '#domain/face.ts';
import { primaryOf } from '#domain/selection.ts';
import { setExportMenuOpen } from '#features/export/export-store.ts';
import type { FaceView } from '#features/face-list/face-view.ts';
import { startPresenting } from '#features/present/present-store.ts';
import { currentSelection, selectionStore } from '#lib/selection-store.ts';
import { useShortcuts } from '#lib/use-shortcuts.ts';
import { stepPicture } from '#lib/work-store.ts';
import type { ViewOptions } from './use-view-options.ts';
import { walkFaces } from './walk-faces.ts';

/** One press of the zoom keys changes the scale by this factor, as the toolbar's buttons do. */
const ZOOM_STEP = 1.25;

/** What every shortcut does on the table. Walking follows the order that the list shows. */
export function useTableShortcuts({
  view: { shown, shownIds },
  faces,
  options,
  onUseForKolors,
  onHelp,
}: {
  view: FaceView;
  faces: readonly Face[];
  options: ViewOptions;
  onUseForKolors: (face: Face) => void;
  onHelp: () => void;
}): void {
  const { stage, labelsShown, setLabelsShown, setBoxesHidden } = options;
  const select = (face: Face | undefined) => {
    if (face !== undefined) selectionStore.getState().select(face.id);
  };
  useShortcuts({
    'pick-face': (faceNo) => select(faces.find((face) => face.faceNo === faceNo)),
    'previous-face': () => walkFaces(shownIds, -1),
    'next-face': () => walkFaces(shownIds, 1),
    'first-face': () => select(shown[0]),
    'last-face': () => select(shown.at(-1)),
    'use-for-kolors': () => {
      const primary = primaryOf(currentSelection(selectionStore.getState()));
      const face = faces.find(({ id }) => id === primary);
      if (face !== undefined) onUseForKolors(face);
    },
    'zoom-to-face': () => {
      const primary = primaryOf(currentSelection(selectionStore.getState()));
      if (primary !== undefined) options.zoomToFace(primary);
    },
    fit: () => stage.current?.fit(),
    'zoom-in': () => stage.current?.zoomBy(ZOOM_STEP),
    'zoom-out': () => stage.current?.zoomBy(1 / ZOOM_STEP),
    'hide-boxes': setBoxesHidden,
    'toggle-labels': () => setLabelsShown(!labelsShown),
    'previous-picture': () => stepPicture(-1),
    'next-picture': () => stepPicture(1),
    export: () => setExportMenuOpen(true),
    present: startPresenting,
    help: onHelp,
    out: () => selectionStore.getState().clear(),
  });
}
