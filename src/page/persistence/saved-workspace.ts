import * as z from 'zod/mini';
import { tabStorage } from '#page/platform/browser-storage.ts';
import type { FaceId } from '#shared/face.ts';
import type { Selection } from '#shared/selection.ts';

/**
 * The order of a tab's work: which pictures, which is open, what is selected. It lies in `sessionStorage`, which is
 * written at once, belongs to this tab alone, survives a reload and ends with the tab. The pictures themselves are in
 * IndexedDB, under their keys.
 */
const STORAGE_KEY = 'facebound.work';

const faceId = z.pipe(
  z.string().check(z.regex(/^face-\d{1,6}$/)),
  z.transform((text): FaceId => `face-${Number(text.slice(5))}`),
);

const selection = z.object({
  ids: z.array(faceId),
  anchor: z.pipe(
    z.optional(faceId),
    z.transform((anchor) => anchor),
  ),
});

const savedWorkspace = z.object({
  version: z.literal(1),
  /** Names the work to other tabs. */
  work: z.string().check(z.regex(/^[\w-]{8,64}$/)),
  pictures: z.array(
    z.object({
      id: z.string().check(z.maxLength(64)),
      key: z.string(),
      /** The accounts at Kling that a person allowed to send it to: see `send-permissions.ts`. */
      allowed: z._default(z.array(z.string().check(z.maxLength(400))).check(z.maxLength(100)), []),
      /** It was removed a moment ago, and can still be brought back. */
      isRemoved: z.optional(z.literal(true)),
    }),
  ),
  openId: z.optional(z.string().check(z.maxLength(64))),
  selections: z.record(z.string(), selection),
  /** Kling account that was chosen. */
  email: z.optional(z.string().check(z.maxLength(320))),
  /** Names of what was still being prepared. */
  arriving: z.array(z.string()),
});
export type SavedWorkspace = Omit<z.infer<typeof savedWorkspace>, 'selections'> & {
  readonly selections: Readonly<Record<string, Selection>>;
};

/** True when an earlier page of this tab left work behind. */
export const hasSavedWorkspace = (): boolean => tabStorage.get(STORAGE_KEY) !== undefined;

/** What an earlier page of this tab left; undefined when there is nothing, or nothing that can be read. */
export function readSavedWorkspace(): SavedWorkspace | undefined {
  try {
    const parsed = savedWorkspace.safeParse(JSON.parse(tabStorage.get(STORAGE_KEY) ?? 'null'));
    if (!parsed.success) return undefined;
    const selections: Record<string, Selection> = {};
    for (const [scope, { ids, anchor }] of Object.entries(parsed.data.selections)) selections[scope] = { ids, anchor };
    return { ...parsed.data, selections };
  } catch {
    return undefined;
  }
}

export const writeSavedWorkspace = (work: SavedWorkspace): void => tabStorage.set(STORAGE_KEY, JSON.stringify(work));

export const dropSavedWorkspace = (): void => tabStorage.remove(STORAGE_KEY);
