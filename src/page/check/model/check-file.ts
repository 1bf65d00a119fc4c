import * as z from 'zod/mini';
import { asFields, asJson } from '#shared/lenient.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { type CheckRecord, type CheckSet, checkRecord, checkSet, recordKey } from './verdict.ts';

/** A check as a file: by itself, or as a part of a saved result. It holds no account and no address. */
export const CHECK_FORMAT = 'facebound-check';
export const CHECK_ENDING = '.facebound-check.json';

/** Largest file, in bytes, and most of its parts. Ours: a year of two hundred pictures a day. */
export const MAX_CHECK_BYTES = 64 * 1024 * 1024;
const MOST_RECORDS = 100_000;
const MOST_SETS = 1000;

const checkFile = z.object({
  format: z.literal(CHECK_FORMAT),
  version: z.literal(1),
  sets: z.array(z.omit(checkSet, { isOwn: true })).check(z.maxLength(MOST_SETS)),
  records: z.array(checkRecord).check(z.maxLength(MOST_RECORDS)),
});

/** What a file holds, read. */
export type Check = { readonly sets: readonly Omit<CheckSet, 'isOwn'>[]; readonly records: readonly CheckRecord[] };

/** `not-ours`: something else. `newer`: of a later version. `damaged`: ours, but it cannot be read. */
export type CheckFileFailure = 'not-ours' | 'newer' | 'damaged';

/** The text of a check. Accounts stay in the browser that they were entered in. */
export function writeCheckFile({ sets, records }: Check): string {
  const file = {
    format: CHECK_FORMAT,
    version: 1,
    sets: sets.map(({ id, reviewer }) => ({ id, reviewer })),
    records: records
      .map(({ account: _, ...record }) => record)
      .toSorted((a, b) => (recordKey(a) < recordKey(b) ? -1 : 1)),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** Reads a check that anybody may have written. Never throws. */
export function readCheckFile(text: string): Result<Check, CheckFileFailure> {
  if (text.length > MAX_CHECK_BYTES) return err('not-ours');
  const json = asJson(text.replace(/^\ufeff/, ''));
  const fields = asFields(json);
  if (fields?.['format'] !== CHECK_FORMAT) return err('not-ours');
  const parsed = checkFile.safeParse(json);
  if (parsed.success) return ok({ sets: parsed.data.sets, records: parsed.data.records });
  return err(typeof fields['version'] === 'number' && fields['version'] > 1 ? 'newer' : 'damaged');
}

/** The same where why it cannot be read is said elsewhere: undefined then. */
export function readCheck(text: string): Check | undefined {
  if (!text.slice(0, 200).includes(CHECK_FORMAT)) return undefined;
  const read = readCheckFile(text);
  return read.ok ? read.value : undefined;
}

/**
 * What of a file that is opened is to be stored beside what is there. Nothing is overwritten: of another's set the newer
 * state of each picture counts; where the file has one's own set otherwise than this browser does, the file's goes into a
 * set of its own, `apart`.
 */
export function toStore(file: Check, known: ReadonlyMap<string, CheckRecord>, ownSet: string, apart: string): Check {
  const records = file.records.flatMap((record): readonly CheckRecord[] => {
    const here = known.get(recordKey(record));
    if (here === undefined) return [record];
    if (saysTheSame(here, record)) return [];
    if (record.set === ownSet) return [{ ...record, set: apart }];
    return record.changedAt > here.changedAt ? [record] : [];
  });
  const used = new Set(records.map(({ set }) => set));
  const sets = file.sets.filter(({ id }) => used.has(id) && id !== ownSet);
  return { sets: used.has(apart) ? [...sets, { id: apart, reviewer: 'you, in a file' }] : sets, records };
}

const saysTheSame = (a: CheckRecord, b: CheckRecord): boolean => contentOf(a) === contentOf(b);

const contentOf = ({ faces, missed, note, done, size }: CheckRecord): string =>
  JSON.stringify([
    size.width,
    size.height,
    faces.map(({ faceNo, bound, verdict }) => [faceNo, boxContent(bound), verdictContent(verdict)]),
    missed.map(({ id, bound }) => [id, boxContent(bound)]),
    note,
    done,
  ]);

const boxContent = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => [
  x,
  y,
  width,
  height,
];

const verdictContent = (verdict: CheckRecord['faces'][number]['verdict']) =>
  verdict.kind === 'right'
    ? ['right']
    : ['wrong', verdict.reason, verdict.isFace, verdict.place === undefined ? undefined : boxContent(verdict.place)];
