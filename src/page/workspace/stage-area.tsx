import clsx from 'clsx';
import { type ReactNode, useMemo } from 'react';
import { type BoxId, Stage, StageToolbar } from '#face-canvas/index.ts';
import type { OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import { isMenuKey } from '#page/keyboard/shortcuts.ts';
import { uploadInstead } from '#page/pictures/intake/import-items.ts';
import { selectionStore, useSelection } from '#page/pictures/selection-store.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { stageLayout } from '#page/ui/stage-layout.ts';
import { useLongPress } from '#page/ui/use-long-press.ts';
import type { Face, FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { primaryOf } from '#shared/selection.ts';
import type { OpenPictureMenu } from './picture-menu.tsx';
import { boxesOf, stageSelection } from './stage-selection.ts';
import { StageWarnings } from './stage-warnings.tsx';
import { useStageHint } from './use-stage-hint.ts';
import type { ViewOptions } from './use-view-options.ts';

/** From this many faces on, the others step back while one is selected. */
const DIM_FROM_FACES = 20;

/** The picture and its mat, and not what lies over them, such as buttons and text that can be selected. */
const isOfPicture = (target: Element): boolean =>
  target.id === 'stage' || target.closest('#stage > [role="img"]') !== null;

type StageAreaProps = {
  readonly picture: Picture;
  readonly size: Size;
  readonly faces: readonly Face[];
  /** False while nobody knows whether there are faces. */
  readonly hasAnswer: boolean;
  /** The faces that the list shows. */
  readonly listed: readonly FaceId[];
  readonly warnings: readonly string[];
  readonly options: ViewOptions;
  readonly onFaceMenu: OpenFaceMenu;
  readonly onPictureMenu: OpenPictureMenu;
  /** True while what lies over the stage leaves nothing of it to use. */
  readonly isCovered: boolean;
  /** True while the toolbar is folded away for want of room. */
  readonly isToolbarAway: boolean;
  /** What lies over the stage while there is no result. */
  readonly children: ReactNode;
};

/** The stage with its toolbar, its warnings, and what lies over it. */
export function StageArea({
  picture,
  size,
  faces,
  hasAnswer,
  listed,
  warnings,
  options,
  onFaceMenu,
  onPictureMenu,
  isCovered,
  isToolbarAway,
  children,
}: StageAreaProps) {
  const primary = primaryOf(useSelection());
  const boxes = useMemo(() => boxesOf(faces), [faces]);
  const openMenu = (id: BoxId, at: { readonly x: number; readonly y: number }) => {
    const face = faces.find((each) => each.id === id);
    if (face !== undefined) onFaceMenu(face, at);
  };
  const { stage, view, setView, labelsShown, setLabelsShown, boxesHidden, setBoxesHidden, zoomToFace } = options;
  const { hint, onPlainWheel } = useStageHint(picture, size, faces);
  // Where there is a face, the finger has begun a selection of several by now.
  const longPress = useLongPress((target, at) => {
    const isMenu = isOfPicture(target) && !selectionStore.getState().multiSelectMode;
    if (isMenu) onPictureMenu(picture.id, at);
    return isMenu;
  });
  const hasWarnings = warnings.length > 0;
  return (
    // Takes the focus from a click on the picture, so that the keys which mean all faces are meant for them.
    <section
      id="stage"
      tabIndex={-1}
      aria-label="Stage"
      {...longPress}
      // Where there is no box: its own menu comes first.
      onContextMenu={(event) => {
        if (event.defaultPrevented || !(event.target instanceof Element) || !isOfPicture(event.target)) return;
        event.preventDefault();
        onPictureMenu(picture.id, { x: event.clientX, y: event.clientY });
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || primary !== undefined || !isMenuKey(event)) return;
        event.preventDefault();
        const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
        onPictureMenu(picture.id, { x: left + width / 2, y: top + height / 2 });
      }}
      className="absolute inset-0 overflow-hidden bg-mat -outline-offset-2"
    >
      <Stage
        key={picture.id}
        ref={stage}
        pictureBlob={picture.blob}
        pictureName={picture.name}
        size={size}
        boxes={boxes}
        hasAnswer={hasAnswer}
        selection={stageSelection}
        layout={stageLayout}
        listed={listed}
        dimOthers={faces.length >= DIM_FROM_FACES && primary !== undefined}
        labelsShown={labelsShown}
        boxesHidden={boxesHidden}
        onViewChange={setView}
        onBoxMenu={openMenu}
        onPlainWheel={onPlainWheel}
      />
      <p
        role="status"
        className={clsx(
          'pointer-events-none absolute left-1/2 z-20 w-max max-w-[calc(100%-1.5rem)] -translate-x-1/2 rounded-full border border-line bg-panel px-3.5 py-1.5 text-center text-[0.8125rem] text-balance text-ink shadow-float',
          hasWarnings ? 'bottom-28' : 'top-3',
          hint === undefined && 'sr-only',
        )}
      >
        {hint}
      </p>
      <StageWarnings
        warnings={warnings}
        onUploadInstead={picture.origin.kind === 'link' ? () => uploadInstead(picture) : undefined}
      />
      {isCovered || isToolbarAway ? null : (
        <StageToolbar
          stage={stage}
          view={view}
          labelsShown={labelsShown}
          boxesHidden={boxesHidden}
          canZoomToFace={primary !== undefined}
          onZoomToFace={() => {
            if (primary !== undefined) zoomToFace(primary);
          }}
          onLabelsShownChange={setLabelsShown}
          onBoxesHiddenChange={setBoxesHidden}
        />
      )}
      {children}
    </section>
  );
}
