import * as z from 'zod/mini';
import { FILE_LIFETIME_MS } from '#contract/limits.ts';
import { visitorStorage } from '#page/platform/browser-storage.ts';

/**
 * What this browser uploaded to the server, by session: how many files and until when, and nothing about them. The
 * server removes for a session what came in that session alone, so what earlier ones left can only be told from here.
 */
const RECORD_KEY = 'facebound.uploads';
const MARK_KEY = 'facebound.session-mark';

/** Of one session: how many files came, and when the last one did, in milliseconds since 1970. */
const sessionUploads = z.object({
  mark: z.string().check(z.maxLength(64)),
  files: z.int().check(z.positive(), z.maximum(1_000_000)),
  lastAt: z.int().check(z.nonnegative()),
});
const uploadRecord = z.array(sessionUploads).check(z.maxLength(1000));
type UploadRecord = readonly z.infer<typeof sessionUploads>[];

/** Files that stay on the server: how many, and when the last of them expires, in milliseconds since 1970. */
export type FilesLeft = { readonly files: number; readonly until: number };

/** The session that uploads are made in from now on, in every tab. `mark` is the server's word for it. */
export function noteSession(mark: string | undefined): void {
  if (mark === undefined) visitorStorage.remove(MARK_KEY);
  else visitorStorage.set(MARK_KEY, mark);
}

/** Notes that the server took a file. */
export function noteUpload(now: number): void {
  const mark = visitorStorage.get(MARK_KEY) ?? '';
  const record = readRecord(now);
  const files = (record.find((each) => each.mark === mark)?.files ?? 0) + 1;
  writeRecord([...record.filter((each) => each.mark !== mark), { mark, files, lastAt: now }]);
}

/** Notes that the server removed everything of a session. */
export const noteWiped = (mark: string, now: number): void =>
  writeRecord(readRecord(now).filter((each) => each.mark !== mark));

/** What is left on the server of everything that this browser uploaded; undefined when nothing is known to be. */
export function filesLeft(now: number): FilesLeft | undefined {
  const record = readRecord(now);
  if (record.length === 0) return undefined;
  return {
    files: record.reduce((sum, { files }) => sum + files, 0),
    until: Math.max(...record.map(({ lastAt }) => lastAt)) + FILE_LIFETIME_MS,
  };
}

/** The record without what has expired since; anything but a record counts as none. */
function readRecord(now: number): UploadRecord {
  try {
    const parsed = uploadRecord.safeParse(JSON.parse(visitorStorage.get(RECORD_KEY) ?? '[]'));
    return parsed.success ? parsed.data.filter(({ lastAt }) => lastAt + FILE_LIFETIME_MS > now) : [];
  } catch {
    return [];
  }
}

function writeRecord(record: UploadRecord): void {
  if (record.length === 0) visitorStorage.remove(RECORD_KEY);
  else visitorStorage.set(RECORD_KEY, JSON.stringify(record));
}
