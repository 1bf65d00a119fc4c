import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Picture } from '#page/pictures/work-store.ts';
import { asWhom, type EngineSession } from '#page/session/engine-session.ts';
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
 * Uploads by engine, account and content: the same bytes are never sent twice. A store of our own beside react-query's
 * mutation cache, because hundreds of pictures read their upload on every change, and that cache can only be searched.
 */
export const uploadStore = createStore<Readonly<Record<string, Upload | undefined>>>()(() => ({}));

/** Identity of an upload. Holds no token: see `engine-session.ts`. */
export const uploadKey = (session: EngineSession, { sha256 }: Pick<Picture, 'sha256'>): string =>
  ['upload', ...Object.values(asWhom(session)), sha256].join(' ');

export const uploadOf = (session: EngineSession, picture: Picture): Upload | undefined =>
  uploadStore.getState()[uploadKey(session, picture)];

export const setUpload = (session: EngineSession, picture: Picture, upload: Upload | undefined): void =>
  uploadStore.setState({ [uploadKey(session, picture)]: upload });

export function useUpload(session: EngineSession, picture: Picture): Upload | undefined {
  // Every picture of hundreds is asked again for every step of any upload.
  const key = useMemo(() => uploadKey(session, picture), [session, picture]);
  return useStore(uploadStore, (state) => state[key]);
}
