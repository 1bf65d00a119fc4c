import type { RefObject } from 'react';
import { type StageHandle, StageToolbar, type StageView } from '#face-canvas/index.ts';
import { PhoneTools } from './phone-tools.tsx';
import { useLayout } from './use-layout.ts';

type StageToolsProps = {
  readonly stage: RefObject<StageHandle | null>;
  readonly view: StageView;
  readonly canZoomToFace: boolean;
  readonly onZoomToFace: () => void;
  readonly labelsShown: boolean;
  readonly onLabelsShown: (shown: boolean) => void;
  readonly boxesHidden: boolean;
  readonly onBoxesHidden: (hidden: boolean) => void;
};

/** The view's buttons over a stage of check mode: on a phone those that fingers need, elsewhere the whole toolbar. */
export function StageTools({
  stage,
  view,
  canZoomToFace,
  onZoomToFace,
  labelsShown,
  onLabelsShown,
  boxesHidden,
  onBoxesHidden,
}: StageToolsProps) {
  return useLayout() === 'phone' ? (
    <PhoneTools
      isFit={view.isFit}
      canZoomToFace={canZoomToFace}
      boxesHidden={boxesHidden}
      onFit={() => stage.current?.fit()}
      onZoomToFace={onZoomToFace}
      onBoxesHidden={onBoxesHidden}
    />
  ) : (
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
  );
}
