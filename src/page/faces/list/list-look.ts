import { createPreference } from '#page/platform/preference.ts';

/** How faces are listed: as cards below each other, or as crops side by side. */
export type ListLook = 'list' | 'grid';
export const LIST_LOOKS: readonly ListLook[] = ['list', 'grid'];

/** From this many faces on a picture shows a crowd, which is looked over rather than read. */
export const CROWD_FROM_FACES = 20;

/** Two choices, so that a list for a portrait's sake is none for a crowd's. */
export const listLooks = {
  crowd: createPreference<ListLook>('facebound.crowd-look', ['grid', 'list']),
  few: createPreference<ListLook>('facebound.few-look', ['list', 'grid']),
};

/** How so many faces are listed, and the way to choose it for all pictures with about as many. */
export function useListLook(faceCount: number): readonly [ListLook, (look: ListLook) => void] {
  const preference = listLooks[faceCount >= CROWD_FROM_FACES ? 'crowd' : 'few'];
  return [preference.use(), preference.set];
}
