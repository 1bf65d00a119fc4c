import { sendTo, sessionFor, usePictureDetection } from '#page/detection/index.ts';
import { useFormattedPlace } from '#page/pictures/picture-place.ts';
import { openPicture, type Picture, usePicture, useWork } from '#page/pictures/work-store.ts';
import { stopPresenting } from '#page/place/modes.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { withoutLastEnding } from '#shared/trim.ts';
import { noAnswerMessage } from './no-answer-message.ts';
import { Present } from './present.tsx';

const NO_FACES = [] as const;

/** The open picture before an audience; without an answer it is shown by itself, and that there is none is said. */
export function PresentArea({ session, picture }: { readonly session: EngineSession; readonly picture: Picture }) {
  const detection = usePictureDetection(sessionFor(session, picture), picture);
  const result = detection.state === 'done' ? detection.result.detection : undefined;
  const before = usePicture(useWork(({ order }) => order[order.indexOf(picture.id) - 1]));
  const after = usePicture(useWork(({ order }) => order[order.indexOf(picture.id) + 1]));
  return (
    <Present
      pictureId={picture.id}
      pictureName={withoutLastEnding(picture.name)}
      pictureUrl={picture.url}
      faces={result?.faces ?? NO_FACES}
      noAnswerMessage={detection.state === 'done' ? undefined : noAnswerMessage(detection)}
      place={useFormattedPlace(picture.id)}
      before={before}
      after={after}
      size={result?.size ?? picture.size}
      onSend={detection.state === 'not-sent' ? () => sendTo(session, [picture]) : undefined}
      onOpenPicture={openPicture}
      onEnd={stopPresenting}
    />
  );
}
