import { Redo2, Save, Undo2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import { formatTimeLeft, type Totals } from './model/progress.ts';

type CheckBarProps = {
  /** The way of checking, and another one to choose. */
  readonly ways: ReactNode;
  readonly totals: Totals;
  /** Until all is checked, in milliseconds; undefined while that cannot be told. */
  readonly leftMs: number | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onNextWrong: () => void;
  readonly onNextMissed: () => void;
  /** Saves what was said as a file; undefined while nothing was. */
  readonly onSave: (() => void) | undefined;
  readonly onLeave: () => void;
};

const COUNT = 'rounded-sm underline decoration-line-strong underline-offset-[3px] hover:decoration-current';

/** The second line: how far one is, and what can be done about it. */
export function CheckBar({
  ways,
  totals,
  leftMs,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onNextWrong,
  onNextMissed,
  onSave,
  onLeave,
}: CheckBarProps) {
  const { pictures, picturesDone, faces, checked, wrong, missed } = totals;
  const isDone = pictures > 0 && picturesDone === pictures;
  const parts: readonly { readonly key: string; readonly part: ReactNode; readonly className?: string }[] = [
    {
      key: 'pictures',
      className: 'max-[68rem]:hidden',
      part: (
        <>
          <b className="font-semibold text-ink">{picturesDone}</b> of {pictures}{' '}
          {pictures === 1 ? 'picture' : 'pictures'}
        </>
      ),
    },
    {
      key: 'faces',
      part: (
        <>
          <b className="font-semibold text-ink">{isDone ? faces : checked}</b>
          {isDone ? '' : ` of ${faces}`} {faces === 1 ? 'face' : 'faces'}
        </>
      ),
    },
    {
      key: 'wrong',
      part:
        wrong === 0 ? (
          '0 wrong'
        ) : (
          <button type="button" className={COUNT} onClick={onNextWrong}>
            <b className="font-semibold text-ink">{wrong}</b> wrong
          </button>
        ),
    },
    {
      key: 'missed',
      part:
        missed === 0 ? (
          '0 missed'
        ) : (
          <button type="button" className={COUNT} onClick={onNextMissed}>
            <b className="font-semibold text-ink">{missed}</b> missed
          </button>
        ),
    },
    ...(isDone
      ? [{ key: 'done', part: 'done' }]
      : leftMs === undefined
        ? []
        : [{ key: 'left', className: 'max-[73.75rem]:hidden', part: formatTimeLeft(leftMs) }]),
  ];
  return (
    <section
      aria-label="Check"
      className="relative flex h-12 shrink-0 items-center gap-5 border-b border-line bg-panel px-4 text-[0.8125rem] max-md:gap-2 max-md:px-3"
    >
      {ways}
      <p
        aria-live="off"
        className="flex min-w-0 items-center gap-2 overflow-hidden whitespace-nowrap text-ink-soft tabular-nums"
      >
        {parts.map(({ key, part, className }, index) => (
          <Fragment key={key}>
            {index > 0 && (
              <span
                aria-hidden
                className={`text-line-strong ${index === 1 ? 'max-[68rem]:hidden' : ''} ${className ?? ''}`}
              >
                ·
              </span>
            )}
            <span className={className}>{part}</span>
          </Fragment>
        ))}
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <Button
          look="quiet"
          disabled={!canUndo}
          aria-keyshortcuts="Control+Z Meta+Z"
          aria-label="Undo"
          onClick={onUndo}
        >
          <Undo2 aria-hidden className="size-4" />
          <span className="max-lg:hidden">Undo</span>
        </Button>
        <Button
          look="quiet"
          disabled={!canRedo}
          aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
          aria-label="Redo"
          className="max-md:hidden"
          onClick={onRedo}
        >
          <Redo2 aria-hidden className="size-4" />
        </Button>
        <Button
          look="quiet"
          disabled={onSave === undefined}
          aria-label="Save the check as a file"
          className="max-md:hidden"
          {...(onSave === undefined ? {} : { onClick: onSave })}
        >
          <Save aria-hidden className="size-4" />
          <span className="max-lg:hidden">Save check</span>
        </Button>
        <Button look="quiet" aria-keyshortcuts="Escape" onClick={onLeave}>
          Leave <Key>Esc</Key>
        </Button>
      </div>
      <span
        aria-hidden
        className="absolute bottom-[-1px] left-0 h-0.5 bg-accent"
        style={{ width: `${faces === 0 ? 0 : (100 * checked) / faces}%` }}
      />
    </section>
  );
}

/** A key beside what it does, where there is a keyboard. */
export const Key = ({ children }: { readonly children: string }) => (
  <kbd
    aria-hidden
    className="ml-1 grid h-5 min-w-5 place-items-center rounded-sm border border-current/30 px-1 font-sans text-[0.6875rem] leading-none font-medium pointer-coarse:hidden max-md:hidden"
  >
    {children}
  </kbd>
);
