import clsx from 'clsx';
import { FileText, Redo2, Save, Undo2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import { formatTimeLeft, type Totals } from './model/progress.ts';
import { WayOfCheckingSwitch } from './way-of-checking.tsx';

export type CheckCountsProps = {
  readonly totals: Totals;
  /** Until all is checked, in milliseconds; undefined while that cannot be told. */
  readonly leftMs: number | undefined;
  readonly onNextWrong: () => void;
  readonly onNextMissed: () => void;
};

/** What every way of checking has in its line. */
export type CheckSteps = {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onReport: () => void;
  readonly onLeave: () => void;
};

export type CheckBarProps = CheckCountsProps &
  CheckSteps & {
    /** Saves what was said as a file; undefined while nothing was. */
    readonly onSave: (() => void) | undefined;
  };

const COUNT = 'rounded-sm underline decoration-line-strong underline-offset-[3px] hover:decoration-current';

/**
 * The line of progress. Where there is no room the time goes first, then the pictures; on a phone the place among them
 * stands above it.
 */
export function CheckCounts({
  totals,
  leftMs,
  onNextWrong,
  onNextMissed,
  isPhone = false,
}: CheckCountsProps & { readonly isPhone?: boolean }) {
  const { pictures, picturesDone, faces, checked, wrong, missed } = totals;
  const isDone = pictures > 0 && picturesDone === pictures;
  const parts: readonly { readonly key: string; readonly part: ReactNode; readonly className?: string }[] = [
    {
      key: 'pictures',
      className: isPhone ? 'hidden' : '@max-[23rem]:hidden',
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
        : [
            {
              key: 'left',
              className: isPhone ? '@max-[21rem]:hidden' : '@max-[31rem]:hidden',
              part: formatTimeLeft(leftMs),
            },
          ]),
  ];
  return (
    <p aria-live="off" className="@container min-w-44 flex-1 text-ink-soft tabular-nums">
      <span className={clsx('flex flex-wrap items-center gap-x-2', isPhone && 'justify-center')}>
        {parts.map(({ key, part, className }, index) => (
          <Fragment key={key}>
            {index > 0 && (
              <span aria-hidden className={clsx('text-line-strong', index === 1 ? parts[0]?.className : className)}>
                ·
              </span>
            )}
            <span className={clsx('whitespace-nowrap', className)}>{part}</span>
          </Fragment>
        ))}
      </span>
    </p>
  );
}

/** How far all faces are checked, at the lower edge of the bar. */
export const CheckLine = ({ totals: { faces, checked } }: { readonly totals: Totals }) => (
  <span
    aria-hidden
    className="absolute bottom-[-1px] left-0 h-0.5 bg-accent"
    style={{ width: `${faces === 0 ? 0 : (100 * checked) / faces}%` }}
  />
);

/** Words beside an icon, where the bar has room for them. */
const WORDS = '@max-[72rem]:hidden';

/** The second line: how far one is, and what can be done about it. */
export function CheckBar({ canUndo, canRedo, onUndo, onRedo, onSave, onReport, onLeave, ...counts }: CheckBarProps) {
  return (
    <section aria-label="Check" className="@container relative shrink-0 border-b border-line bg-panel text-[0.8125rem]">
      <div className="flex min-h-12 flex-wrap items-center gap-x-5 px-4">
        <WayOfCheckingSwitch />
        <CheckCounts {...counts} />
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <UndoButtons canUndo={canUndo} canRedo={canRedo} onUndo={onUndo} onRedo={onRedo}>
            <span className={WORDS}>Undo</span>
          </UndoButtons>
          <Button
            look="quiet"
            disabled={onSave === undefined}
            aria-label="Save the check as a file"
            {...(onSave === undefined ? {} : { onClick: onSave })}
          >
            <Save aria-hidden className="size-4" />
            <span className={WORDS}>Save check</span>
          </Button>
          <Button look="quiet" aria-label="Report" className="pointer-coarse:min-w-11" onClick={onReport}>
            <FileText aria-hidden className="size-4" />
            <span className={WORDS}>Report</span>
          </Button>
          <Button look="quiet" aria-keyshortcuts="Escape" onClick={onLeave}>
            Leave <Key>Esc</Key>
          </Button>
        </div>
      </div>
      <CheckLine totals={counts.totals} />
    </section>
  );
}

type UndoButtonsProps = Pick<CheckSteps, 'canUndo' | 'canRedo' | 'onUndo' | 'onRedo'> & {
  readonly redoClassName?: string;
  /** The word beside the icon, where the bar has room for it. */
  readonly children?: ReactNode;
};

/** Undo and redo, in the second line of every way of checking. */
export const UndoButtons = ({ canUndo, canRedo, onUndo, onRedo, redoClassName, children }: UndoButtonsProps) => (
  <>
    <Button look="quiet" disabled={!canUndo} aria-keyshortcuts="Control+Z Meta+Z" aria-label="Undo" onClick={onUndo}>
      <Undo2 aria-hidden className="size-4" />
      {children}
    </Button>
    <Button
      look="quiet"
      disabled={!canRedo}
      aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
      aria-label="Redo"
      className={redoClassName}
      onClick={onRedo}
    >
      <Redo2 aria-hidden className="size-4" />
    </Button>
  </>
);

/** A key beside what it does, where there is a keyboard. */
export const Key = ({ children }: { readonly children: string }) => (
  <kbd
    aria-hidden
    className="ml-1 grid h-5 min-w-5 place-items-center rounded-sm border border-current/30 px-1 font-sans text-[0.6875rem] leading-none font-medium pointer-coarse:hidden max-md:hidden"
  >
    {children}
  </kbd>
);
