import type { FaceAction } from '#page/faces/list/face-actions.tsx';
import { cutCrop } from '#page/painting/cut-crop.ts';
import { planAnnotations } from '#page/painting/model/annotation-plan.ts';
import { paintInWorker } from '#page/painting/paint-in-worker.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { copyPicture, copyText } from '#page/platform/clipboard.ts';
import { notifySuccess, toast } from '#page/platform/notices.ts';
import type { Detection, Face } from '#shared/face.ts';
import { formatFaceCount } from '#shared/format-measures.ts';

/** What the clipboard takes of a face. */
export type CopiedThing = 'crop' | 'annotated-picture' | 'bounds' | 'face-no' | 'crop-link' | 'picture-link';

type CopyAction = Pick<FaceAction, 'label' | 'isThere' | 'onRun'> & { readonly id: CopiedThing };

/** Everything of a face that the clipboard takes. `imageReference` is the address that was sent for detection. */
export const copyActions = (
  picture: Picture,
  detection: Detection,
  imageReference: string | undefined,
): readonly CopyAction[] => [
  {
    id: 'crop',
    label: 'Copy crop',
    onRun: ({ bound, faceNo }) =>
      void putPicture(`Crop of face ${faceNo}`, cutCrop(picture.blob, detection.size, bound)),
  },
  {
    id: 'annotated-picture',
    label: 'Copy annotated picture',
    onRun: () => void putPicture('Annotated picture', annotated(picture, detection)),
  },
  {
    id: 'bounds',
    label: 'Copy bounds',
    onRun: (face) => void putText(`Bounds of face ${face.faceNo}`, boundsOf(face)),
  },
  { id: 'face-no', label: 'Copy faceNo', onRun: ({ faceNo }) => void putText(`faceNo ${faceNo}`, String(faceNo)) },
  {
    id: 'crop-link',
    label: 'Copy link to the crop',
    isThere: ({ cropUrl }) => cropUrl !== undefined,
    onRun: ({ cropUrl }) => void putText('Link to the crop', cropUrl ?? ''),
  },
  {
    id: 'picture-link',
    label: 'Copy link to the picture',
    isThere: () => imageReference !== undefined,
    onRun: () => void putText('Link to the picture', imageReference ?? ''),
  },
];

/** Puts the bounds of several faces on the clipboard, as a JSON list with a line for each and its number. */
export function copyBoundsOf(faces: readonly Face[]): void {
  const lines = faces.map(({ faceNo, rawBound: { x, y, width, height } }) =>
    JSON.stringify({ faceNo, x, y, width, height }),
  );
  void putText(`Bounds of ${formatFaceCount(faces.length)}`, `[\n  ${lines.join(',\n  ')}\n]\n`);
}

/** As the service sent it, also where it leaves the picture. */
const boundsOf = ({ rawBound: { x, y, width, height } }: Face): string => JSON.stringify({ x, y, width, height });

/** The same picture that the export saves. Rejects when this browser cannot paint it. */
async function annotated({ blob, size }: Picture, { faces, size: measured }: Detection): Promise<Blob> {
  const plan = planAnnotations(faces, measured, size, { names: false });
  const painted = await paintInWorker(blob, { kind: 'annotate', plan }, new AbortController().signal);
  const [png] = painted.ok ? painted.value.blobs : [];
  if (png === undefined) throw new Error('The picture could not be painted.');
  return png;
}

async function putText(what: string, text: string): Promise<void> {
  if (await copyText(text)) notifySuccess(`${what} copied`);
  else tellNotCopied(what, 'The Face tab shows it, to select and copy by hand.');
}

async function putPicture(what: string, png: Promise<Blob>): Promise<void> {
  if (await copyPicture(png)) notifySuccess(`${what} copied`);
  else tellNotCopied(what, 'Save it instead.');
}

const tellNotCopied = (what: string, cure: string): void =>
  toast({ title: `${what} could not be copied`, text: `The browser did not allow it. ${cure}` });
