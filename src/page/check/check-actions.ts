import type { UndoStep } from '#page/pictures/undo-step.ts';
import type { Face, FaceId } from '#shared/face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { checkStore } from './check-state.ts';
import { say } from './check-store.ts';
import { type CheckCommand, nextMissedId, type RecordHead } from './model/commands.ts';
import { markOf } from './model/follow.ts';
import { shownVerdict } from './model/opinions.ts';
import { type JudgedFace, REASON_NAMES, type Verdict } from './model/verdict.ts';
import { digestsOf } from './own-checks.ts';
import type { CheckedPicture } from './use-checked-pictures.ts';

/** A picture that can be judged: it has an answer. */
export type Judgeable = {
  readonly checked: CheckedPicture;
  readonly faces: readonly Face[];
  /** The space of the answer's boxes. */
  readonly size: Size;
  readonly version: string;
};

/** What this picture can be judged by; undefined without an answer. */
export const judgeableOf = (checked: CheckedPicture, version: string): Judgeable | undefined =>
  checked.detection.state === 'done' && checked.opinions !== undefined
    ? {
        checked,
        faces: checked.detection.result.detection.faces,
        size: checked.detection.result.detection.size,
        version,
      }
    : undefined;

/** The record that is written on: one's own where there is one, else a new one under the file's digest. */
export function headOf({ checked: { own, picture, session }, size, version }: Judgeable): RecordHead {
  const { id } = checkStore.getState().own;
  if (own !== undefined) {
    const { faces: _f, missed: _m, note: _n, done: _d, changedAt: _c, ...head } = own;
    return head;
  }
  return {
    set: id,
    file: digestsOf(picture)[0] ?? picture.sha256,
    sent: picture.sha256,
    engine: session.engine,
    ...(session.email === undefined ? {} : { account: session.email }),
    version,
    name: picture.name.slice(0, 1000),
    size,
  };
}

const goTo = ({ checked: { picture } }: Judgeable, faceNo?: number) => ({ picture: picture.id, faceNo });

/** What counts for a face now. */
export const verdictOn = ({ checked: { opinions } }: Judgeable, id: FaceId): Verdict | undefined =>
  opinions === undefined ? undefined : shownVerdict(opinions, id);

/** The faces without a verdict, in the order of their numbers. */
export const openFaces = (on: Judgeable): readonly Face[] =>
  on.faces.filter(({ id }) => verdictOn(on, id) === undefined);

/** A verdict on a face as a record has it: on the box that was judged before, in the record's pixels. */
function spoken(on: Judgeable, head: RecordHead, face: Face, verdict: Verdict | undefined) {
  const own = on.checked.opinions?.own ?? { verdicts: new Map(), marks: new Map(), unplaced: [], missed: [] };
  const placed =
    verdict?.kind === 'wrong' && verdict.place !== undefined
      ? { ...verdict, place: rescale(verdict.place, on.size, head.size) }
      : verdict;
  return { face: markOf(face, on.size, own, head.size), verdict: placed };
}

function judgement(on: Judgeable, faces: readonly Face[], verdict: Verdict | undefined): CheckCommand {
  const head = headOf(on);
  return { head, kind: 'judge', said: faces.map((face) => spoken(on, head, face, verdict)) };
}

/** Judges a face; undefined takes the verdict back. */
export function judge(on: Judgeable, face: Face, verdict: Verdict | undefined): void {
  const label = `face ${face.faceNo}, ${verdict === undefined ? 'no verdict' : verdictMessage(verdict)}`;
  say([judgement(on, [face], verdict)], { label, goTo: goTo(on, face.faceNo) }, verdict === undefined ? 0 : 1);
}

/** Says of all these faces that they are right, as one step. A picture without any is said to be done. */
export function judgeRest(on: Judgeable, faces: readonly Face[]): void {
  const label = faces.length === 1 ? '1 face right' : `${faces.length} faces right`;
  const commands: readonly CheckCommand[] =
    faces.length > 0 ? [judgement(on, faces, { kind: 'right' })] : [{ head: headOf(on), kind: 'set-done', done: true }];
  say(
    commands,
    { label: faces.length > 0 ? label : 'picture without faces done', goTo: goTo(on, faces[0]?.faceNo) },
    faces.length,
  );
}

/** Draws a missed face, moves the one with this id, or deletes it. `bound` is in pixels of the answer. */
export function placeMissed(on: Judgeable, id: number | undefined, bound: ImageRect | undefined): void {
  const head = headOf(on);
  say(
    [
      {
        head,
        kind: 'place-missed',
        id: id ?? nextMissedId(on.checked.own?.missed ?? []),
        bound: bound === undefined ? undefined : rescale(bound, on.size, head.size),
      },
    ],
    {
      label: bound === undefined ? 'missed face deleted' : id === undefined ? 'missed face' : 'missed face moved',
      goTo: goTo(on),
    },
  );
}

/** Takes a verdict of one's own back that fits no face any more. */
export const takeBackUnplaced = (on: Judgeable, { faceNo, bound }: JudgedFace): void =>
  say([{ head: headOf(on), kind: 'judge', said: [{ face: { faceNo, bound }, verdict: undefined }] }], {
    label: `face ${faceNo} that is gone, no verdict`,
    goTo: goTo(on),
  });

/** Writes the note of a picture. */
export const writeNote = (on: Judgeable, note: string): void =>
  say([{ head: headOf(on), kind: 'write-note', note }], { label: 'note', goTo: goTo(on) });

/** "right", "wrong", "wrong, shifted". */
export function verdictMessage(verdict: Verdict): string {
  if (verdict.kind === 'right') return 'right';
  return verdict.reason === undefined ? 'wrong' : `wrong, ${REASON_NAMES[verdict.reason].toLowerCase()}`;
}

/** What is said of a face; undefined takes the verdict back. */
export type Ruling<F> = { readonly face: F; readonly verdict: Verdict | undefined };

/** Judges faces of several pictures as one step, which goes back to the face `at`. */
export function judgeMany(
  rulings: readonly (Ruling<Face> & { readonly on: Judgeable })[],
  label: string,
  at: UndoStep['goTo'],
): void {
  const byPicture = new Map<string, (typeof rulings)[number][]>();
  for (const ruling of rulings) {
    const { id } = ruling.on.checked.picture;
    byPicture.set(id, [...(byPicture.get(id) ?? []), ruling]);
  }
  const commands = [...byPicture.values()].flatMap((those): readonly CheckCommand[] => {
    const [first] = those;
    if (first === undefined) return [];
    const head = headOf(first.on);
    return [{ head, kind: 'judge', said: those.map(({ on, face, verdict }) => spoken(on, head, face, verdict)) }];
  });
  say(commands, { label, goTo: at }, rulings.filter(({ verdict }) => verdict !== undefined).length);
}
