import { z } from 'zod';
import type { FaceId } from '#domain/face.ts';
import type { Selection } from '#domain/selection.ts';

/**
 * The order of a tab's work: which pictures, which is open, what is selected. It lies in `sessionStorage`, which is
 * written at once, belongs to this tab alone, survives a reload and ends with the tab. The pictures themselves are in
 * IndexedDB, under their keys.
 */
const STORAGE_KEY = 'facebound.work';

const faceId = z
  .string()
  .regex(/^face-\d{1,6}$/)
  .transform((text): FaceId => `face-${Number(text.slice(5))}`);

const selection = z.object({
  ids: z.array(faceId),
  anchor: faceId.optional().transform((anchor) => anchor),
});

const keptWork = z.object({
  version: z.literal(1),
  /** Names the work to other tabs. */
  work: z.string().regex(/^[\w-]{8,64}$/),
  pictures: z.array(z.object({ id: z.string().max(64), key: z.string() })),
  openId: z.string().max(64).optional(),
  selections: z.record(z.string(), selection),
  /** Kling account that was chosen. */
  email: z.string().max(320).optional(),
  /** Names of what was still being prepared. */
  arriving: z.array(z.string()),
});
export type KeptWork = Omit<z.infer<typeof keptWork>, 'selections'> & {
  readonly selections: Readonly<Record<string, Selection>>;
};

/** True when an earlier page of this tab left work behind. */
export function hasKeptWork(): boolean {
  try {
    return sessionStorage.getItem(STORAGE_KEY) !== null;
  } catch {
    return false;
  }
}

/** What an earlier page of this tab left; undefined when there is nothing, or nothing that can be read. */
export function readKeptWork(): KeptWork | undefined {
  try {
    const parsed = keptWork.safeParse(JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null'));
    if (!parsed.success) return undefined;
    const selections: Record<string, Selection> = {};
    for (const [scope, { ids, anchor }] of Object.entries(parsed.data.selections)) selections[scope] = { ids, anchor };
    return { ...parsed.data, selections };
  } catch {
    return undefined;
  }
}

/** False when this browser does not store it. */
export function writeKeptWork(work: KeptWork): boolean {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(work));
    return true;
  } catch {
    return false;
  }
}

export function dropKeptWork(): void {
  try {
    sessionStorage.removeItem(STORAGE_KEY);
  } catch {
    // Nothing is stored here.
  }
}
