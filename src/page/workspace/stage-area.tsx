import clsx from 'clsx';
import { type ReactNode, useMemo } from 'react';
import { type BoxId, Stage, StageToolbar } from '#face-canvas/index.ts';
import type { OpenFaceMenu } from '#page/faces/list/face-actions.tsx';
import { uploadInstead } from '#page/pictures/intake/import-items.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Face, FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { primaryOf } from '#shared/selection.ts';
import { boxesOf, stageLayout, stageSelection } from './stage-selection.ts';
import { StageWarnings } from './stage-warnings.tsx';
import { useStageHint } from './use-stage-hint.ts';
import type { ViewOptions } from './use-view-options.ts';

/** From this many faces on, the others step back while one is selected. */
const DIM_FROM_FACES = 20;

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
  const hasWarnings = warnings.length > 0;
  return (
    // Takes the focus from a click on the picture, so that the keys which mean all faces are meant for them.
    <section
      id="stage"
      tabIndex={-1}
      aria-label="Stage"
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
