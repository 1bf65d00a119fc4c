import clsx from 'clsx';
import { useRef } from 'react';

/** Heights that the sheet rests at, as a share of the space below the header. */
const SNAPS = { peek: 0.16, half: 0.5, full: 0.92 } as const;
export type SheetSnap = keyof typeof SNAPS;
const ORDER: readonly SheetSnap[] = ['peek', 'half', 'full'];

/** However low the space or large the text is: tabs and the main button stay to be seen, and at half a card as well. */
const LEAST = { peek: '9.25rem', half: '21rem' } as const;

/** What a sheet at half leaves at least, in rem: to the picture's name, and to a picture that is worth looking at. */
const STAGE_LEAST = 15.5;
/** Height of the filmstrip above the stage. */
const STRIP = 5.5;

function heightOf(snap: SheetSnap, hasStrip: boolean): string {
  const most = `${SNAPS.full * 100}%`;
  if (snap === 'full') return most;
  const peek = `max(${SNAPS.peek * 100}%, ${LEAST.peek})`;
  if (snap === 'peek') return `min(${most}, ${peek})`;
  const left = `100% - ${STAGE_LEAST + (hasStrip ? STRIP : 0)}rem`;
  return `min(${most}, max(${peek}, min(${left}, max(${SNAPS.half * 100}%, ${LEAST.half}))))`;
}

/** CSS distance from the bottom at which what lies behind the sheet ends: under a full one it stays as it was at half. */
export const aboveSheet = (snap: SheetSnap, hasStrip: boolean): string =>
  heightOf(snap === 'full' ? 'half' : snap, hasStrip);

type FaceSheetProps = {
  readonly snap: SheetSnap;
  readonly onSnap: (snap: SheetSnap) => void;
  /** Whether a filmstrip stands above the stage and takes of its room. */
  readonly hasStrip: boolean;
  /** Whether the stage's toolbar is away, so that the sheet's edge is where words in passing may begin. */
  readonly isUnderStage: boolean;
  readonly children: React.ReactNode;
};

/** Pixels that a finger may wander before a tap on the grip counts as a drag. */
const TAP_SLOP = 6;

/**
 * The sheet of faces on small screens: pulled up and down by its grip with one thumb, or stepped with a tap, Enter,
 * or the arrow keys.
 */
export function FaceSheet({ snap, onSnap, hasStrip, isUnderStage, children }: FaceSheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useRef<{ startY: number; startHeight: number; moved: boolean } | undefined>(undefined);

  const spaceHeight = () => sheet.current?.parentElement?.clientHeight ?? 1;
  const step = (by: number) => onSnap(ORDER[Math.max(0, Math.min(2, ORDER.indexOf(snap) + by))] ?? snap);
  const press = () => onSnap(snap === 'half' ? 'full' : 'half');

  const endDrag = () => {
    const dragged = drag.current;
    drag.current = undefined;
    const element = sheet.current;
    if (dragged === undefined || element === null) return;
    const share = element.clientHeight / spaceHeight();
    element.style.height = heightOf(snap, hasStrip);
    element.style.removeProperty('transition');
    if (dragged.moved) onSnap(nearest(share));
    else press();
  };

  return (
    <div
      ref={sheet}
      style={{ height: heightOf(snap, hasStrip) }}
      className={clsx(
        'absolute inset-x-0 bottom-0 z-20 flex flex-col rounded-t-xl border-t border-line bg-panel shadow-float transition-[height] duration-200',
        (snap === 'full' || isUnderStage) && 'controls',
      )}
    >
      <button
        type="button"
        aria-label="Resize the face list"
        aria-expanded={snap === 'full'}
        className="-mb-3 grid h-11 shrink-0 touch-none place-items-center pb-3 outline-offset-[-6px]"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { startY: event.clientY, startHeight: sheet.current?.clientHeight ?? 0, moved: false };
        }}
        onPointerMove={(event) => {
          const dragged = drag.current;
          if (dragged === undefined || sheet.current === null) return;
          const dy = dragged.startY - event.clientY;
          if (!dragged.moved && Math.abs(dy) < TAP_SLOP) return;
          dragged.moved = true;
          sheet.current.style.transition = 'none';
          sheet.current.style.height = `${Math.min(dragged.startHeight + dy, spaceHeight() * SNAPS.full)}px`;
        }}
        onPointerUp={endDrag}
        onPointerCancel={endDrag}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') step(1);
          else if (event.key === 'ArrowDown') step(-1);
          else if (event.key === 'Enter' || event.key === ' ') press();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <span aria-hidden className="h-1.5 w-10 rounded-full bg-line-strong" />
      </button>
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}

/** The resting height nearest to where the sheet was let go. */
function nearest(share: number): SheetSnap {
  return ORDER.reduce((best, name) => (Math.abs(SNAPS[name] - share) < Math.abs(SNAPS[best] - share) ? name : best));
}
