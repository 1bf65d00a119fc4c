import type { Face } from '#domain/face.ts';
import { primaryOf } from '#domain/selection.ts';
import { setExportMenuOpen } from '#features/export/export-store.ts';
import type { FaceAction, OpenFaceMenu } from '#features/face-list/face-actions.tsx';
import type { FaceView } from '#features/face-list/face-view.ts';
import { goToTyped } from '#features/face-list/go-to-typed.ts';
import { startPresenting } from '#features/present/present-store.ts';
import { currentSelection, selectionStore } from '#lib/selection-store.ts';
import type { PressCommand } from '#lib/shortcuts.ts';
import { useShortcuts } from '#lib/use-shortcuts.ts';
import { stepPicture } from '#lib/work-store.ts';
import { useFaceMenuKey } from './use-face-menu-key.ts';
import type { ViewOptions } from './use-view-options.ts';
import { walkFaces } from './walk-faces.ts';

/** One press of the zoom keys changes the scale by this factor, as the toolbar's buttons do. */
const ZOOM_STEP = 1.25;

/** What every shortcut does on the table. Walking follows the order that the list shows. */
export function useTableShortcuts({
  view: { shown, shownIds },
  faces,
  actions,
  options,
  onFaceMenu,
  onHelp,
}: {
  view: FaceView;
  faces: readonly Face[];
  actions: readonly FaceAction[];
  options: ViewOptions;
  onFaceMenu: OpenFaceMenu;
  onHelp: () => void;
}): void {
  const { stage, labelsShown, setLabelsShown, setBoxesHidden } = options;
  const select = (face: Face | undefined) => {
    if (face !== undefined) selectionStore.getState().select(face.id);
  };
  const primaryFace = () => {
    const primary = primaryOf(currentSelection(selectionStore.getState()));
    return faces.find(({ id }) => id === primary);
  };
  const runAction = (command: PressCommand) => {
    const face = primaryFace();
    if (face !== undefined) actions.find((action) => action.command === command)?.onRun(face);
  };
  useFaceMenuKey(primaryFace, onFaceMenu);
  useShortcuts({
    'pick-face': (digit) => goToTyped(digit, faces),
    'previous-face': () => walkFaces(shownIds, -1),
    'next-face': () => walkFaces(shownIds, 1),
    'first-face': () => select(shown[0]),
    'last-face': () => select(shown.at(-1)),
    'use-for-kolors': () => runAction('use-for-kolors'),
    'zoom-to-face': () => runAction('zoom-to-face'),
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
