import { undoStep, undoStore } from '#page/pictures/undo-stack.ts';
import type { Face, FaceId } from '#shared/face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { headOf, type Judgeable } from './check-actions.ts';
import { adoptSet, say } from './check-store.ts';
import type { CheckCommand } from './model/commands.ts';
import { nextMissedId } from './model/commands.ts';
import { markOf } from './model/follow.ts';
import type { Verdict } from './model/verdict.ts';

/** Verdicts that come from a comparison, for one picture. */
export type VerdictsToKeep = {
  readonly on: Judgeable;
  /** With places in pixels of `size`. */
  readonly verdicts: ReadonlyMap<FaceId, Verdict>;
  /** Faces without a box, in pixels of `size`. */
  readonly missed: readonly ImageRect[];
  readonly size: Size;
};

/**
 * What becomes of verdicts that are there: they stay where they are, they give way, or the new ones lie beside them as a
 * set of its own.
 */
export type HowToKeep =
  | { readonly how: 'mine-stay' }
  | { readonly how: 'replace' }
  | { readonly how: 'beside'; readonly set: string; readonly name: string };

/** How many of these pictures have verdicts or missed faces of one's own. */
export const alreadyChecked = (all: readonly Pick<VerdictsToKeep, 'on'>[]): number =>
  all.filter(({ on }) => {
    const own = on.checked.opinions?.own;
    return own !== undefined && own.verdicts.size + own.missed.length > 0;
  }).length;

/** How many faces were judged, and what takes exactly that back: nothing once something else was said. */
export type Kept = { readonly count: number; readonly undo: () => void };

/** Keeps the verdicts of a comparison, all of them as one step of undo. */
export function keepVerdicts(all: readonly VerdictsToKeep[], how: HowToKeep): Kept {
  const commands = all.flatMap((each) => commandsFor(each, how));
  const count = commands.reduce((sum, command) => sum + (command.kind === 'judge' ? command.said.length : 1), 0);
  if (commands.length === 0) return { count: 0, undo: () => undefined };
  if (how.how === 'beside') adoptSet({ id: how.set, reviewer: how.name, isOwn: false });
  const [first] = all;
  const label = `verdicts from the comparison, ${all.length === 1 ? '1 picture' : `${all.length} pictures`}`;
  say(commands, { label, goTo: { picture: first?.on.checked.picture.id ?? '', faceNo: undefined } });
  const step = undoStore.getState().done.at(-1);
  const undo = () => {
    if (undoStore.getState().done.at(-1) === step) undoStep(step);
  };
  return { count, undo };
}

function commandsFor({ on, verdicts, missed, size }: VerdictsToKeep, how: HowToKeep): readonly CheckCommand[] {
  const mine = headOf(on);
  const head = how.how === 'beside' ? { ...mine, set: how.set } : mine;
  const own = on.checked.opinions?.own;
  const isBeside = how.how === 'beside';
  const marks = isBeside || own === undefined ? NOTHING : own;
  const said = on.faces.flatMap((face: Face) => {
    const verdict = verdicts.get(face.id);
    if (verdict === undefined || (how.how === 'mine-stay' && own?.verdicts.has(face.id))) return [];
    return [{ face: markOf(face, on.size, marks, head.size), verdict: placedIn(verdict, size, head.size) }];
  });
  const known = isBeside ? [] : (on.checked.own?.missed ?? []);
  const isMineKept = how.how === 'mine-stay' && known.length > 0;
  const removed: readonly CheckCommand[] =
    how.how === 'replace' ? known.map(({ id }) => ({ head, kind: 'place-missed', id, bound: undefined })) : [];
  const from = nextMissedId(known);
  const added: readonly CheckCommand[] = isMineKept
    ? []
    : missed.map((bound, index) => ({
        head,
        kind: 'place-missed',
        id: from + index,
        bound: solid(rescale(bound, size, head.size)),
      }));
  const nothingFound: readonly CheckCommand[] =
    on.faces.length === 0 && added.length === 0 ? [{ head, kind: 'set-done', done: true }] : [];
  return [
    ...(said.length === 0 ? [] : [{ head, kind: 'judge', said } as const]),
    ...removed,
    ...added,
    ...nothingFound,
  ];
}

const NOTHING = { verdicts: new Map(), marks: new Map(), unplaced: [], missed: [] } as const;

/** A box without a side cannot be drawn, nor kept. */
const solid = ({ x, y, width, height }: ImageRect): ImageRect =>
  imageRect(x, y, Math.max(1, width), Math.max(1, height));

const placedIn = (verdict: Verdict, from: Size, to: Size): Verdict =>
  verdict.kind === 'wrong' && verdict.place !== undefined
    ? { ...verdict, place: solid(rescale(verdict.place, from, to)) }
    : verdict;
