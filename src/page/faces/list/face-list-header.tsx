import clsx from 'clsx';
import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { selectionStore, useSelection } from '#page/pictures/selection-store.ts';
import { buttonClass } from '#page/ui/button.tsx';
import { ChoiceMenu } from '#page/ui/choice-menu.tsx';
import { faceId } from '#shared/face.ts';
import { FACE_FILTERS, FACE_SORTS, isOffered } from '../model/face-order.ts';
import { FILTER_LABELS, missingMessage, SORT_LABELS, shownCountLabel } from './face-labels.ts';
import type { FaceView } from './face-view.ts';

const SORTS = FACE_SORTS.map((value) => ({ value, label: SORT_LABELS[value] }));
const FILTERS = FACE_FILTERS.map((value) => ({ value, label: FILTER_LABELS[value] }));

/** From this many faces on, going to one by its number is worth a field. */
const NUMBER_FIELD_FROM_FACES = 20;

type FaceListHeaderProps = { readonly headingId: string; readonly view: FaceView };

/** Title, count, order and filter. Sorting and filtering change what is shown, never a number. */
export function FaceListHeader({ headingId, view }: FaceListHeaderProps) {
  const faceCount = view.faces.length;
  const count = shownCountLabel(view.shown.length, faceCount);
  const selectedCount = useSelection().ids.length;
  const isGathering = useStore(selectionStore, ({ multiSelectMode }) => multiSelectMode);
  const isSeveral = selectedCount > 1 || isGathering;
  const isCrowd = faceCount >= NUMBER_FIELD_FROM_FACES;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2">
      <h2 id={headingId} className={isSeveral ? 'sr-only' : 'text-[0.9375rem] font-semibold'}>
        Faces
      </h2>
      {isSeveral ? (
        <SelectedCount count={selectedCount} />
      ) : (
        faceCount > 0 && <span className="text-ink-faint tabular-nums">{count}</span>
      )}
      <span role="status" className="sr-only">
        {view.filter !== 'all' && count}
      </span>
      {faceCount > 1 && (
        // A crowd's controls have a row of their own from the start, so that nothing jumps when the count grows longer.
        <div className={clsx('-mr-1.5 flex flex-wrap items-center', isCrowd ? 'w-full' : 'ml-auto')}>
          {isCrowd && <GoToNumber view={view} />}
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
        </div>
      )}
    </div>
  );
}

/** How many are selected and the way out, in place of title and count: a mode that one cannot see is a trap. */
function SelectedCount({ count }: { readonly count: number }) {
  return (
    // Its button is taller than the line where fingers point, and must not make it taller: nothing below may move.
    <span className="-my-2 flex items-center gap-1 pointer-coarse:-my-3">
      <span className="text-[0.8125rem] font-semibold whitespace-nowrap text-accent tabular-nums">
        {count} selected
      </span>
      <button
        type="button"
        aria-label="Clear selection"
        className={buttonClass('quiet', 'min-h-7 min-w-11 px-1.5 text-xs pointer-coarse:min-h-11')}
        onClick={({ currentTarget }) => {
          // The button goes, and the focus must not go with it.
          const list = currentTarget.closest('section')?.querySelector('[role="listbox"]');
          selectionStore.getState().clear();
          if (list instanceof HTMLElement) list.focus({ preventScroll: true });
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
      <form onSubmit={onSubmit} className="mr-auto">
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
          className="h-7 w-16 rounded-sm border border-line-strong bg-transparent px-1.5 text-xs tabular-nums placeholder:text-ink-faint aria-invalid:border-bad pointer-coarse:h-11 pointer-coarse:w-21 pointer-coarse:text-base"
          onChange={(event) => go(event.target.value)}
          onBlur={() => setTyped('')}
        />
      </form>
      <p id={messageId} role="status" className="order-last w-full text-xs text-bad not-empty:pt-2">
        {problem}
      </p>
    </>
  );
}
