import clsx from 'clsx';
import { MoveHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { ANSWER_TONES } from './compare-marks.tsx';
import {
  type AnsweredFace,
  type AnswerNames,
  type AnswerPair,
  isPaired,
  pairName,
  pairSentence,
  sizeOf,
} from './model/answer-pairs.ts';

type AnswerPairsProps = {
  readonly pairs: readonly AnswerPair[];
  readonly names: AnswerNames;
  readonly selected: string | undefined;
  readonly current: AnswerPair | undefined;
  /** Only people whom one answer has alone are listed. */
  readonly onlyDifferences: boolean;
  readonly pictureUrl: string;
  /** The space of the boxes. */
  readonly fileSize: Size;
  readonly onChoose: (pair: AnswerPair) => void;
};

/** Everybody on the picture with their numbers in both answers, those whom one has alone first. */
export function AnswerPairs({
  pairs,
  names,
  selected,
  current,
  onlyDifferences,
  pictureUrl,
  fileSize,
  onChoose,
}: AnswerPairsProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is selected
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const at = pairs.findIndex(({ id }) => id === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: pairs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = pairs[Math.max(0, Math.min(pairs.length - 1, to))];
    if (next === undefined) return;
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-pair="${next.id}"]`)?.focus({ preventScroll: true });
  };
  const lone = pairs.filter((pair) => !isPaired(pair));
  const both = pairs.filter(isPaired);
  const groups = [
    { heading: 'Found by one only', own: lone },
    ...(onlyDifferences ? [] : [{ heading: 'Found by both', own: both }]),
  ];
  return (
    <>
      <div
        ref={list}
        role="listbox"
        aria-label="Pairs"
        onKeyDown={onKeyDown}
        className="min-h-40 flex-1 overflow-y-auto px-2 pb-2 phone:min-h-0 small:overflow-visible"
      >
        {groups.map(({ heading, own }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, which a fieldset cannot hold
          <div key={heading} role="group" aria-label={heading}>
            <p aria-hidden className="flex justify-between px-2 pt-2 pb-1 text-[0.8125rem] text-ink-soft tabular-nums">
              {heading}
              <span className="text-ink-faint">{own.length}</span>
            </p>
            {own.map((pair) => (
              <PairOption
                key={pair.id}
                pair={pair}
                names={names}
                isSelected={pair.id === selected}
                isStop={pair.id === selected || (at === -1 && pair === pairs[0])}
                pictureUrl={pictureUrl}
                fileSize={fileSize}
                onChoose={() => onChoose(pair)}
              />
            ))}
          </div>
        ))}
      </div>
      {current !== undefined && (
        // A phone has no room for it: what it says is told where pairs are walked.
        <section aria-label="The selected pair" className="shrink-0 border-t border-line px-4 pt-3 pb-4 phone:hidden">
          <h3 className="mb-2 text-[0.8125rem] font-semibold">{pairSentence(current, names)}</h3>
          <div className="grid grid-cols-2 gap-3">
            <SideCrop
              face={current.first}
              other={current.second}
              name={names[0]}
              place="first"
              pictureUrl={pictureUrl}
              size={fileSize}
            />
            <SideCrop
              face={current.second}
              other={current.first}
              name={names[1]}
              place="second"
              pictureUrl={pictureUrl}
              size={fileSize}
            />
          </div>
        </section>
      )}
    </>
  );
}

type PairOptionProps = {
  readonly pair: AnswerPair;
  readonly names: AnswerNames;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly pictureUrl: string;
  readonly fileSize: Size;
  readonly onChoose: () => void;
};

function PairOption({ pair, names, isSelected, isStop, pictureUrl, fileSize, onChoose }: PairOptionProps) {
  const { id, first, second, iou } = pair;
  const bound = (first ?? second)?.bound;
  const lone = first === undefined || second === undefined;
  return (
    <div
      role="option"
      data-pair={id}
      aria-selected={isSelected}
      aria-label={pairName(pair, names)}
      tabIndex={isStop ? 0 : -1}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
      className={clsx(
        'flex min-h-[54px] cursor-pointer items-center gap-3 rounded-[10px] px-2 -outline-offset-2',
        isSelected ? 'bg-accent-soft shadow-[inset_0_0_0_1.5px_var(--color-accent)]' : 'hover:bg-raised',
      )}
    >
      {bound !== undefined && (
        <OwnCrop pictureUrl={pictureUrl} size={fileSize} bound={bound} maxSide={110} className="h-11 w-10 rounded-sm" />
      )}
      <span aria-hidden className="grid w-24 shrink-0 grid-cols-[1fr_1rem_1fr] items-center justify-items-center">
        <FaceNumber face={first} place="first" />
        {lone ? <span /> : <MoveHorizontal className="size-3.5 text-ink-faint" />}
        <FaceNumber face={second} place="second" />
      </span>
      <span aria-hidden className="min-w-0 leading-snug">
        <span className="block text-[0.8125rem]">
          {iou === undefined ? `Only ${first === undefined ? names[1] : names[0]}` : `IoU ${iou.toFixed(2)}`}
        </span>
        <span className="block truncate text-xs text-ink-faint tabular-nums">
          {[first, second].flatMap((face) => (face === undefined ? [] : [sizeOf(face)])).join(' and ')} px
        </span>
      </span>
    </div>
  );
}

/** A face's number as its badge on the picture: solid line or dashed. */
const FaceNumber = ({
  face,
  place,
}: {
  readonly face: AnsweredFace | undefined;
  readonly place: 'first' | 'second';
}) =>
  face === undefined ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <span
      className={clsx(
        'grid h-5.5 min-w-7 place-items-center rounded-sm border-2 bg-[#111318] px-1 text-xs font-semibold text-white tabular-nums',
        place === 'second' && 'border-dashed',
      )}
      style={{ borderColor: ANSWER_TONES[place] }}
    >
      {face.faceNo}
    </span>
  );

type SideCropProps = {
  readonly face: AnsweredFace | undefined;
  readonly other: AnsweredFace | undefined;
  readonly name: string;
  readonly place: 'first' | 'second';
  readonly pictureUrl: string;
  readonly size: Size;
};

/** The person with surroundings, as one answer has the box: the same part of the picture for both. */
function SideCrop({ face, other, name, place, pictureUrl, size }: SideCropProps) {
  const shown = useMemo(() => surroundings(face?.bound, other?.bound), [face, other]);
  const { bound } = face ?? {};
  return (
    <figure className="min-w-0">
      <div className="relative aspect-[5/4] overflow-hidden rounded-lg bg-mat">
        <OwnCrop pictureUrl={pictureUrl} size={size} bound={shown} maxSide={400} className="size-full" />
        {bound !== undefined && (
          <span
            aria-hidden
            className={clsx(
              'absolute border-2 shadow-[0_0_0_1px_#0c0e12,inset_0_0_0_1px_#0c0e12]',
              place === 'second' && 'border-dashed',
            )}
            style={{
              borderColor: ANSWER_TONES[place],
              left: `${((bound.x - shown.x) / shown.width) * 100}%`,
              top: `${((bound.y - shown.y) / shown.height) * 100}%`,
              width: `${(bound.width / shown.width) * 100}%`,
              height: `${(bound.height / shown.height) * 100}%`,
            }}
          />
        )}
      </div>
      <figcaption className="mt-1.5 text-xs">
        <span className="font-semibold">
          {name} {face?.faceNo ?? '–'}
        </span>
        <span className="block text-ink-faint tabular-nums">
          {face === undefined ? 'No box here' : `${sizeOf(face)} px`}
        </span>
      </figcaption>
    </figure>
  );
}

/** Around both boxes, in the crop's shape of 5 by 4. */
function surroundings(a: ImageRect | undefined, b: ImageRect | undefined): ImageRect {
  const boxes = [a, b].filter((box) => box !== undefined);
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const tall = Math.max(bottom - top, (right - left) * 0.8) * 1.5;
  const wide = tall * 1.25;
  return imageRect((left + right) / 2 - wide / 2, (top + bottom) / 2 - tall / 2, wide, tall);
}
