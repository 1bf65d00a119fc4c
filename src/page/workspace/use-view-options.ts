import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import type { StageHandle, StageView } from '#face-canvas/index.ts';
import type { FaceId } from '#shared/face.ts';

/** How the stage is looked at: what its toolbar and the keys change. */
export type ViewOptions = {
  readonly stage: RefObject<StageHandle | null>;
  readonly view: StageView;
  readonly setView: (view: StageView) => void;
  readonly labelsShown: boolean;
  readonly setLabelsShown: (shown: boolean) => void;
  readonly boxesHidden: boolean;
  readonly setBoxesHidden: (hidden: boolean) => void;
  readonly zoomToFace: (id: FaceId) => void;
};

/** Holds the view's options for as long as the table is there, also across pictures. */
export function useViewOptions(): ViewOptions {
  const stage = useRef<StageHandle>(null);
  const [view, setView] = useState<StageView>({ scale: 1, isFit: true, longSide: undefined, isFilled: false });
  const [labelsShown, setLabelsShown] = useState(true);
  const [boxesHidden, setBoxesHidden] = useState(false);
  const zoomToFace = useCallback((id: FaceId) => stage.current?.zoomToBox(id), []);
  return useMemo(
    () => ({ stage, view, setView, labelsShown, setLabelsShown, boxesHidden, setBoxesHidden, zoomToFace }),
    [view, labelsShown, boxesHidden, zoomToFace],
  );
}
