import type { QueryClient } from '@tanstack/react-query';
import { detectFacesQuery } from '#page/detection/detect-faces.ts';
import { imageReferenceOf } from '#page/detection/image-reference.ts';
import { setUpload } from '#page/detection/upload-store.ts';
import { noteEarlierDetector } from '#page/pictures/model/face-details.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { allowSending, maySend, scopeOf } from '#page/pictures/send-permissions.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { appConfigQuery } from '#page/session/app-config.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { credentialsNow } from '#page/session/session-store.ts';
import type { FaceId } from '#shared/face.ts';
import { asJson } from '#shared/lenient.ts';
import { answerId, type StoredAnswer } from './records.ts';
import { fromStoredExchange, keyOf, toStoredExchange } from './stored-origin.ts';

/** What is known of a picture in this session, as it is remembered; undefined when nothing is. */
export function answerFor(
  client: QueryClient,
  session: EngineSession,
  picture: Picture,
  key: string,
): { readonly answer: StoredAnswer; readonly faces: readonly FaceId[] | undefined } | undefined {
  const imageReference = imageReferenceOf(session, picture);
  if (imageReference === undefined) return undefined;
  const result = client.getQueryData(detectFacesQuery(session, imageReference, picture).queryKey);
  // A link has its address before anybody was told of it.
  if (result === undefined && !maySend(session, picture.id)) return undefined;
  const whose = {
    picture: key,
    engine: session.engine,
    credential: session.engine === 'kling' && session.credentialId !== 'server' ? 'own' : 'server',
    ...(session.email === undefined ? {} : { email: session.email }),
  } as const;
  const answer: StoredAnswer = {
    ...whose,
    id: answerId(whose),
    imageReference,
    ...(result === undefined ? {} : { exchange: toStoredExchange(result.exchange) }),
    at: Date.now(),
  };
  return { answer, faces: result?.detection.faces.map(({ id }) => id) };
}

type Seeded = Omit<Picture, 'order'>;

/**
 * Puts remembered answers back where uploads and detections are looked up, so that nothing is sent or asked again. What
 * a token of the tab's own gave is put back only where the server has none: then it can be seen, and nothing can be
 * asked in another account's name.
 */
export function seedAnswers(client: QueryClient, seeded: Seeded, answers: readonly StoredAnswer[]): void {
  const picture: Picture = { ...seeded, order: 0 };
  const key = keyOf(picture);
  const today = client.getQueryData(appConfigQuery.queryKey)?.detector;
  for (const answer of answers) {
    // Given to other bytes, or to nobody knows which: it is asked for again.
    if (answer.picture !== key) continue;
    if (answer.credential === 'own' && credentialsNow().serverHasToken) continue;
    const session: EngineSession = {
      engine: answer.engine,
      credentialId: 'server',
      email: answer.email,
      canAsk: true,
      needsAccount: false,
    };
    if (picture.origin.kind === 'file') {
      // It lies there already: a person allowed it then.
      if (answer.engine === 'kling' && answer.credential === 'server') allowSending([scopeOf(session)], [picture.id]);
      setUpload(session, picture, { state: 'done', address: answer.imageReference });
    } else if (imageReferenceOf(session, picture) !== answer.imageReference) {
      continue;
    }
    if (answer.exchange === undefined) continue;
    const exchange = fromStoredExchange(answer.exchange);
    const detection = parseDetection(asJson(exchange.body), picture.size, picture.orientation);
    if (!detection.ok) continue;
    const { imageReference } = answer;
    client.setQueryData(detectFacesQuery(session, imageReference, picture).queryKey, {
      detection: noteEarlierDetector(detection.value, answer.engine, isOfAnother(exchange.detector, today)),
      exchange,
      imageReference,
      isRemembered: true,
    });
  }
}

/** Whether the detector that answered is known to be another than today's. */
const isOfAnother = (detector: string | undefined, today: string | undefined): boolean =>
  detector !== undefined && today !== undefined && detector !== today;
