import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { statusMessage } from '#page/detection/status-message.ts';
import { useSelection } from '#page/pictures/selection-store.ts';
import type { Face } from '#shared/face.ts';
import { formatFaceCount } from '#shared/format-measures.ts';
import { primaryOf } from '#shared/selection.ts';

/** Says once, politely, what a sighted person sees happen: progress, the result, the selection. */
export function LiveRegion({ detection, faces }: { detection: PictureDetection; faces: readonly Face[] }) {
  const selection = useSelection();
  const primary = faces.find((face) => face.id === primaryOf(selection));
  return (
    <>
      <p role="status" className="sr-only">
        {detection.state === 'done' ? `${formatFaceCount(faces.length)} found` : statusMessage(detection)}
      </p>
      <p aria-live="polite" className="sr-only">
        {primary !== undefined &&
          (selection.ids.length === 1
            ? `Face ${primary.faceNo} selected`
            : `${selection.ids.length} faces selected, face ${primary.faceNo} is the primary one`)}
      </p>
    </>
  );
}
