import clsx from 'clsx';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { selectionStore, useSelection } from '#page/pictures/selection-store.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { ChoiceMenu } from '#page/ui/choice-menu.tsx';
import { faceId } from '#shared/face.ts';
import { isSelected } from '#shared/selection.ts';
import { FACE_FILTERS, FACE_SORTS, isOffered } from '../model/face-order.ts';
import { FILTER_LABELS, missingMessage, SHORT_FILTER_LABELS, SORT_LABELS, shownCountLabel } from './face-labels.ts';
import type { FaceView } from './face-view.ts';
import { CROWD_FROM_FACES, type ListLook } from './list-look.ts';
import { LookButton, LookSwitch } from './look-switch.tsx';
import { type SelectionAction, SelectionBar } from './selection-bar.tsx';

const SORTS = FACE_SORTS.map((value) => ({ value, label: SORT_LABELS[value] }));
const FILTERS = FACE_FILTERS.map((value) => ({
  value,
  label: FILTER_LABELS[value],
  short: SHORT_FILTER_LABELS[value],
}));

type FaceListHeaderProps = {
  readonly headingId: string;
  readonly view: FaceView;
  readonly look: ListLook;
  readonly onLook: (look: ListLook) => void;
  readonly selectionActions: readonly SelectionAction[];
  /** True where there is little height: one row, whose title is told elsewhere. */
  readonly isLow: boolean;
};

/**
 * Title, count and layout; below them number, order and filter, or what can be done with several selected faces. Always
 * two rows (or one), so that nothing below moves. Sorting and filtering change what is shown, never a number.
 */
export function FaceListHeader({ headingId, view, look, onLook, selectionActions, isLow }: FaceListHeaderProps) {
  const faceCount = view.faces.length;
  const count = shownCountLabel(view.shown.length, faceCount);
  const selection = useSelection();
  const selected = view.faces.filter(({ id }) => isSelected(selection, id));
  const isGathering = useStore(selectionStore, ({ multiSelectMode }) => multiSelectMode);
  const isSeveral = selected.length > 1 || isGathering;
  const isCrowd = faceCount >= CROWD_FROM_FACES;
  const title = (
    <>
      <h2 id={headingId} className={isSeveral || isLow ? 'sr-only' : 'text-[0.9375rem] font-semibold'}>
        Faces
      </h2>
      {isSeveral ? (
        <SelectedCount count={selected.length} isLow={isLow} />
      ) : (
        faceCount > 0 && (
          <span className={clsx('text-ink-faint tabular-nums', isLow ? 'shrink-0' : 'truncate')}>{count}</span>
        )
      )}
      <span role="status" className="sr-only">
        {view.filter !== 'all' && count}
      </span>
    </>
  );
  const bar = isSeveral && selectionActions.length > 0 && (
    <SelectionBar faces={selected} actions={selectionActions} isLow={isLow} />
  );
  const order = (
    <>
      <ChoiceMenu
        name="Sort"
        value={view.sort}
        choices={SORTS.filter(({ value }) => isOffered(value, view.faces))}
        onChange={view.setSort}
      />
      <ChoiceMenu
        name="Show"
        value={view.filter}
        choices={FILTERS.filter(({ value }) => isOffered(value, view.faces))}
        onChange={view.setFilter}
      />
    </>
  );
  if (faceCount < 2) return <div className="flex h-11 items-center gap-2 px-4">{title}</div>;
  if (isLow) {
    return (
      <div className="relative mx-4 flex min-h-13 items-center gap-1 @max-[21rem]:mx-3">
        {isCrowd && !isSeveral && <GoToNumber view={view} />}
        {title}
        {bar || (
          <>
            <span className="ml-auto" />
            {order}
            <LookButton look={look} onChoose={onLook} />
          </>
        )}
      </div>
    );
  }
  return (
    <div className="px-4">
      <div className="flex h-11 items-center gap-2 pointer-coarse:h-14">
        {title}
        <span className="ml-auto" />
        <LookSwitch look={look} onChoose={onLook} />
      </div>
      <div className="relative -mr-1.5 mb-2 flex min-h-7 items-center gap-1 @max-[17rem]:flex-wrap pointer-coarse:min-h-11">
        {bar || (
          <>
            {isCrowd && <GoToNumber view={view} />}
            <SelectAll view={view} />
            <span className="ml-auto" />
            {order}
          </>
        )}
      </div>
    </div>
  );
}

/** Gives the focus to the list: a button that goes as it is pressed must not take the focus with it. */
function focusList(button: Element): void {
  const list = button.closest('section')?.querySelector('[role="listbox"]');
  if (list instanceof HTMLElement) list.focus({ preventScroll: true });
}

/** The key is told beside it, where there is a keyboard and the room. */
function SelectAll({ view: { shownIds } }: { readonly view: FaceView }) {
  return (
    <button
      type="button"
      disabled={shownIds.length < 2}
      className={buttonClass('quiet', 'min-h-7 px-1.5 text-xs font-normal first:-ml-1.5 pointer-coarse:min-h-11')}
      onClick={({ currentTarget }) => {
        focusList(currentTarget);
        selectionStore.getState().selectAll(shownIds);
      }}
    >
      Select all
      <kbd
        aria-hidden
        className="hidden rounded-sm border border-line-strong px-1 font-sans text-[0.6875rem] leading-4.5 text-ink-faint @min-[25rem]:inline pointer-coarse:hidden"
      >
        Ctrl/⌘ A
      </kbd>
    </button>
  );
}

/** How many are selected and the way out, in place of title and count: a mode that one cannot see is a trap. */
function SelectedCount({ count, isLow }: { readonly count: number; readonly isLow: boolean }) {
  return (
    <span className={clsx('flex min-w-0 items-center', !isLow && 'gap-1')}>
      <span
        className={clsx(
          'truncate font-semibold text-accent tabular-nums',
          isLow ? 'text-[0.8125rem]' : 'text-[0.9375rem]',
        )}
      >
        {isLow && (
          // On the smallest phones the number is all that there is room for.
          <span aria-hidden className="hidden @max-[21rem]:inline">
            {count}
          </span>
        )}
        <span className={isLow ? '@max-[21rem]:sr-only' : undefined}>{`${count} selected`}</span>
      </span>
      <button
        type="button"
        aria-label="Clear selection"
        className={buttonClass('quiet', 'min-h-7 min-w-11 px-1.5 text-xs pointer-coarse:min-h-11')}
        onClick={({ currentTarget }) => {
          focusList(currentTarget);
          selectionStore.getState().clear();
        }}
      >
        Clear
      </button>
    </span>
  );
}

/** A field that selects the face with the typed number; needed where there is no keyboard to type it in the list. */
function GoToNumber({ view }: { readonly view: FaceView }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const messageId = useId();
  const problem = typed === '' ? undefined : missingMessage(Number(typed), view);
  const go = (text: string) => {
    const digits = text.replaceAll(/\D/g, '');
    setTyped(digits);
    const wanted = faceId(Number(digits));
    if (digits !== '' && view.shownIds.includes(wanted)) selectionStore.getState().select(wanted);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    go(typed);
  };
  return (
    <>
      <form onSubmit={onSubmit} className="shrink-0">
        <label htmlFor={id} className="sr-only">
          Go to face number
        </label>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          placeholder="Number"
          value={typed}
          aria-invalid={problem !== undefined}
          aria-describedby={messageId}
          className="h-7 w-16 rounded-sm border border-line-strong bg-transparent px-1.5 text-xs tabular-nums placeholder:text-ink-faint aria-invalid:border-bad pointer-coarse:h-11 pointer-coarse:w-21 pointer-coarse:text-base pointer-coarse:@max-[21rem]:w-16 pointer-coarse:@max-[21rem]:placeholder:text-[0.8125rem]"
          onChange={(event) => go(event.target.value)}
          onBlur={() => setTyped('')}
        />
      </form>
      <p
        id={messageId}
        role="status"
        className="absolute top-full left-0 z-10 rounded-sm border border-line bg-panel px-2 py-1 text-xs text-bad shadow-float empty:sr-only"
      >
        {problem}
      </p>
    </>
  );
}
