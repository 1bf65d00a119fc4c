import clsx from 'clsx';
import { Check, ChevronDown, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { openPicture, workStore } from '#page/pictures/work-store.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { goToFace, setFilter, useCheckPlace } from './check-place.ts';
import type { PictureFilter } from './check-state.ts';
import type { PictureProgress } from './model/progress.ts';
import { PictureRow } from './picture-row.tsx';
import type { CheckedPicture } from './use-checked-pictures.ts';

const FILTERS: readonly { readonly value: PictureFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'wrong', label: 'With wrong' },
  { value: 'missed', label: 'With missed' },
  { value: 'noted', label: 'Noted' },
  { value: 'disputed', label: 'Disagree' },
];

export function isListed({ progress, records, disputed }: CheckedPicture, filter: PictureFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return progress.state !== 'done';
    case 'wrong':
      return progress.wrong > 0;
    case 'missed':
      return progress.missed > 0;
    case 'noted':
      return records.some(({ note }) => note !== '');
    case 'disputed':
      return disputed.size > 0;
  }
}

/** The number of a face means another one on another picture; who is there already stays at the face. */
const goToPicture = (id: PictureId): void => {
  if (workStore.getState().openId === id) return;
  goToFace(undefined);
  openPicture(id);
};

type CheckPicturesProps = {
  readonly pictures: readonly CheckedPicture[];
  readonly openId: PictureId;
  readonly layout: StripLayout;
  /** Hears that somebody chose a picture here. */
  readonly onChosen?: () => void;
};

/** Beside the stage with names, or thumbs alone: in a row under it, or in a column where the window is low. */
type StripLayout = 'column' | 'row' | 'thumbs';

/** The pictures with what was checked of them: one stop of Tab, arrows move. */
export function CheckPictures({ pictures, openId, layout, onChosen }: CheckPicturesProps) {
  const filter = useCheckPlace((state) => state.filter);
  const list = useRef<HTMLUListElement>(null);
  const index = pictures.findIndex(({ picture }) => picture.id === openId);
  const listed = pictures.filter((each) => isListed(each, filter));
  // Keeps the open picture in the middle of the strip.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the open picture
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'center', inline: 'center' });
  }, [openId, filter]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = listed.findIndex(({ picture }) => picture.id === openId);
    const next = listed[Math.max(0, Math.min(listed.length - 1, at + by))];
    if (next === undefined) return;
    goToPicture(next.picture.id);
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    buttons[listed.indexOf(next)]?.focus({ preventScroll: true });
  };
  const hasOpen = listed.some(({ picture }) => picture.id === openId);
  return (
    <nav aria-label="Pictures" className={clsx('flex min-h-0 min-w-0 bg-panel', layout !== 'row' && 'h-full flex-col')}>
      <div
        className={clsx(
          'flex shrink-0',
          layout === 'column' && 'h-11 items-center gap-2 px-4',
          layout === 'row' && 'w-28 flex-col justify-center gap-0.5 border-r border-line px-3',
          layout === 'thumbs' && 'hidden',
        )}
      >
        <h2 className={clsx('text-[0.9375rem] font-semibold', layout === 'row' && 'sr-only')}>Pictures</h2>
        <span className="shrink-0 whitespace-nowrap text-ink-faint tabular-nums">
          {index + 1} of {pictures.length}
        </span>
        <span
          className={clsx(
            'relative flex min-w-0 items-center text-[0.8125rem] text-ink-soft',
            layout === 'column' ? 'ml-auto' : '-ml-1.5',
          )}
        >
          <select
            aria-label="Which pictures"
            value={filter}
            onChange={(event) => setFilter(FILTERS.find(({ value }) => value === event.target.value)?.value ?? 'all')}
            className="min-h-7 w-full appearance-none rounded bg-panel pr-5 pl-1.5 hover:bg-raised"
          >
            {FILTERS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <ChevronDown aria-hidden className="pointer-events-none absolute right-0.5 size-3.5" />
        </span>
      </div>
      <ul
        ref={list}
        onKeyDown={onKeyDown}
        className={clsx(
          'flex min-h-0 gap-0.5 px-2',
          layout === 'row' ? 'items-center overflow-x-auto py-1.5' : 'flex-1 flex-col overflow-y-auto',
          layout === 'column' ? 'pb-2' : layout === 'thumbs' && 'py-2',
        )}
      >
        {listed.map((each, place) => (
          <li key={each.picture.id} className="shrink-0">
            <Row
              checked={each}
              place={`${pictures.indexOf(each) + 1} of ${pictures.length}`}
              isOpen={each.picture.id === openId}
              isStop={each.picture.id === openId || (!hasOpen && place === 0)}
              layout={layout}
              onChosen={onChosen}
            />
          </li>
        ))}
        {listed.length === 0 && <li className="px-2 py-3 text-[0.8125rem] text-ink-faint">No pictures here.</li>}
      </ul>
    </nav>
  );
}

type RowProps = {
  readonly checked: CheckedPicture;
  readonly place: string;
  readonly isOpen: boolean;
  readonly isStop: boolean;
  readonly layout: StripLayout;
  readonly onChosen: (() => void) | undefined;
};

function Row({ checked: { picture, progress, disputed }, place, isOpen, isStop, layout, onChosen }: RowProps) {
  const name = shownName(picture.name);
  return (
    <PictureRow
      picture={picture}
      name={name}
      label={[name, place, ...progressWords(progress), ...disputeWords(disputed.size)].join(', ')}
      isOpen={isOpen}
      isStop={isStop}
      isColumn={layout === 'column'}
      onClick={() => {
        goToPicture(picture.id);
        onChosen?.();
      }}
      summary={<Summary progress={progress} disputed={disputed.size} />}
    >
      <span className={clsx('shrink-0', layout !== 'column' && 'absolute right-0 bottom-0 rounded-full bg-panel p-px')}>
        <State progress={progress} />
      </span>
    </PictureRow>
  );
}

const faceCount = (count: number): string => (count === 1 ? '1 face' : `${count} faces`);

/** For how many faces reviewers disagree. */
const disputeWords = (disputed: number): readonly string[] =>
  disputed === 0 ? [] : [`reviewers disagree on ${faceCount(disputed)}`];

type SummaryProps = { readonly progress: PictureProgress; readonly disputed: number };

function Summary({ progress: { state, faces, checked, missed }, disputed }: SummaryProps) {
  if (state === 'unknown') return 'No answer yet';
  return (
    <>
      {state === 'begun' ? `${checked} of ${faceCount(faces)}` : faceCount(faces)}
      {missed > 0 && <span className="text-warn"> · {missed} missed</span>}
      {disputed > 0 && <span className="text-warn"> · {disputed} disagree</span>}
    </>
  );
}

function progressWords({ state, faces, checked, wrong, missed }: PictureProgress): readonly string[] {
  if (state === 'unknown') return ['no answer yet'];
  return [
    `${checked} of ${faceCount(faces)} checked`,
    ...(wrong > 0 ? [`${wrong} wrong`] : []),
    ...(missed > 0 ? [`${missed} missed`] : []),
  ];
}

/** A ring while it is open, a part of one while it is begun, then a tick, or a cross where something is wrong. */
function State({ progress: { state, faces, checked, wrong } }: { readonly progress: PictureProgress }) {
  if (state === 'done') {
    return wrong > 0 ? (
      <X aria-hidden className="size-4.5 rounded-full border-[1.5px] border-bad p-0.5 text-bad" />
    ) : (
      <Check aria-hidden className="size-4.5 rounded-full border-[1.5px] border-good p-0.5 text-good" />
    );
  }
  const share = state === 'begun' && faces > 0 ? checked / faces : 0;
  const around = 2 * Math.PI * 7;
  return (
    <svg aria-hidden="true" viewBox="0 0 18 18" className="size-4.5 -rotate-90" fill="none" strokeWidth="2">
      <circle cx="9" cy="9" r="7" className="stroke-line-strong" />
      {share > 0 && (
        <circle cx="9" cy="9" r="7" className="stroke-accent" strokeDasharray={`${share * around} ${around}`} />
      )}
    </svg>
  );
}
