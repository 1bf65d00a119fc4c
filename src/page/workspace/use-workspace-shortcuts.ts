import { ZOOM_STEP } from '#face-canvas/index.ts';
import type { FaceAction, OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import type { FaceView } from '#page/faces/list/face-view.ts';
import { goToTyped } from '#page/faces/list/go-to-typed.ts';
import type { PressCommand } from '#page/keyboard/shortcuts.ts';
import { useShortcuts } from '#page/keyboard/use-shortcuts.ts';
import { currentSelection, selectionStore } from '#page/pictures/selection-store.ts';
import { stepPicture } from '#page/pictures/work-store.ts';
import { setExportMenuOpen } from '#page/place/modes.ts';
import type { Face } from '#shared/face.ts';
import { primaryOf } from '#shared/selection.ts';
import { useFaceMenuKey } from './use-face-menu-key.ts';
import { useSelectAllKey } from './use-select-all-key.ts';
import type { ViewOptions } from './use-view-options.ts';
import { walkFaces, walkOn } from './walk-faces.ts';

/** What the shortcuts of the table do; a key that has a button elsewhere is there. Walking follows the list's order. */
export function useWorkspaceShortcuts({
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
  useSelectAllKey(shownIds);
  useShortcuts({
    'pick-face': (digit) => goToTyped(digit, faces),
    'previous-face': () => walkFaces(shownIds, -1),
    'next-face': (press) => walkOn(shownIds, press),
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
    help: onHelp,
    out: () => selectionStore.getState().clear(),
  });
}
