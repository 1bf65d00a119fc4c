import clsx from 'clsx';
import type { ReactNode } from 'react';
import { stopChecking, useChecks, useLayout } from '#page/check/index.ts';
import { redoStep, undoStep, useUndo } from '#page/pictures/undo-stack.ts';
import { openPicture } from '#page/pictures/work-store.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { CompareBar } from './compare-bar.tsx';
import { announce, chooseSides, selectBox, useComparePlace } from './compare-place.ts';
import { removeTruth } from './truth-store.ts';
import type { Compared } from './use-compared-pictures.ts';

/** What a comparison lays out: every kind of it has these parts. */
export type CompareParts = {
  /** Behind the pickers in the second line. */
  readonly bar: ReactNode;
  readonly strip: (layout: 'column' | 'row') => ReactNode;
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
};

/** The second line, strip, stage and panel of a comparison. */
export function CompareLayout({ compared, bar, strip, stage, panel, panelName, footer, keys }: CompareLayoutProps) {
  const layout = useLayout();
  const said = useComparePlace((state) => state.said);
  const canUndo = useUndo(({ done }) => done.length > 0);
  const canRedo = useUndo(({ undone }) => undone.length > 0);
  const isSaved = useChecks((state) => state.isSaved);
  const { sides, answer, truth } = compared;
  return (
    <>
      <CompareBar
        sides={sides}
        answer={answer}
        truth={truth}
        onAnswer={(id) => chooseSides({ answer: id, ...(id === truth?.id ? { truth: answer?.id } : {}) })}
        onTruth={(id) => chooseSides({ truth: id, ...(id === answer?.id ? { answer: truth?.id } : {}) })}
        onSwap={() => {
          chooseSides({ answer: truth?.id, truth: answer?.id });
          announce(`${truth?.label ?? ''} against ${answer?.label ?? ''}`);
        }}
        onForget={(set) => {
          chooseSides({ truth: undefined });
          removeTruth(set);
        }}
        canUndo={canUndo}
        canRedo={canRedo}
        onUndo={() => undoStep()}
        onRedo={redoStep}
        onLeave={stopChecking}
      >
        {bar}
      </CompareBar>
      <p aria-live="polite" className="sr-only">
        {/* The same sentence twice in a row would not be read again. */}
        {said.count % 2 === 0 ? said.text : `${said.text}\u00a0`}
      </p>
      <main
        className={clsx(
          'grid min-h-0 flex-1',
          layout === 'wide' && 'grid-cols-[240px_minmax(0,1fr)_372px] grid-rows-[minmax(0,1fr)]',
          layout === 'flat' && 'grid-cols-[160px_minmax(0,1fr)_300px] grid-rows-[minmax(0,1fr)]',
          layout === 'desk' && 'grid-cols-[minmax(0,1fr)_340px] grid-rows-[minmax(0,1fr)_auto]',
          layout === 'phone' && 'grid-cols-[minmax(0,1fr)] grid-rows-[minmax(16rem,1fr)_minmax(0,1fr)]',
        )}
      >
        {(layout === 'wide' || layout === 'flat') && (
          <div className="min-h-0 border-r border-line">{strip('column')}</div>
        )}
        <div className="relative min-h-0 min-w-0">{stage}</div>
        <aside
          aria-label={panelName}
          className={clsx(
            'flex min-h-0 min-w-0 flex-col overflow-y-auto bg-panel',
            layout === 'phone' ? 'border-t border-line pb-[env(safe-area-inset-bottom)]' : 'border-l border-line',
            layout === 'desk' && 'row-span-2',
          )}
        >
          {panel}
        </aside>
        {layout === 'desk' && <div className="min-w-0 border-t border-line">{strip('row')}</div>}
      </main>
      <footer className="flex min-h-9 shrink-0 items-center gap-4 border-t border-line bg-panel px-4 text-xs whitespace-nowrap text-ink-faint max-md:hidden">
        {footer.map((part) => (
          <span key={part} className="tabular-nums">
            {part}
          </span>
        ))}
        <span role="status" className={clsx(!isSaved && 'text-bad')}>
          {isSaved ? '' : 'Not saved: this browser has no room.'}
        </span>
        <span aria-hidden className="ml-auto max-lg:hidden pointer-coarse:hidden">
          {keys}
        </span>
      </footer>
    </>
  );
}
