import type { ImageRect } from '#shared/geometry/spaces.ts';
import { assertNever } from '#shared/result.ts';
import { type CheckRecord, isEmptyRecord, type JudgedFace, LONGEST_NOTE, recordKey, type Verdict } from './verdict.ts';

/** Every record that is loaded, by its key. None of them is empty. */
export type CheckRecords = ReadonlyMap<string, CheckRecord>;

/** Which record a command is about, and what it begins with where there is none yet. */
export type RecordHead = Omit<CheckRecord, 'faces' | 'missed' | 'note' | 'done' | 'changedAt'>;

/** A found face as a verdict names it, in pixels of the record's size. */
export type FaceMark = { readonly faceNo: number; readonly bound: ImageRect };

/** A change of one record, as data. Undefined takes away. */
export type CheckCommand = { readonly head: RecordHead } & (
  | {
      readonly kind: 'judge';
      readonly said: readonly { readonly face: FaceMark; readonly verdict: Verdict | undefined }[];
    }
  | { readonly kind: 'place-missed'; readonly id: number; readonly bound: ImageRect | undefined }
  | { readonly kind: 'write-note'; readonly note: string }
  | { readonly kind: 'set-done'; readonly done: boolean }
);

const emptyRecord = (head: RecordHead): CheckRecord => ({
  ...head,
  faces: [],
  missed: [],
  note: '',
  done: false,
  changedAt: 0,
});

const recordOf = (records: CheckRecords, head: RecordHead): CheckRecord =>
  records.get(recordKey(head)) ?? emptyRecord(head);

const isSameFace = (a: FaceMark, b: FaceMark): boolean =>
  a.faceNo === b.faceNo &&
  a.bound.x === b.bound.x &&
  a.bound.y === b.bound.y &&
  a.bound.width === b.bound.width &&
  a.bound.height === b.bound.height;

const byNumber = (a: JudgedFace, b: JudgedFace): number =>
  a.faceNo - b.faceNo ||
  a.bound.x - b.bound.x ||
  a.bound.y - b.bound.y ||
  a.bound.width - b.bound.width ||
  a.bound.height - b.bound.height;

/** The records after a command that was given at `at` (milliseconds since 1970). A record that says nothing is gone. */
export function applyCommand(records: CheckRecords, command: CheckCommand, at: number): CheckRecords {
  const next = { ...changed(recordOf(records, command.head), command), changedAt: at };
  const after = new Map(records);
  if (isEmptyRecord(next)) after.delete(recordKey(next));
  else after.set(recordKey(next), next);
  return after;
}

function changed(record: CheckRecord, command: CheckCommand): CheckRecord {
  switch (command.kind) {
    case 'judge': {
      const kept = record.faces.filter((face) => !command.said.some((each) => isSameFace(each.face, face)));
      const said = command.said.flatMap(({ face, verdict }) =>
        verdict === undefined ? [] : [{ faceNo: face.faceNo, bound: face.bound, verdict }],
      );
      return { ...record, faces: [...kept, ...said].sort(byNumber) };
    }
    case 'place-missed': {
      const { id, bound } = command;
      const kept = record.missed.filter((each) => each.id !== id);
      const missed = bound === undefined ? kept : [...kept, { id, bound }];
      return { ...record, missed: missed.sort((a, b) => a.id - b.id) };
    }
    case 'write-note':
      return { ...record, note: command.note.slice(0, LONGEST_NOTE) };
    case 'set-done':
      return { ...record, done: command.done };
    default:
      return assertNever(command);
  }
}

/** The command that takes this one back, given to the records as they are before it. */
export function inverseOf(records: CheckRecords, command: CheckCommand): CheckCommand {
  const record = recordOf(records, command.head);
  const { head } = command;
  switch (command.kind) {
    case 'judge':
      return {
        head,
        kind: 'judge',
        said: command.said.map(({ face }) => ({
          face,
          verdict: record.faces.find((each) => isSameFace(each, face))?.verdict,
        })),
      };
    case 'place-missed':
      return {
        head,
        kind: 'place-missed',
        id: command.id,
        bound: record.missed.find(({ id }) => id === command.id)?.bound,
      };
    case 'write-note':
      return { head, kind: 'write-note', note: record.note };
    case 'set-done':
      return { head, kind: 'set-done', done: record.done };
    default:
      return assertNever(command);
  }
}

/** The records after several commands, and what takes them back, in the order in which that is done. */
export function perform(
  before: CheckRecords,
  commands: readonly CheckCommand[],
  at: number,
): { readonly records: CheckRecords; readonly inverse: readonly CheckCommand[] } {
  let records = before;
  const inverse: CheckCommand[] = [];
  for (const command of commands) {
    inverse.unshift(inverseOf(records, command));
    records = applyCommand(records, command, at);
  }
  return { records, inverse };
}

/** The number that the next missed face of a record gets. */
export const nextMissedId = (missed: CheckRecord['missed']): number =>
  missed.reduce((most, { id }) => Math.max(most, id), 0) + 1;
