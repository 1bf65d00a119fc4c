import type { Picture } from '#page/pictures/work-store.ts';
import { tellOtherTabs } from '#page/platform/other-tabs.ts';
import { pageDatabase } from '#page/platform/page-database.ts';
import { randomId } from '#page/platform/random-id.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { createCheckStorage } from './check-storage.ts';
import { type Check, type CheckFileFailure, readCheckFile, writeCheckFile } from './model/check-file.ts';

/** The page's own checks, as the browser keeps them. */
export const checkStorage = createCheckStorage(pageDatabase);

/** The digests that a picture's record may be kept under: of the file as handed over first, then of what is sent. */
export const digestsOf = ({ handedOver, sha256 }: Pick<Picture, 'handedOver' | 'sha256'>): readonly string[] =>
  handedOver === undefined || handedOver.sha256 === sha256 ? [sha256] : [handedOver.sha256, sha256];

/**
 * The text of a file with everything that was said about these pictures, by whomever; undefined where nothing was, or
 * where this browser keeps nothing.
 */
export async function checkFileOf(
  pictures: readonly Pick<Picture, 'handedOver' | 'sha256'>[],
): Promise<string | undefined> {
  const check = await checkAbout(pictures).catch(() => undefined);
  return check === undefined || check.records.length === 0 ? undefined : writeCheckFile(check);
}

async function checkAbout(pictures: readonly Pick<Picture, 'handedOver' | 'sha256'>[]): Promise<Check> {
  const records = await checkStorage.about([...new Set(pictures.flatMap(digestsOf))]);
  const used = new Set(records.map(({ set }) => set));
  const sets = await checkStorage.sets(randomId());
  return { sets: sets.filter(({ id }) => used.has(id)), records };
}

/**
 * Puts what a file says beside what is here; nothing is overwritten. Gives for how many pictures something came, or why
 * the file cannot be used; `unavailable` where this browser keeps nothing.
 */
export async function storeCheckFile(text: string): Promise<Result<number, CheckFileFailure | 'unavailable'>> {
  const read = readCheckFile(text);
  if (!read.ok) return read;
  try {
    const sets = await checkStorage.sets(randomId());
    const own = sets.find(({ isOwn }) => isOwn);
    const count = await checkStorage.adopt(read.value, own?.id ?? '', randomId());
    tellOtherTabs('checks');
    return ok(count);
  } catch {
    return err('unavailable');
  }
}
