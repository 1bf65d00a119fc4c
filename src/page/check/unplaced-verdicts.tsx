import { LocateFixed, Trash2 } from 'lucide-react';
import { IconButton } from '#page/ui/icon-button.tsx';
import { rescale } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { verdictMessage } from './check-actions.ts';
import { reviewerName } from './model/opinions.ts';
import type { CheckRecord, CheckSet, JudgedFace } from './model/verdict.ts';
import type { CheckedPicture } from './use-checked-pictures.ts';

/** A verdict that fits no face any more. */
export type UnplacedVerdict = {
  readonly key: string;
  readonly judged: JudgedFace;
  /** Where its box was, in pixels of the answer. */
  readonly bound: ImageRect;
  /** Whose it is, where it is not one's own. */
  readonly by: string | undefined;
};

/** The verdicts on a picture that fit none of the faces of its answer, one's own first. `size` is the answer's. */
export function unplacedOn(
  { opinions, records }: Pick<CheckedPicture, 'opinions' | 'records'>,
  size: Size,
  own: CheckSet,
  others: readonly CheckSet[],
): readonly UnplacedVerdict[] {
  if (opinions === undefined) return [];
  const all = [{ set: own.id, followed: opinions.own }, ...opinions.others];
  return all.flatMap(({ set, followed: { unplaced } }) => {
    const record = records.find((each) => each.set === set);
    return record === undefined ? [] : unplaced.map((judged) => told(judged, record, size, own, others));
  });
}

function told(
  judged: JudgedFace,
  record: CheckRecord,
  size: Size,
  own: CheckSet,
  others: readonly CheckSet[],
): UnplacedVerdict {
  const { x, y, width, height } = judged.bound;
  const reviewer = others.find(({ id }) => id === record.set);
  return {
    key: [record.set, judged.faceNo, x, y, width, height].join(' '),
    judged,
    bound: rescale(judged.bound, record.size, size),
    by: record.set === own.id ? undefined : reviewer === undefined ? 'somebody else' : reviewerName(reviewer),
  };
}

type UnplacedVerdictsProps = {
  readonly unplaced: readonly UnplacedVerdict[];
  readonly isShown: boolean;
  readonly onShown: (shown: boolean) => void;
  /** Brings the place of one into view. */
  readonly onLookAt: (bound: ImageRect) => void;
  readonly onTakeBack: (judged: JudgedFace) => void;
};

/** Says that verdicts fit no face any more, and shows them: nothing that somebody said is dropped in silence. */
export function UnplacedVerdicts({ unplaced, isShown, onShown, onLookAt, onTakeBack }: UnplacedVerdictsProps) {
  if (unplaced.length === 0) return null;
  return (
    <div className="mx-4 mt-2 shrink-0 text-[0.8125rem]">
      <p className="text-warn">
        {unplaced.length === 1 ? '1 verdict fits' : `${unplaced.length} verdicts fit`} no face any more.{' '}
        <button
          type="button"
          aria-expanded={isShown}
          onClick={() => onShown(!isShown)}
          className="relative rounded-sm font-semibold underline underline-offset-[3px] before:absolute before:-inset-3"
        >
          {isShown ? 'Hide' : 'Show'}
        </button>
      </p>
      {isShown && (
        <ul aria-label="Verdicts without a face" className="mt-1 max-h-40 overflow-y-auto">
          {unplaced.map(({ key, judged, bound, by }) => {
            const name = `Face ${judged.faceNo}`;
            return (
              <li key={key} className="flex items-center gap-1">
                <span className="min-w-0 flex-1 truncate tabular-nums">
                  {name} was {verdictMessage(judged.verdict)}
                  {by !== undefined && <bdi> · {by}</bdi>}
                </span>
                <IconButton icon={LocateFixed} label={`Show where ${name} was`} onClick={() => onLookAt(bound)} />
                {by === undefined && (
                  <IconButton
                    icon={Trash2}
                    label={`Take back the verdict on ${name}`}
                    onClick={() => onTakeBack(judged)}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
