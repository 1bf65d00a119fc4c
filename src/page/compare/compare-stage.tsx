import { type ReactNode, type RefObject, useState } from 'react';
import { Stage, type StageBox, type StageHandle, type StageView } from '#face-canvas/index.ts';
import { StageTools } from '#page/check/index.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { bareStageLayout } from '#page/ui/stage-layout.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { compareSelection } from './compare-place.ts';

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
  /** Above the picture: what its lines mean. */
  readonly legend: ReactNode;
  /** What lies over the picture: why it cannot be compared. */
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
  legend,
  children,
}: CompareStageProps) {
  const [view, setView] = useState<StageView>({ scale: 1, isFit: true, longSide: undefined, isFilled: false });
  return (
    <StageSection label={label} head={legend}>
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
        layout={bareStageLayout}
        dimOthers={false}
        labelsShown={labelsShown}
        boxesHidden={boxesHidden}
        onViewChange={setView}
      />
      <StageTools
        stage={stage}
        view={view}
        canZoomToFace={canZoomToFace}
        onZoomToFace={onZoomToFace}
        labelsShown={labelsShown}
        onLabelsShown={onLabelsShown}
        boxesHidden={boxesHidden}
        onBoxesHidden={onBoxesHidden}
      />
      {children}
    </StageSection>
  );
}

type StageSectionProps = {
  /** Accessible name, which tells what the stage shows. */
  readonly label: string;
  /** Above the picture, so that nothing of it lies under it. */
  readonly head: ReactNode;
  readonly children: ReactNode;
};

/** The stage of a comparison: what it shows is chosen in its first line, which reaches from side to side on a phone. */
export const StageSection = ({ label, head, children }: StageSectionProps) => (
  <section
    id="stage"
    tabIndex={-1}
    aria-label={label}
    className="absolute inset-0 flex flex-col overflow-hidden bg-mat -outline-offset-2"
  >
    <div className="@container z-10 flex shrink-0 justify-center px-2 pt-4 pb-1.5 phone:p-0 short:px-0 short:py-1">
      {head}
    </div>
    <div className="relative min-h-0 flex-1">{children}</div>
  </section>
);
