import { planAnnotations } from '#domain/export/annotation-plan.ts';
import type { Detection, Face } from '#domain/face.ts';
import { sayDone } from '#features/export/export-store.ts';
import { paintInWorker } from '#features/export/paint/paint-in-worker.ts';
import type { FaceAction } from '#features/face-list/face-actions.tsx';
import { copyPicture, copyText } from '#lib/clipboard.ts';
import { cutCrop } from '#lib/cut-crop.ts';
import { addNotice, type Picture } from '#lib/work-store.ts';

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
  if (await copyText(text)) sayDone(`${what} copied`);
  else tellNotCopied(what, 'The Face tab shows it, to select and copy by hand.');
}

async function putPicture(what: string, png: Promise<Blob>): Promise<void> {
  if (await copyPicture(png)) sayDone(`${what} copied`);
  else tellNotCopied(what, 'Save it instead.');
}

const tellNotCopied = (what: string, cure: string): void =>
  addNotice({ title: `${what} could not be copied`, text: `The browser did not allow it. ${cure}` });
