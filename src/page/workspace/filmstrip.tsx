import clsx from 'clsx';
import { CircleSlash, Clock, CloudOff, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { PictureDetection } from '#page/detection/picture-detection.ts';
import { sessionFor } from '#page/detection/saved-result.ts';
import { statusMessage } from '#page/detection/status-message.ts';
import { usePictureDetection } from '#page/detection/use-picture-detection.ts';
import { isMenuKey } from '#page/keyboard/shortcuts.ts';
import { openPicture, type Picture, useImportStep, usePicture, useWork, workStore } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { PHONE } from '#page/ui/phone.ts';
import type { Point } from '#page/ui/point-menu.tsx';
import { useLongPress } from '#page/ui/use-long-press.ts';
import { useMediaQuery } from '#page/ui/use-media-query.ts';
import type { PictureId } from '#shared/picture-id.ts';
import type { OpenPictureMenu } from './picture-menu.tsx';
import { STRIP_SPACES, useStripWindow } from './strip-window.ts';
import { ThumbnailImage } from './thumbnail-image.tsx';

/**
 * Every picture of the work with where it stands, in a row or a column. For the keyboard it is one stop of Tab, however
 * many there are: ↑ and ↓ go from one to the next, which `←` and `→`, the keys of the faces, must not; Delete removes,
 * and the menu key, a right click or a finger that rests opens the picture's menu. Of many, those near the visible part
 * of the strip are in the document, and always the one that Tab comes to.
 */
export function Filmstrip({
  session,
  onDiscard,
  onMenu,
  addButton,
  isColumn,
}: {
  session: EngineSession;
  onDiscard: (id: PictureId) => void;
  onMenu: OpenPictureMenu;
  addButton: ReactNode;
  isColumn: boolean;
}) {
  const order = useWork((state) => state.order);
  const records = useWork((state) => state.records);
  const pendingImports = useWork((state) => state.pendingImports);
  const openId = useWork((state) => state.openId);
  const ids = useMemo(
    () => [...order, ...[...pendingImports.keys()].filter((id) => !records.has(id)), ADD],
    [order, records, pendingImports],
  );
  const strip = useRef<HTMLElement>(null);
  useFollowOpen(strip, openId, isColumn);
  /** Where the keyboard is while it is in the strip; Tab comes back to the open picture. */
  const [focusedId, setFocusedId] = useState<string>();
  const focusedAt = focusedId === undefined ? -1 : ids.indexOf(focusedId);
  const openAt = openId === undefined ? -1 : ids.indexOf(openId);
  const stopAt = focusedAt >= 0 && ids[focusedAt] !== ADD ? focusedAt : Math.max(0, openAt);
  const spaces = useMediaQuery(PHONE) ? 'close' : 'roomy';
  const { tiles, length, measure } = useStripWindow({
    ids,
    scroller: strip,
    isColumn,
    spaces,
    keep: [stopAt, focusedAt, openAt],
  });
  const around = STRIP_SPACES[spaces].around;
  const placeOf = (start: number | undefined): CSSProperties | undefined =>
    start === undefined
      ? undefined
      : { position: 'absolute', ...(isColumn ? { top: start, left: around } : { left: start, top: around }) };

  /** Goes to the neighbour of the item that has the focus, the way to more pictures among them; at the ends it stays. */
  const moveFocus = (by: 1 | -1) => {
    const next = ids[focusedAt + by];
    if (next === undefined) return;
    // Drawn first: among thousands it may not be in the document yet.
    flushSync(() => setFocusedId(next));
    controlOf(strip.current, next)?.focus();
  };
  const openMenuOf = (target: Element, at?: Point) => {
    const item = target.closest('li');
    const id = item?.dataset['item'];
    if (item === null || id === undefined || !workStore.getState().records.has(id)) return false;
    const { left, top, width, height } = item.getBoundingClientRect();
    onMenu(id, at ?? { x: left + width / 2, y: top + height / 2 });
    return true;
  };
  const longPress = useLongPress(openMenuOf);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && isMenuKey(event) && openMenuOf(event.target)) event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      moveFocus(event.key === 'ArrowDown' ? 1 : -1);
    }
    if (event.key === 'Delete' && focusedId !== undefined && workStore.getState().records.has(focusedId)) {
      event.preventDefault();
      onDiscard(focusedId);
    }
  };
  return (
    <nav
      ref={strip}
      aria-label="Pictures"
      {...longPress}
      onFocus={({ target }) => setFocusedId(target.closest('li')?.dataset['item'])}
      onBlur={() => setFocusedId(undefined)}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        const { target, clientX: x, clientY: y } = event;
        if (target instanceof Element && openMenuOf(target, { x, y })) event.preventDefault();
      }}
      className="relative h-full overflow-auto scroll-smooth bg-panel select-none [-webkit-touch-callout:none]"
    >
      {ids.length > 2 && <SkipLink />}
      <ul
        style={length === undefined ? undefined : isColumn ? { height: length } : { width: length }}
        className={clsx(
          // What is brought into view comes with its neighbour.
          isColumn ? '*:scroll-my-22' : '*:scroll-mx-22',
          length === undefined ? 'flex gap-[12px] p-[14px] phone:gap-2 phone:p-2' : 'relative',
          length === undefined && isColumn && 'flex-col',
        )}
      >
        {tiles.map(({ index, start }) => {
          const id = ids[index];
          if (id === undefined) return null;
          const isTabStop = index === stopAt;
          return (
            <li
              key={id}
              ref={start === undefined ? undefined : measure}
              data-item={id}
              data-index={index}
              style={placeOf(start)}
              aria-posinset={index + 1}
              aria-setsize={ids.length}
              className="group relative shrink-0"
            >
              {id === ADD ? (
                addButton
              ) : records.has(id) ? (
                <FilmstripPicture
                  id={id}
                  session={session}
                  isOpen={id === openId}
                  isTabStop={isTabStop}
                  onDiscard={onDiscard}
                />
              ) : (
                <FilmstripPendingImport id={id} isTabStop={isTabStop} />
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** What stands for the way to more pictures among the ids, which are random. */
const ADD = 'add';

/** What takes the focus of an item of the strip. */
const controlOf = (strip: HTMLElement | null, id: string): HTMLElement | null =>
  strip?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"] [data-control]`) ?? null;

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
  readonly id: PictureId;
  readonly session: EngineSession;
  readonly isOpen: boolean;
  readonly isTabStop: boolean;
  readonly onDiscard: (id: PictureId) => void;
};

/** Drawn anew for its own sake only: the strip hears of every picture that comes and goes. */
const FilmstripPicture = memo(function FilmstripPicture({ id, ...props }: FilmstripPictureProps) {
  const picture = usePicture(id);
  return picture === undefined ? null : <Thumbnail picture={picture} {...props} />;
});

function Thumbnail({
  picture,
  session,
  isOpen,
  isTabStop,
  onDiscard,
}: Omit<FilmstripPictureProps, 'id'> & { readonly picture: Picture }) {
  const ownSession = useMemo(() => sessionFor(session, picture), [session, picture]);
  const detection = usePictureDetection(ownSession, picture);
  return (
    <>
      <button
        type="button"
        data-control
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isOpen}
        aria-keyshortcuts="Delete"
        title={picture.name}
        aria-label={`${picture.name}, ${statusMessage(detection)}`}
        onClick={() => openPicture(picture.id)}
        className={`relative block size-18 overflow-hidden rounded-lg ring-offset-2 ring-offset-panel ${
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
        onClick={() => onDiscard(picture.id)}
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
    </>
  );
}

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
      if (detection.isAskedAgain === true) return <BusyBadge />;
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
      return <BusyBadge />;
  }
}

const BusyBadge = () => (
  <span className="absolute inset-0 grid place-items-center bg-black/45 text-white">
    <LoaderCircle aria-hidden className="size-6 motion-safe:animate-spin" />
  </span>
);

const FilmstripPendingImport = memo(function FilmstripPendingImport({
  id,
  isTabStop,
}: {
  readonly id: PictureId;
  readonly isTabStop: boolean;
}) {
  const pendingImport = useWork(({ pendingImports }) => pendingImports.get(id));
  const { step, progress } = useImportStep(id) ?? {};
  if (pendingImport === undefined) return null;
  const { name, cancel } = pendingImport;
  return (
    <div
      className="relative grid size-18 place-items-center overflow-hidden rounded-lg bg-raised text-ink-faint"
      title={name}
    >
      {progress === 0 ? (
        <Clock aria-hidden className="size-5" />
      ) : (
        <LoaderCircle aria-hidden className="size-5 motion-safe:animate-spin" />
      )}
      <span className="sr-only">
        {name}, {step}
      </span>
      <button
        type="button"
        data-control
        tabIndex={isTabStop ? 0 : -1}
        aria-label={`Cancel ${name}`}
        onClick={cancel}
        className="absolute top-1 right-1 grid size-6 place-items-center text-ink-soft pointer-coarse:top-0 pointer-coarse:right-0 pointer-coarse:size-11"
      >
        <span className="grid size-6 place-items-center rounded bg-panel shadow-float">
          <X aria-hidden className="size-3.5" />
        </span>
      </button>
    </div>
  );
});
