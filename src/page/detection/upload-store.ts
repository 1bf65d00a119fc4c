import type { Picture } from '#page/pictures/work-store.ts';
import { createKeyedStore, useKeyed } from '#page/platform/keyed-store.ts';
import { asWhom, type EngineSession, isSameAsker } from '#page/session/engine-session.ts';
import type { Failure } from '#shared/failure.ts';

/** Where the upload of a picture to an engine stands. */
export type Upload =
  /** `failedTries`: how often it was tried before and failed in a way that passes by itself, the last time like this. */
  | { readonly state: 'waiting'; readonly failedTries: number; readonly retryingAfter?: Failure }
  /** `progress` is the share that was sent, 0 to 1. */
  | { readonly state: 'sending'; readonly progress: number }
  | { readonly state: 'done'; readonly address: string }
  | { readonly state: 'failed'; readonly failure: Failure };

/**
 * Uploads by engine, account and content: the same bytes are never sent twice. Apart from the work and from react-query's
 * mutations, because a step of one upload is news for its own picture alone, and that cache can only be searched.
 */
export const uploads = createKeyedStore<Upload>();

type Keyed = { readonly session: EngineSession; readonly key: string };

/** The key of each picture's upload, made once: thousands are looked up at every count. */
const keys = new WeakMap<Pick<Picture, 'sha256'>, Keyed>();

/** Identity of an upload. Holds no token: see `engine-session.ts`. */
export function uploadKey(session: EngineSession, picture: Pick<Picture, 'sha256'>): string {
  const known = keys.get(picture);
  if (known !== undefined && isSameAsker(known.session, session)) return known.key;
  const key = ['upload', ...Object.values(asWhom(session)), picture.sha256].join(' ');
  keys.set(picture, { session, key });
  return key;
}

/** Digest of the bytes that an upload of this key is of. */
export const digestOfUpload = (key: string): string => key.slice(key.lastIndexOf(' ') + 1);

export const uploadOf = (session: EngineSession, picture: Picture): Upload | undefined =>
  uploads.get(uploadKey(session, picture));

export const setUpload = (session: EngineSession, picture: Picture, upload: Upload | undefined): void =>
  uploads.set(uploadKey(session, picture), upload);

export const useUpload = (session: EngineSession, picture: Picture): Upload | undefined =>
  useKeyed(uploads, uploadKey(session, picture));
