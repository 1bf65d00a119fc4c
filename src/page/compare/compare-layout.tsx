import clsx from 'clsx';
import type { ReactNode } from 'react';
import { stopChecking, useChecks, useLayout } from '#page/check/index.ts';
import { redoStep, undoStep, useUndo } from '#page/pictures/undo-stack.ts';
import { openPicture, type Picture } from '#page/pictures/work-store.ts';
import { announce } from '#page/platform/notices.ts';
import { Announcement } from '#page/ui/announcement.tsx';
import type { PictureId } from '#shared/picture-id.ts';
import { CompareBar } from './compare-bar.tsx';
import { ComparePhoneBar } from './compare-phone.tsx';
import { chooseSides, selectBox } from './compare-place.ts';
import type { StripLayout } from './compare-strip.tsx';
import type { SideId } from './model/sides.ts';
import { removeTruth } from './truth-store.ts';
import type { Compared } from './use-compared-pictures.ts';

/** What a comparison lays out: every kind of it has these parts. */
export type CompareParts = {
  /** Behind the pickers in the second line; where there is no room for it above the panel. Undefined while there is nothing to say. */
  readonly bar: ReactNode | undefined;
  readonly onReport: () => void;
  /** `close` puts the list away, where it lies over the rest. */
  readonly strip: (layout: StripLayout, close?: () => void) => ReactNode;
  readonly stage: ReactNode;
  readonly panel: ReactNode;
  readonly panelName: string;
  readonly footer: readonly string[];
  readonly keys: string;
};

/** Goes to another picture: the boxes of this one are none of its own. */
export function goToPicture(id: PictureId): void {
  selectBox(undefined);
  openPicture(id);
}

type CompareLayoutProps = CompareParts & {
  readonly compared: Compared;
  readonly picture: Picture;
  /** Of the picture among those that are listed: "1 of 29". */
  readonly place: string;
};

const NOT_SAVED = 'Not saved: this browser has no room.';

/** The second line, strip, stage and panel of a comparison. */
export function CompareLayout({
  compared,
  picture,
  place,
  bar,
  onReport,
  strip,
  stage,
  panel,
  panelName,
  footer,
  keys,
}: CompareLayoutProps) {
  const layout = useLayout();
  const isPhone = layout === 'phone';
  const isBarBelow = isPhone || layout === 'flat';
  const canUndo = useUndo(({ done }) => done.length > 0);
  const canRedo = useUndo(({ undone }) => undone.length > 0);
  const isSaved = useChecks((state) => state.isSaved);
  const { sides, answer, truth } = compared;
  const pickers = {
    sides,
    answer,
    truth,
    onAnswer: (id: SideId) => chooseSides({ answer: id, ...(id === truth?.id ? { truth: answer?.id } : {}) }),
    onTruth: (id: SideId) => chooseSides({ truth: id, ...(id === answer?.id ? { answer: truth?.id } : {}) }),
    onSwap: () => {
      chooseSides({ answer: truth?.id, truth: answer?.id });
      announce(`${truth?.label ?? ''} against ${answer?.label ?? ''}`);
    },
    onForget: (set: string) => {
      chooseSides({ truth: undefined });
      removeTruth(set);
    },
  };
  const steps = {
    canUndo,
    canRedo,
    onUndo: () => undoStep(),
    onRedo: redoStep,
    onReport,
    onLeave: stopChecking,
  };
  return (
    <>
      {isPhone ? (
        <ComparePhoneBar
          head={{ ...steps, name: picture.name, place, pictures: (close) => strip('column', close) }}
          sides={pickers}
        />
      ) : (
        <CompareBar {...pickers} {...steps}>
          {!isBarBelow && bar}
        </CompareBar>
      )}
      <Announcement />
      <main
        className={clsx(
          'grid min-h-0 flex-1',
          layout === 'wide' && 'grid-cols-[15rem_minmax(0,1fr)_23.25rem] grid-rows-[minmax(0,1fr)]',
          layout === 'flat' && 'grid-cols-[5.5rem_minmax(0,1fr)_minmax(15rem,36%)] grid-rows-[minmax(0,1fr)]',
          layout === 'desk' && 'grid-cols-[minmax(0,1fr)_minmax(18rem,21.25rem)] grid-rows-[minmax(0,1fr)_auto]',
          // On the smallest ones all of it is scrolled.
          isPhone &&
            'grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1.1fr)_minmax(0,1fr)] small:grid-rows-[max(11rem,45vh)_auto] small:overflow-y-auto',
        )}
      >
        {(layout === 'wide' || layout === 'flat') && (
          <div className="min-h-0 border-r border-line">{strip(layout === 'wide' ? 'column' : 'thumbs')}</div>
        )}
        <div className="relative min-h-0 min-w-0">{stage}</div>
        <aside
          aria-label={panelName}
          className={clsx(
            'flex min-w-0 flex-col bg-panel',
            isPhone
              ? 'min-h-0 border-t border-line pb-[env(safe-area-inset-bottom)] small:min-h-max'
              : 'min-h-0 overflow-y-auto border-l border-line',
            layout === 'desk' && 'row-span-2',
          )}
        >
          {isPhone && !isSaved && (
            <p role="status" className="px-4 pt-2 text-[0.8125rem] text-bad">
              {NOT_SAVED}
            </p>
          )}
          {isBarBelow && bar !== undefined && (
            <div className="flex min-h-11 shrink-0 items-center px-4 py-0.5 text-[0.8125rem]">{bar}</div>
          )}
          {panel}
        </aside>
        {layout === 'desk' && <div className="min-w-0 border-t border-line">{strip('row')}</div>}
      </main>
      <footer
        className={clsx(
          'flex min-h-9 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-panel px-4 text-xs whitespace-nowrap text-ink-faint',
          (isPhone || layout === 'flat') && 'hidden',
        )}
      >
        {footer.map((part) => (
          <span key={part} className="tabular-nums">
            {part}
          </span>
        ))}
        <span role="status" className={clsx(!isSaved && 'text-bad')}>
          {isSaved ? '' : NOT_SAVED}
        </span>
        <span aria-hidden className="ml-auto max-lg:hidden pointer-coarse:hidden">
          {keys}
        </span>
      </footer>
    </>
  );
}
