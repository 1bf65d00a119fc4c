import type { Face } from '#domain/face.ts';
import { primaryOf } from '#domain/selection.ts';
import type { PictureDetection } from '#features/detection/use-picture-detection.ts';
import { useSelection } from '#lib/selection-store.ts';
import { countFaces, statusWords } from './table/status-words.ts';

/** Says once, politely, what a sighted person sees happen: progress, the result, the selection. */
export function LiveRegion({ detection, faces }: { detection: PictureDetection; faces: readonly Face[] }) {
  const selection = useSelection();
  const primary = faces.find((face) => face.id === primaryOf(selection));
  return (
    <>
      <p role="status" className="sr-only">
        {detection.state === 'done' ? `${countFaces(faces.length)} found` : statusWords(detection)}
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
