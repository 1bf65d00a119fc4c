import type { EngineSession } from '#features/detection/engine-session.ts';
import { sessionFor } from '#features/detection/saved-result.ts';
import { usePictureDetection } from '#features/detection/use-picture-detection.ts';
import { Present } from '#features/present/present.tsx';
import { stopPresenting } from '#features/present/present-store.ts';
import { type Picture, stepPicture } from '#lib/work-store.ts';

const NO_FACES = [] as const;

/** The open picture before an audience; without a result it is shown by itself. */
export function PresentArea({ session, picture }: { readonly session: EngineSession; readonly picture: Picture }) {
  const detection = usePictureDetection(sessionFor(session, picture), picture);
  const result = detection.state === 'done' ? detection.result.detection : undefined;
  return (
    <Present
      pictureId={picture.id}
      pictureUrl={picture.url}
      faces={result?.faces ?? NO_FACES}
      size={result?.size ?? picture.size}
      onStepPicture={stepPicture}
      onEnd={stopPresenting}
    />
  );
}
