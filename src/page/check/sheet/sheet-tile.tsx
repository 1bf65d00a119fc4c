import clsx from 'clsx';
import { memo, type RefCallback } from 'react';
import { faceColor } from '#shared/palette.ts';
import { REASON_NAMES, type Verdict } from '../model/verdict.ts';
import { useCrop } from './crops.ts';

export type SheetTileProps = {
  readonly id: string;
  readonly crop: string;
  /** Undefined for a box that somebody drew. */
  readonly faceNo: number | undefined;
  readonly label: string;
  readonly verdict: Verdict | undefined;
  readonly isActive: boolean;
  /** Place among all of what is shown, from 1, and how many that are. */
  readonly place: number;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly watch: RefCallback<HTMLElement>;
};

/** One crop of the sheet in its own shape: four elements, because thousands are a normal day. */
export const SheetTile = memo(function SheetTile({
  id,
  crop: key,
  faceNo,
  label,
  verdict,
  isActive,
  place,
  count,
  x,
  y,
  width,
  height,
  watch,
}: SheetTileProps) {
  const crop = useCrop(key);
  const isWrong = verdict?.kind === 'wrong';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and points here by aria-activedescendant
    <div
      ref={watch}
      id={id}
      role="option"
      data-crop={key}
      aria-selected={isWrong}
      aria-label={label}
      aria-setsize={count}
      aria-posinset={place}
      data-active={isActive || undefined}
      className={clsx(
        'absolute top-0 left-0 cursor-pointer overflow-hidden rounded-lg select-none [-webkit-touch-callout:none]',
        'outline-ink-faint outline-offset-[2.5px] data-active:outline-[1.5px] group-focus/sheet:outline-accent group-focus/sheet:data-active:outline-[2.5px] hover:shadow-[0_0_0_2px_var(--color-ink)]',
        isWrong
          ? 'bg-bad-soft after:absolute after:inset-0 after:rounded-lg after:shadow-[inset_0_0_0_2px_var(--color-bad)]'
          : 'bg-mat',
      )}
      style={{ width, height, transform: `translate(${x}px, ${y}px)` }}
    >
      {/* An image and not a canvas: a hundred canvases that come in and go hold up the page for as long as all of its code. */}
      {crop?.kind === 'there' && (
        <img
          src={crop.url}
          alt=""
          draggable={false}
          decoding="sync"
          className={clsx('pointer-events-none size-full object-contain', isWrong && 'opacity-40')}
        />
      )}
      <span
        aria-hidden
        translate="no"
        className="absolute top-1.25 left-1.25 min-w-5 rounded-[5px] border-[1.25px] bg-[#111318] px-1 text-center text-[0.6875rem] leading-[0.96875rem] font-semibold text-white tabular-nums"
        style={{ borderColor: faceNo === undefined ? '#ffc14d' : faceColor(faceNo) }}
      >
        {faceNo ?? '+'}
      </span>
      {verdict !== undefined && (
        <span
          aria-hidden
          className={clsx(
            'absolute text-panel',
            isWrong
              ? 'inset-x-1.25 bottom-1.5 truncate rounded-sm bg-bad px-1 text-center text-[0.71875rem] leading-5.5 font-semibold'
              : 'right-1.25 bottom-1.5 size-4.5 rounded-full border-[1.5px] border-panel bg-good text-center text-[0.625rem] leading-3.75 font-semibold',
          )}
        >
          {isWrong ? `✗ ${verdict.reason === undefined ? 'Wrong' : REASON_NAMES[verdict.reason]}` : '✓'}
        </span>
      )}
    </div>
  );
});
