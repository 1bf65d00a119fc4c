import type { EngineName } from '#contract/routes.ts';
import type { ResponseFile } from '#contract/saved-result-file.ts';
import { RESPONSE_FILE_NAMES } from '#shared/failure-message.ts';
import type { TruthSet } from './truth.ts';

/** Who gave an answer that was saved, or the file of boxes that is shown as one. */
export type SavedFrom = EngineName | ResponseFile;

/** Names what is compared: an engine's answers, answers that were saved with their pictures, or a truth. */
export type SideId = `engine:${EngineName}` | `saved:${SavedFrom}` | `truth:${string}`;

/** What can be compared, for the two pickers. */
export type Side =
  | { readonly kind: 'engine'; readonly id: SideId; readonly engine: EngineName; readonly label: string }
  | { readonly kind: 'saved'; readonly id: SideId; readonly from: SavedFrom; readonly label: string }
  | { readonly kind: 'truth'; readonly id: SideId; readonly set: TruthSet; readonly label: string };

const SAVED_NAMES: Readonly<Record<SavedFrom, string>> = {
  embedded: 'Saved Embedded',
  kling: 'Saved Kling',
  ...RESPONSE_FILE_NAMES,
  response: 'Saved response',
};

export const savedSide = (from: SavedFrom): Side => ({
  kind: 'saved',
  id: `saved:${from}`,
  from,
  label: SAVED_NAMES[from],
});

export const truthSide = (set: TruthSet): Side => ({ kind: 'truth', id: `truth:${set.id}`, set, label: set.name });

/**
 * What is compared with what: as chosen where that is there, else the answer of the engine that is chosen on the page
 * against the newest truth, else against another answer, in the order of `sides`. A thing is never compared with itself.
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
