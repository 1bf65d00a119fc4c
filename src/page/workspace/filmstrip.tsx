import clsx from 'clsx';
import { CircleSlash, Clock, CloudOff, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import { type KeyboardEvent, memo, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { sessionFor } from '#page/detection/saved-result.ts';
import { statusMessage } from '#page/detection/status-message.ts';
import { usePictureDetection } from '#page/detection/use-picture-detection.ts';
import { openPicture, type PendingImport, type Picture, useWork } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { ThumbnailImage } from './thumbnail-image.tsx';

/**
 * Every picture of the work with where it stands, in a row or a column. For the keyboard it is one stop of Tab, however
 * many there are: ↑ and ↓ go from one to the next, which `←` and `→`, the keys of the faces, must not; Delete removes.
 */
export function Filmstrip({
  session,
  onDiscard,
  addButton,
  isColumn,
}: {
  session: EngineSession;
  onDiscard: (picture: Picture) => void;
  addButton: ReactNode;
  isColumn: boolean;
}) {
  const pictures = useWork((state) => state.pictures);
  const pendingImports = useWork((state) => state.pendingImports);
  const openId = useWork((state) => state.openId);
  const strip = useRef<HTMLElement>(null);
  useFollowOpen(strip, openId, isColumn);
  /** Where the keyboard is while it is in the strip; Tab comes back to the open picture. */
  const [focusedId, setFocusedId] = useState<string>();
  const ids: readonly string[] = [...pictures, ...pendingImports].map(({ id }) => id);
  const stop = [focusedId, openId, ids[0]].find((id) => id !== undefined && ids.includes(id));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      moveFocus(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1);
    }
    const picture = pictures.find(({ id }) => id === focusedId);
    if (event.key === 'Delete' && picture !== undefined) {
      event.preventDefault();
      onDiscard(picture);
    }
  };
  return (
    <nav
      ref={strip}
      aria-label="Pictures"
      onFocus={({ target }) => setFocusedId(target.closest('li')?.dataset['item'])}
      onBlur={() => setFocusedId(undefined)}
      onKeyDown={onKeyDown}
      className="relative h-full overflow-auto scroll-smooth bg-panel"
    >
      {ids.length > 1 && <SkipLink />}
      <ul
        className={clsx(
          'flex gap-3 p-3.5 phone:gap-2 phone:p-2',
          // What is brought into view comes with its neighbour.
          isColumn ? 'flex-col *:scroll-my-22' : '*:scroll-mx-22',
        )}
      >
        {pictures.map((picture) => (
          <FilmstripPicture
            key={picture.id}
            picture={picture}
            session={session}
            isOpen={picture.id === openId}
            isTabStop={picture.id === stop}
            onDiscard={onDiscard}
          />
        ))}
        {pendingImports.map((pendingImport) => (
          <FilmstripPendingImport
            key={pendingImport.id}
            pendingImport={pendingImport}
            isTabStop={pendingImport.id === stop}
          />
        ))}
        <li className="shrink-0">{addButton}</li>
      </ul>
    </nav>
  );
}

/** Goes to the neighbour of the item that has the focus, the way to more pictures among them; at the ends it stays. */
function moveFocus(strip: Element, by: 1 | -1): void {
  const controls = [...strip.querySelectorAll('[data-control]')];
  const neighbour = document.activeElement && controls[controls.indexOf(document.activeElement) + by];
  if (neighbour instanceof HTMLElement) neighbour.focus();
}

/** Past all pictures, for the keyboard. Not by its address, which says what is open. */
function SkipLink() {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a place on the page, whose address must stay as it is
    <a
      href="#stage"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('stage')?.focus();
      }}
      className="sr-only rounded-lg border border-line bg-panel p-2 text-xs font-medium shadow-float focus-visible:not-sr-only focus-visible:absolute focus-visible:inset-2 focus-visible:z-10 focus-visible:bottom-auto"
    >
      Skip to the picture
    </a>
  );
}

/**
 * Brings the open picture into view, however it was opened, with its neighbours beside it. The way there is the style's
 * (`scroll-smooth`), which a visitor's wish for less motion turns off; where the strip is new there is none.
 */
function useFollowOpen(strip: RefObject<HTMLElement | null>, openId: PictureId | undefined, isColumn: boolean): void {
  const isNew = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a strip that lies the other way shows other pictures
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current="true"]')
      ?.closest('li')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest', ...(isNew.current ? { behavior: 'instant' } : {}) });
    isNew.current = false;
  }, [strip, openId, isColumn]);
}

type FilmstripPictureProps = {
  readonly picture: Picture;
  readonly session: EngineSession;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  readonly onDiscard: (picture: Picture) => void;
};

/** Drawn anew for its own sake only: there are hundreds of them, and the strip hears of every step of each. */
const FilmstripPicture = memo(function FilmstripPicture({
  picture,
  session,
  isOpen,
  isTabStop,
  onDiscard,
}: FilmstripPictureProps) {
  const ownSession = useMemo(() => sessionFor(session, picture), [session, picture]);
  const detection = usePictureDetection(ownSession, picture);
  return (
    <li data-item={picture.id} className="group relative shrink-0">
      <button
        type="button"
        data-control
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isOpen}
        aria-keyshortcuts="Delete"
        title={picture.name}
        aria-label={`${picture.name}, ${statusMessage(detection)}`}
        onClick={() => openPicture(picture.id)}
        className={`relative block size-[72px] overflow-hidden rounded-lg ring-offset-2 ring-offset-panel ${
          isOpen
            ? 'ring-2 ring-accent forced-colors:outline-2 forced-colors:outline-offset-2 forced-colors:outline-[Highlight]'
            : 'ring-1 ring-line hover:ring-line-strong'
        }`}
      >
        <ThumbnailImage picture={picture} detection={detection} />
        <FilmstripBadge detection={detection} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Remove ${picture.name}`}
        onClick={() => onDiscard(picture)}
        className={clsx(
          'absolute -top-1.5 -right-1.5 grid size-6 place-items-center rounded-full text-ink-soft opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100',
          // A thumb needs a large place, which on a small picture is found by accident: only the open one has it.
          isOpen
            ? 'pointer-coarse:-top-2 pointer-coarse:-right-2 pointer-coarse:size-11 pointer-coarse:opacity-100'
            : 'pointer-coarse:hidden',
        )}
      >
        <span className="grid size-6 place-items-center rounded-full border border-line bg-panel shadow-float">
          <X aria-hidden className="size-3.5" />
        </span>
      </button>
    </li>
  );
});

function FilmstripBadge({ detection }: { detection: PictureDetection }) {
  const badge = 'absolute right-1 bottom-1 grid h-5 min-w-5 place-items-center rounded-sm px-1.5 text-xs font-semibold';
  switch (detection.state) {
    case 'not-sent':
      return (
        <span className="absolute inset-x-0 bottom-0 flex h-5 items-center justify-center gap-1 bg-black/75 text-[0.6875rem] font-medium text-white">
          <CloudOff aria-hidden className="size-3" />
          Not sent
        </span>
      );
    case 'done':
      return (
        <span className={`${badge} bg-black/75 text-white tabular-nums`}>
          {detection.result.detection.faces.length}
        </span>
      );
    case 'cancelled':
      return (
        <span className={`${badge} bg-black/75 text-white`}>
          <CircleSlash aria-hidden className="size-3.5" />
        </span>
      );
    case 'failed':
      return (
        <span className={`${badge} bg-bad-soft text-bad`}>
          <TriangleAlert aria-hidden className="size-3.5" />
        </span>
      );
    // What waits does not move: hundreds of turning rings would keep the page busy.
    case 'waiting':
      return (
        <span className="absolute inset-0 grid place-items-center bg-black/45 text-white">
          <Clock aria-hidden className="size-5" />
        </span>
      );
    case 'uploading':
    case 'detecting':
      return (
        <span className="absolute inset-0 grid place-items-center bg-black/45 text-white">
          <LoaderCircle aria-hidden className="size-6 motion-safe:animate-spin" />
        </span>
      );
  }
}

const FilmstripPendingImport = memo(function FilmstripPendingImport({
  pendingImport,
  isTabStop,
}: {
  pendingImport: PendingImport;
  isTabStop: boolean;
}) {
  const isWaiting = pendingImport.progress === 0;
  return (
    <li data-item={pendingImport.id} className="shrink-0">
      {/* Hundreds come at once, and most of them lie outside of the strip: what is in those is not laid out. */}
      <div
        className="group relative grid size-[72px] place-items-center overflow-hidden rounded-lg bg-raised text-ink-faint [content-visibility:auto]"
        title={pendingImport.name}
      >
        {isWaiting ? (
          <Clock aria-hidden className="size-5" />
        ) : (
          <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />
        )}
        <span className="sr-only">
          {pendingImport.name}, {pendingImport.step}
        </span>
        <button
          type="button"
          data-control
          tabIndex={isTabStop ? 0 : -1}
          aria-label={`Cancel ${pendingImport.name}`}
          onClick={pendingImport.cancel}
          className="absolute top-1 right-1 grid size-6 place-items-center text-ink-soft pointer-coarse:top-0 pointer-coarse:right-0 pointer-coarse:size-11"
        >
          <span className="grid size-6 place-items-center rounded bg-panel shadow-float">
            <X aria-hidden className="size-3.5" />
          </span>
        </button>
      </div>
    </li>
  );
});
