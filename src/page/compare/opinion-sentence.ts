import { verdictMessage } from '#page/check/index.ts';
import type { Difference } from './model/differences.ts';
import type { Side } from './model/sides.ts';
import type { ComparedPicture } from './use-compared-pictures.ts';

/**
 * What two people say of a false box, where the truth is somebody's verdicts: "Anna: wrong, shifted · you: right".
 * Undefined where it is no such truth, or nobody said anything of this box.
 */
export function opinionSentence(
  difference: Difference,
  here: ComparedPicture | undefined,
  truth: Side | undefined,
): string | undefined {
  if (truth?.kind !== 'truth' || truth.set.kind !== 'verdicts' || difference.kind !== 'false') return undefined;
  const face = here?.answer?.faces?.[difference.found];
  const opinions = here?.checked.opinions;
  if (face === undefined || opinions === undefined) return undefined;
  const theirs = opinions.others.find(({ set }) => set === truth.set.id)?.followed.verdicts.get(face.id);
  if (theirs === undefined) return undefined;
  const mine = opinions.own.verdicts.get(face.id);
  return `${truth.set.name}: ${verdictMessage(theirs)} · you: ${mine === undefined ? 'no verdict' : verdictMessage(mine)}`;
}
