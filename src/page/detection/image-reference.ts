import type { Picture } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { savedResultOf } from './saved-result.ts';
import { type Upload, uploadOf } from './upload-store.ts';

/** Address that detection uses for the picture, once there is one. */
export function addressOf(session: EngineSession, picture: Picture, upload: Upload | undefined): string | undefined {
  if (picture.origin.kind === 'link') return picture.origin.url;
  const saved = savedResultOf(session, picture);
  if (saved !== undefined) return saved.imageReference;
  return upload?.state === 'done' ? upload.address : undefined;
}

/** The same as it is now. */
export const imageReferenceOf = (session: EngineSession, picture: Picture): string | undefined =>
  addressOf(session, picture, uploadOf(session, picture));
