import clsx from 'clsx';
import { type FormEvent, useId, useState } from 'react';
import { faceId } from '#domain/face.ts';
import { FACE_FILTERS, FACE_SORTS } from '#domain/face-order.ts';
import { selectionStore } from '#lib/selection-store.ts';
import { ChoiceMenu } from '#lib/ui/choice-menu.tsx';
import type { FaceView } from './face-view.ts';
import { countInWords, FILTER_WORDS, SORT_WORDS } from './face-words.ts';

const SORTS = FACE_SORTS.map((value) => ({ value, label: SORT_WORDS[value] }));
const FILTERS = FACE_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] }));

/** From this many faces on, going to one by its number is worth a field. */
const CROWD = 20;

type FaceListHeaderProps = { readonly headingId: string; readonly view: FaceView; readonly faceCount: number };

/** Title, count, order and filter. Sorting and filtering change what is shown, never a number. */
export function FaceListHeader({ headingId, view, faceCount }: FaceListHeaderProps) {
  const count = countInWords(view.shown.length, faceCount);
  const isCrowd = faceCount >= CROWD;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-2">
      <h2 id={headingId} className="text-[0.9375rem] font-semibold">
        Faces
      </h2>
      {faceCount > 0 && <span className="text-ink-faint tabular-nums">{count}</span>}
      <span role="status" className="sr-only">
        {view.filter !== 'all' && count}
      </span>
      {faceCount > 1 && (
        // A crowd's controls have a row of their own from the start, so that nothing jumps when the count grows longer.
        <div className={clsx('-mr-1.5 flex flex-wrap items-center', isCrowd ? 'w-full' : 'ml-auto')}>
          {isCrowd && <GoToNumber view={view} />}
          <ChoiceMenu name="Sort" value={view.sort} choices={SORTS} onChange={view.setSort} />
          <ChoiceMenu name="Show" value={view.filter} choices={FILTERS} onChange={view.setFilter} />
        </div>
      )}
    </div>
  );
}

/** A field that selects the face with the typed number; needed where there is no keyboard to type it in the list. */
function GoToNumber({ view }: { readonly view: FaceView }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const isMissing = typed !== '' && !view.shownIds.includes(faceId(Number(typed)));
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
    <form onSubmit={onSubmit} className="mr-auto">
      <label htmlFor={id} className="sr-only">
        Go to face number
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        placeholder="No."
        value={typed}
        aria-invalid={isMissing}
        className="h-7 w-12 rounded-sm border border-line-strong bg-transparent px-1.5 text-xs tabular-nums placeholder:text-ink-faint aria-invalid:border-bad pointer-coarse:h-11 pointer-coarse:w-14 pointer-coarse:text-base"
        onChange={(event) => go(event.target.value)}
        onBlur={() => setTyped('')}
      />
    </form>
  );
}
