import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Face } from '#domain/face.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { primaryOf } from '#domain/selection.ts';
import { Stage, StageToolbar } from '#features/stage/index.ts';
import { useSelection } from '#lib/selection-store.ts';
import type { Picture } from '#lib/work-store.ts';
import type { ViewOptions } from './use-view-options.ts';

/** From this many faces on, the others step back while one is selected. */
const CROWD = 20;

type StageAreaProps = {
  readonly picture: Picture;
  readonly size: Size;
  readonly faces: readonly Face[];
  readonly warnings: readonly string[];
  readonly options: ViewOptions;
  readonly isPhone: boolean;
  /** What lies over the stage while there is no result. */
  readonly children: ReactNode;
};

/** The stage with its toolbar, its warnings, and what lies over it. */
export function StageArea({ picture, size, faces, warnings, options, isPhone, children }: StageAreaProps) {
  const primary = primaryOf(useSelection());
  const { stage, view, setView, labelsShown, setLabelsShown, boxesHidden, setBoxesHidden, zoomToFace } = options;
  return (
    <section aria-label="Stage" className="absolute inset-0 overflow-hidden bg-mat">
      <Stage
        key={picture.id}
        ref={stage}
        pictureUrl={picture.url}
        pictureName={picture.name}
        size={size}
        faces={faces}
        dimOthers={faces.length >= CROWD && primary !== undefined}
        labelsShown={labelsShown}
        boxesHidden={boxesHidden}
        onViewChange={setView}
      />
      {warnings.length > 0 && (
        <ul className="absolute top-3 left-3 z-10 max-w-sm space-y-2">
          {warnings.map((warning) => (
            <li
              key={warning}
              className="flex gap-2 rounded-lg border border-line bg-warn-soft px-3 py-2 text-xs text-warn shadow-float"
            >
              <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              {warning}
            </li>
          ))}
        </ul>
      )}
      {faces.length > 0 || isPhone ? (
        <StageToolbar
          stage={stage.current}
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
      ) : null}
      {children}
    </section>
  );
}
