import clsx from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { PictureRow } from '#page/check/index.ts';
import { shownName } from '#page/pictures/model/picture-name.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { ChoiceMenu } from '#page/ui/choice-menu.tsx';
import type { PictureId } from '#shared/picture-id.ts';
import { setStripFilter, setStripOrder, useComparePlace } from './compare-place.ts';

/** A picture of the strip, in words that its kind of comparison has for it. */
export type StripRow = {
  readonly picture: Picture;
  /** "2 false · 1 missed". */
  readonly summary: string;
  /** What stands at the right: "83.3 %", a count, a tick. */
  readonly mark: ReactNode;
  /** All of it for a screen reader. */
  readonly spoken: string;
  readonly isQuiet: boolean;
};

export type StripGroup = {
  /** "24 without a difference"; undefined for the first group, which needs no heading. */
  readonly heading: string | undefined;
  readonly rows: readonly StripRow[];
  /** Folds away; told from outside, because keys walk what is shown. */
  readonly isFolded: boolean;
};

type CompareStripProps = {
  readonly groups: readonly StripGroup[];
  readonly count: number;
  readonly openId: PictureId;
  readonly onOpen: (id: PictureId) => void;
  readonly onFold: (heading: string) => void;
  /** What the strip lists, where that is not everything: "With missed". */
  readonly filtered: string | undefined;
  readonly layout: StripLayout;
  /** Hears that somebody chose a picture here. */
  readonly onChosen?: (() => void) | undefined;
  /** False where there is one order only. */
  readonly hasOrder?: boolean;
};

/** Beside the stage with names, or thumbs alone: in a row under it, or in a column where the window is low. */
export type StripLayout = 'column' | 'row' | 'thumbs';

const ORDERS = [
  { value: 'worst', label: 'Worst F1 first', short: 'Worst F1' },
  { value: 'given', label: 'As handed over', short: 'As handed' },
] as const;

/** The pictures with what differs in them: one stop of Tab, arrows move. */
export function CompareStrip({
  groups,
  count,
  openId,
  onOpen,
  onFold,
  filtered,
  layout,
  onChosen,
  hasOrder = true,
}: CompareStripProps) {
  const order = useComparePlace((state) => state.order);
  const list = useRef<HTMLDivElement>(null);
  const shown = groups.flatMap(({ rows, isFolded }) => (isFolded ? [] : rows));
  const place = shown.findIndex(({ picture }) => picture.id === openId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the open picture
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [openId, place]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !(event.target instanceof HTMLElement) || event.target.dataset['picture'] === undefined)
      return;
    event.preventDefault();
    const next = shown[Math.max(0, Math.min(shown.length - 1, place + by))];
    if (next === undefined) return;
    onOpen(next.picture.id);
    list.current?.querySelector<HTMLElement>(`[data-picture="${next.picture.id}"]`)?.focus({ preventScroll: true });
  };
  return (
    <nav
      aria-label="Pictures"
      className={clsx('flex min-h-0 min-w-0 bg-panel', layout === 'row' ? 'items-center' : 'h-full flex-col')}
    >
      <div
        className={clsx(
          'flex shrink-0 items-center gap-x-2',
          layout === 'column' && 'min-h-11 flex-wrap px-4',
          layout === 'row' && 'flex-col px-4 py-1',
          layout === 'thumbs' && 'flex-col px-1 py-1 text-center',
        )}
      >
        <h2 className={clsx('font-semibold', layout === 'thumbs' ? 'text-xs' : 'text-[0.9375rem]')}>
          <span className={clsx(layout === 'thumbs' && 'sr-only')}>Pictures </span>
          <span className="font-normal text-ink-faint tabular-nums">
            {place === -1 ? count : `${place + 1} of ${count}`}
          </span>
        </h2>
        {hasOrder && (
          <span className={clsx(layout === 'column' && 'ml-auto -mr-2', layout === 'thumbs' && 'hidden')}>
            <ChoiceMenu name="Order" value={order} choices={ORDERS} onChange={setStripOrder} />
          </span>
        )}
      </div>
      {filtered !== undefined && (
        <p
          className={clsx(
            'flex items-center gap-2 text-xs text-ink-soft',
            layout === 'thumbs' ? 'flex-col px-1 text-center' : 'px-4 pb-1.5',
            layout === 'row' && 'max-w-40 flex-col',
          )}
        >
          <span className="min-w-0 truncate">{filtered}</span>
          <button
            type="button"
            className={clsx(
              'shrink-0 rounded-sm text-accent underline underline-offset-2 pointer-coarse:min-h-11 pointer-coarse:min-w-11',
              layout === 'column' && 'ml-auto',
            )}
            onClick={() => setStripFilter({ kind: 'all' })}
          >
            Show all
          </button>
        </p>
      )}
      <div
        ref={list}
        className={clsx(
          'flex min-h-0 gap-0.5 px-2',
          layout === 'row' ? 'flex-1 items-center overflow-x-auto py-1.5' : 'flex-1 flex-col overflow-y-auto pb-2',
        )}
      >
        {groups.map(({ heading, rows, isFolded }) => (
          <div key={heading ?? ''} className={clsx(layout === 'row' && 'flex shrink-0 items-center gap-0.5')}>
            {heading !== undefined && (
              <button
                type="button"
                aria-expanded={!isFolded}
                onClick={() => onFold(heading)}
                className={clsx(
                  'flex min-h-8 w-full items-center gap-1 rounded text-left text-xs text-ink-faint tabular-nums hover:bg-raised pointer-coarse:min-h-11',
                  layout === 'thumbs' ? 'flex-col gap-0 py-1 text-center' : 'px-2',
                )}
              >
                {isFolded ? (
                  <ChevronRight aria-hidden className="size-3.5 shrink-0" />
                ) : (
                  <ChevronDown aria-hidden className="size-3.5 shrink-0" />
                )}
                <span className={clsx(layout !== 'thumbs' && 'whitespace-nowrap')}>{heading}</span>
              </button>
            )}
            {!isFolded && (
              <ul onKeyDown={onKeyDown} className={clsx('flex gap-0.5', layout !== 'row' && 'flex-col')}>
                {rows.map((row) => (
                  <li key={row.picture.id} className="shrink-0">
                    <Row
                      row={row}
                      isOpen={row.picture.id === openId}
                      isStop={row.picture.id === openId || (place === -1 && row === shown[0])}
                      onOpen={() => {
                        onOpen(row.picture.id);
                        onChosen?.();
                      }}
                      layout={layout}
                    />
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
        {groups.every(({ rows }) => rows.length === 0) && (
          <p className="px-2 py-3 text-[0.8125rem] text-ink-faint">No pictures here.</p>
        )}
      </div>
    </nav>
  );
}

type RowProps = {
  readonly row: StripRow;
  readonly isOpen: boolean;
  readonly isStop: boolean;
  readonly onOpen: () => void;
  readonly layout: StripLayout;
};

function Row({ row: { picture, summary, mark, spoken, isQuiet }, isOpen, isStop, onOpen, layout }: RowProps) {
  const name = shownName(picture.name);
  return (
    <PictureRow
      picture={picture}
      name={name}
      label={`${name}, ${spoken}`}
      isOpen={isOpen}
      isStop={isStop}
      isColumn={layout === 'column'}
      onClick={onOpen}
      summary={summary}
    >
      <span
        className={clsx(
          'shrink-0 text-[0.8125rem] tabular-nums',
          isQuiet ? 'text-ink-faint' : 'font-semibold',
          layout !== 'column' && 'absolute right-0 bottom-0 rounded bg-panel px-1 text-[0.6875rem]',
        )}
      >
        {mark}
      </span>
    </PictureRow>
  );
}
