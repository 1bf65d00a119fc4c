import type { EngineName } from '#contract/routes.ts';
import type { TruthSet } from './truth.ts';

/** Names what is compared: an engine's answers, an answer that was saved with the picture, or a truth. */
export type SideId = `engine:${EngineName}` | 'saved' | `truth:${string}`;

/** What can be compared, for the two pickers. */
export type Side =
  | { readonly kind: 'engine'; readonly id: SideId; readonly engine: EngineName; readonly label: string }
  | { readonly kind: 'saved'; readonly id: SideId; readonly label: string }
  | { readonly kind: 'truth'; readonly id: SideId; readonly set: TruthSet; readonly label: string };

export const truthSide = (set: TruthSet): Side => ({ kind: 'truth', id: `truth:${set.id}`, set, label: set.name });

/**
 * What is compared with what: as chosen where that is there, else the answer of the engine that is chosen on the page
 * against the newest truth, else against another answer. A thing is never compared with itself.
 */
export function chosenSides(
  sides: readonly Side[],
  chosen: { readonly answer: SideId | undefined; readonly truth: SideId | undefined },
  engine: EngineName,
): { readonly answer: Side | undefined; readonly truth: Side | undefined } {
  const find = (id: SideId | undefined) => sides.find((side) => side.id === id);
  const isAnswer = ({ kind }: Side) => kind !== 'truth';
  const truthChosen = find(chosen.truth);
  const answer =
    find(chosen.answer) ??
    [find(`engine:${engine}`), ...sides.filter(isAnswer)].find(
      (side) => side !== undefined && side.id !== truthChosen?.id,
    );
  const truth =
    truthChosen?.id === answer?.id
      ? sides.find((side) => side.id !== answer?.id)
      : (truthChosen ??
        sides.find((side) => side.kind === 'truth' && side.id !== answer?.id) ??
        sides.find((side) => side.id !== answer?.id));
  return { answer, truth };
}
