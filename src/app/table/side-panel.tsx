import type { AppConfig } from '#contract/app-config.ts';
import type { FaceId } from '#domain/face.ts';
import type { EngineSession } from '#features/detection/engine-session.ts';
import type { PictureDetection } from '#features/detection/use-picture-detection.ts';
import { FaceList } from '#features/face-list/face-list.tsx';
import type { FaceView } from '#features/face-list/face-view.ts';
import type { Picture } from '#lib/work-store.ts';
import { cropHref } from './crop-href.ts';
import { useFaceActions } from './use-face-actions.ts';

type SidePanelProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly picture: Picture;
  readonly detection: PictureDetection;
  readonly faceView: FaceView;
  readonly zoomToFace: (id: FaceId) => void;
  readonly isSheet: boolean;
};

/** Faces above, inspector below; in the sheet of a phone one after the other. */
export function SidePanel({ picture, detection, faceView, zoomToFace, isSheet }: SidePanelProps) {
  const result = detection.state === 'done' ? detection.result : undefined;
  const size = result?.detection.size ?? picture.size;
  const actions = useFaceActions(picture, size, zoomToFace);
  const source = { pictureUrl: picture.url, cropHref };
  return (
    <div className="flex h-full flex-col bg-panel">
      {result !== undefined && (
        <FaceList
          faces={result.detection.faces}
          unreadable={result.detection.unreadable}
          size={size}
          view={faceView}
          source={source}
          actions={actions}
          layout={isSheet ? 'roomy' : 'compact'}
        />
      )}
    </div>
  );
}
