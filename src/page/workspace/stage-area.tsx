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
  children,
}: StageAreaProps) {
  const primary = primaryOf(useSelection());
  const boxes = useMemo(() => boxesOf(faces), [faces]);
  const openMenu = (id: BoxId, at: { readonly x: number; readonly y: number }) => {
    const face = faces.find((each) => each.id === id);
    if (face !== undefined) onFaceMenu(face, at);
  };
  const { stage, view, setView, labelsShown, setLabelsShown, boxesHidden, setBoxesHidden, zoomToFace } = options;
  return (
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
      />
      <StageWarnings
        warnings={[...picture.warnings, ...warnings]}
        onUploadInstead={picture.origin.kind === 'link' ? () => uploadInstead(picture) : undefined}
      />
      {isCovered ? null : (
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
