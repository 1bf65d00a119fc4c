import type { QueryClient } from '@tanstack/react-query';
import type { FaceId } from '#domain/face.ts';
import { asJson } from '#domain/lenient.ts';
import { parseDetection } from '#domain/parse-detection.ts';
import { detectFacesQuery } from '#features/detection/detect-faces.ts';
import { imageReferenceOf } from '#features/detection/detection-commands.ts';
import type { EngineSession } from '#features/detection/engine-session.ts';
import { setUpload } from '#features/detection/upload-store.ts';
import { credentialsStore } from '#lib/credentials-store.ts';
import { answerId, type StoredAnswer } from '#lib/memory/records.ts';
import type { Picture } from '#lib/work-store.ts';
import { fromStoredExchange, toStoredExchange } from './stored-origin.ts';

/** As whom this tab asks at the moment. */
export function currentSession(): EngineSession {
  const { engine, credentialId, email } = credentialsStore.getState();
  return { engine, credentialId, email: engine === 'kling' ? email : undefined, canAsk: true };
}

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
export function seedAnswers(
  client: QueryClient,
  seeded: Seeded,
  answers: readonly StoredAnswer[],
  serverHasToken: boolean,
): void {
  const picture: Picture = { ...seeded, order: 0 };
  for (const answer of answers) {
    if (answer.credential === 'own' && serverHasToken) continue;
    const session: EngineSession = {
      engine: answer.engine,
      credentialId: 'server',
      email: answer.email,
      canAsk: true,
    };
    if (picture.origin.kind === 'file') {
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
      detection: detection.value,
      exchange,
      imageReference,
    });
  }
}
