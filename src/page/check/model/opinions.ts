import type { Detection, FaceId } from '#shared/face.ts';
import { type Followed, follow } from './follow.ts';
import type { CheckRecord, CheckSet, MissedFace, Verdict } from './verdict.ts';

/** All that is said of a picture as one engine saw it: one's own record, and those of others beside it. */
export type Opinions = {
  readonly own: Followed;
  /** Of other sets, whoever changed theirs last first. */
  readonly others: readonly { readonly set: string; readonly followed: Followed }[];
};

/** Lays all records about one picture and engine over its answer. */
export function opinionsOn(
  records: readonly CheckRecord[],
  ownSet: string,
  detection: Pick<Detection, 'faces' | 'size'>,
): Opinions {
  const own = records.find(({ set }) => set === ownSet);
  const others = records
    .filter(({ set }) => set !== ownSet)
    .toSorted((a, b) => b.changedAt - a.changedAt || (a.set < b.set ? -1 : 1));
  return {
    own: follow(own, detection),
    others: others.map((record) => ({ set: record.set, followed: follow(record, detection) })),
  };
}

/** What counts for a face: one's own verdict, else that of whoever said something last. */
export function shownVerdict({ own, others }: Opinions, face: FaceId): Verdict | undefined {
  const mine = own.verdicts.get(face);
  if (mine !== undefined) return mine;
  return others.map(({ followed }) => followed.verdicts.get(face)).find((verdict) => verdict !== undefined);
}

/** The missed faces that count: two people who draw the same face have missed one, so those of whoever drew most. */
export const shownMissed = ({ own, others }: Opinions): readonly MissedFace[] =>
  others.reduce<readonly MissedFace[]>(
    (most, { followed: { missed } }) => (missed.length > most.length ? missed : most),
    own.missed,
  );

/** The record whose missed faces count, of all about one picture and engine: one's own where nobody drew more. */
export function mostMissed(records: readonly CheckRecord[], ownSet: string): CheckRecord | undefined {
  const ownFirst = records.toSorted(
    (a, b) => Number(b.set === ownSet) - Number(a.set === ownSet) || b.changedAt - a.changedAt,
  );
  return ownFirst.toSorted((a, b) => b.missed.length - a.missed.length)[0];
}

/** True when one says right and another wrong; reasons may differ. */
export function isDisputed({ own, others }: Opinions, face: FaceId): boolean {
  if (others.length === 0) return false;
  const kinds = new Set(
    [own, ...others.map(({ followed }) => followed)].flatMap(({ verdicts }) => verdicts.get(face)?.kind ?? []),
  );
  return kinds.size > 1;
}

/** Who said what of a face, oneself last, as a sentence of it is read: "Anna: wrong · you: right". */
export const everybodyOn = (
  { own, others }: Opinions,
  ownSet: string,
  face: FaceId,
): readonly { readonly set: string; readonly verdict: Verdict }[] =>
  [...others, { set: ownSet, followed: own }].flatMap(({ set, followed }) => {
    const verdict = followed.verdicts.get(face);
    return verdict === undefined ? [] : [{ set, verdict }];
  });

/** What a reviewer is called. */
export const reviewerName = ({ reviewer, isOwn }: CheckSet): string =>
  reviewer !== '' ? reviewer : isOwn ? 'you' : 'somebody else';

/**
 * The names of all who said something, empty for whoever typed none: oneself last, as in what is said of a face, and the
 * others by name, because sets lie in the order of ids that mean nothing.
 */
export function reviewersOf(records: readonly CheckRecord[], sets: readonly CheckSet[]): readonly string[] {
  const nameOf = (id: string): string => sets.find((set) => set.id === id)?.reviewer ?? '';
  const isOwn = (id: string): boolean => sets.some((set) => set.id === id && set.isOwn);
  const ids = [...new Set(records.map(({ set }) => set))];
  const others = ids.filter((id) => !isOwn(id)).map(nameOf);
  return [...others.toSorted((a, b) => a.localeCompare(b)), ...ids.filter(isOwn).map(nameOf)];
}
