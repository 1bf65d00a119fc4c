import { type ReactNode, type RefObject, useState } from 'react';
import {
  Stage,
  type StageBox,
  type StageHandle,
  type StageLayout,
  StageToolbar,
  type StageView,
} from '#face-canvas/index.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { PHONE, SHORT } from '#page/ui/phone.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { compareSelection } from './compare-place.ts';

const stageLayout = (): StageLayout =>
  matchMedia(PHONE).matches ? 'phone' : matchMedia(SHORT).matches ? 'short' : 'desk';

type CompareStageProps = {
  /** "Stage, 10 matched, 2 missed, 2 false". */
  readonly label: string;
  readonly picture: Picture;
  /** The space of the boxes, in pixels. */
  readonly size: Size;
  readonly boxes: readonly StageBox[];
  readonly stage: RefObject<StageHandle | null>;
  readonly labelsShown: boolean;
  readonly onLabelsShown: (shown: boolean) => void;
  readonly boxesHidden: boolean;
  readonly onBoxesHidden: (hidden: boolean) => void;
  readonly canZoomToFace: boolean;
  readonly onZoomToFace: () => void;
  /** What lies over the picture: the legend above it, or a sentence. */
  readonly children: ReactNode;
};

/** The picture with the boxes of both sides; the legend lies above it, on the mat. */
export function CompareStage({
  label,
  picture,
  size,
  boxes,
  stage,
  labelsShown,
  onLabelsShown,
  boxesHidden,
  onBoxesHidden,
  canZoomToFace,
  onZoomToFace,
  children,
}: CompareStageProps) {
  const [view, setView] = useState<StageView>({ scale: 1, isFit: true, longSide: undefined, isFilled: false });
  return (
    <section
      id="stage"
      tabIndex={-1}
      aria-label={label}
      className="absolute inset-0 overflow-hidden bg-mat -outline-offset-2"
    >
      <div className="absolute inset-x-0 top-16 bottom-0">
        <Stage
          key={picture.id}
          ref={stage}
          pictureBlob={picture.blob}
          pictureName={picture.name}
          size={size}
          boxes={boxes}
          // How many boxes of which kind there are is the section's name: here truth would count as faces.
          hasAnswer={false}
          selection={compareSelection}
          layout={stageLayout}
          dimOthers={false}
          labelsShown={labelsShown}
          boxesHidden={boxesHidden}
          onViewChange={setView}
        />
      </div>
      <StageToolbar
        stage={stage}
        view={view}
        labelsShown={labelsShown}
        boxesHidden={boxesHidden}
        canZoomToFace={canZoomToFace}
        onZoomToFace={onZoomToFace}
        onLabelsShownChange={onLabelsShown}
        onBoxesHiddenChange={onBoxesHidden}
      />
      {children}
    </section>
  );
}
