import clsx from 'clsx';
import { Check, type LucideIcon, Trash2, WandSparkles, X } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { stageViewport } from './check-place.ts';
import { draggedBox, HANDLES, type Handle } from './model/placing.ts';

/** A key moves or sizes a box by so many pixels of the stage. */
const KEY_STEP = 4;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where a box of the picture lies on what is laid over the stage, which says the view in three variables. */
export const overStage = ({ x, y, width, height }: ImageRect): CSSProperties => ({
  left: `calc(var(--view-x) * 1px + ${x}px * var(--view-scale))`,
  top: `calc(var(--view-y) * 1px + ${y}px * var(--view-scale))`,
  width: `calc(${width}px * var(--view-scale))`,
  height: `calc(${height}px * var(--view-scale))`,
});

/** What is kept free beside a box's buttons, from their middle and from their top, in pixels of the stage. */
const BESIDE_BUTTONS = 64;
const UNDER_BUTTONS = 56;

/** Where a box's buttons lie: under it, and inside the stage, whose size is that of the container. */
const buttonsPlace = ({ x, y }: ImageRect): CSSProperties => {
  const left = `(var(--view-x) * 1px + ${x}px * var(--view-scale))`;
  const top = `(var(--view-y) * 1px + ${y}px * var(--view-scale))`;
  return {
    left: `clamp(${BESIDE_BUTTONS}px - ${left}, 50%, 100cqw - ${BESIDE_BUTTONS}px - ${left})`,
    top: `min(100% + 12px, 100cqh - ${UNDER_BUTTONS}px - ${top})`,
  };
};

/** Names a box in the document, so that the list beside the stage can give it the keys. */
export const missedBoxId = (id: number): string => `missed-box-${id}`;

type PlacedBoxProps = {
  /** Of the button in the document. */
  readonly id?: string;
  /** "Missed face 1". */
  readonly name: string;
  readonly badge: string;
  readonly bound: ImageRect;
  readonly picture: Size;
  /** A draft takes the focus, and is kept or given up. */
  readonly draft?: { readonly onKeep: (bound: ImageRect) => void; readonly onCancel: () => void };
  /** Hears where it is when a drag or a key has ended. */
  readonly onChange: (bound: ImageRect) => void;
  readonly onDelete: () => void;
  /** Takes the face that was drawn to Kolors; undefined where that is not to be had. */
  readonly onUse?: (() => void) | undefined;
  readonly onLit: (lit: ImageRect | undefined) => void;
};

/** A box that is drawn by hand: dashed, with handles while it is pointed at or has the focus. */
export function PlacedBox({
  id,
  name,
  badge,
  bound,
  picture,
  draft,
  onChange,
  onDelete,
  onUse,
  onLit,
}: PlacedBoxProps) {
  const [moved, setMoved] = useState<ImageRect>();
  const button = useRef<HTMLButtonElement>(null);
  const isDraft = draft !== undefined;
  useEffect(() => {
    if (isDraft) button.current?.focus({ preventScroll: true });
  }, [isDraft]);
  const shown = moved ?? bound;

  const settle = () => {
    if (moved === undefined) return;
    setMoved(undefined);
    onChange(moved);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow !== undefined) {
      const step = KEY_STEP / stageViewport().scale;
      setMoved(draggedBox(shown, event.shiftKey ? { x: 1, y: 1 } : 'all', arrow[0] * step, arrow[1] * step, picture));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (isDraft) draft.onCancel();
      else onDelete();
    } else if (event.key === 'Enter' && isDraft) draft.onKeep(shown);
    else if (event.key === 'Escape' && isDraft) draft.onCancel();
    else return;
    event.preventDefault();
  };
  const drag = (event: PointerEvent<HTMLElement>, handle: Handle | 'all') => {
    if (event.button !== 0) return;
    event.stopPropagation();
    // Some browsers give a button no focus when it is pressed, and the handles and the way to delete come with it.
    button.current?.focus({ preventScroll: true });
    const element: HTMLElement = event.currentTarget;
    const { clientX, clientY, pointerId } = event;
    element.setPointerCapture(pointerId);
    let latest = shown;
    const abort = new AbortController();
    element.addEventListener(
      'pointermove',
      (now) => {
        const { scale } = stageViewport();
        latest = draggedBox(shown, handle, (now.clientX - clientX) / scale, (now.clientY - clientY) / scale, picture);
        setMoved(latest);
      },
      { signal: abort.signal },
    );
    const end = () => {
      abort.abort();
      setMoved(undefined);
      if (latest !== shown) onChange(latest);
    };
    element.addEventListener('pointerup', end, { signal: abort.signal });
    element.addEventListener('pointercancel', end, { signal: abort.signal });
  };

  const size = `${Math.round(shown.width)} by ${Math.round(shown.height)} pixels`;
  return (
    <div
      className="group pointer-events-none absolute"
      style={overStage(shown)}
      onPointerEnter={() => onLit(shown)}
      onPointerLeave={() => onLit(undefined)}
    >
      <button
        ref={button}
        id={id}
        type="button"
        aria-label={`${name}, ${size}, arrows move, Shift and arrows size`}
        onKeyDown={onKeyDown}
        onKeyUp={settle}
        onFocus={() => onLit(shown)}
        onBlur={() => {
          settle();
          onLit(undefined);
        }}
        onPointerDown={(event) => drag(event, 'all')}
        className="pointer-events-auto absolute inset-0 cursor-move touch-none outline-offset-4"
      >
        <span aria-hidden className="absolute -inset-[3px] border-4 border-[#0c0e12]/80" />
        <span aria-hidden className="absolute -inset-[2px] border-2 border-[#ffc14d] border-dashed" />
        <span
          aria-hidden
          className="absolute bottom-full left-0 mb-1.5 rounded-[5px] border border-[#0c0e12] bg-[#ffc14d] px-1.5 py-0.5 text-xs leading-4 font-semibold whitespace-nowrap text-[#0c0e12]"
        >
          + {badge}
        </span>
      </button>
      {HANDLES.map((handle) => (
        <span
          key={`${handle.x} ${handle.y}`}
          aria-hidden
          onPointerDown={(event) => drag(event, handle)}
          style={{
            left: `${(handle.x + 1) * 50}%`,
            top: `${(handle.y + 1) * 50}%`,
            cursor: CURSORS[`${handle.x} ${handle.y}`],
          }}
          className={clsx(
            'pointer-events-auto absolute grid size-6 -translate-1/2 touch-none place-items-center pointer-coarse:size-11',
            !isDraft && 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
          )}
        >
          <span className="size-2 rounded-[2px] border border-[#0c0e12] bg-white" />
        </span>
      ))}
      <span
        className={clsx(
          'pointer-events-auto absolute z-10 -translate-x-1/2 gap-1.5',
          isDraft ? 'flex' : 'hidden group-focus-within:flex',
        )}
        style={buttonsPlace(shown)}
      >
        {isDraft ? (
          <>
            <BoxButton label="Keep" icon={Check} onPress={() => draft.onKeep(shown)} isMain />
            <BoxButton label="Cancel" icon={X} onPress={draft.onCancel} />
          </>
        ) : (
          <>
            {onUse !== undefined && (
              <BoxButton label={`Use ${name.toLowerCase()} for Kolors`} icon={WandSparkles} onPress={onUse} />
            )}
            <BoxButton label={`Delete ${name.toLowerCase()}`} icon={Trash2} onPress={onDelete} />
          </>
        )}
      </span>
    </div>
  );
}

const CURSORS: Readonly<Record<string, string>> = {
  '-1 -1': 'nwse-resize',
  '1 1': 'nwse-resize',
  '1 -1': 'nesw-resize',
  '-1 1': 'nesw-resize',
  '0 -1': 'ns-resize',
  '0 1': 'ns-resize',
  '1 0': 'ew-resize',
  '-1 0': 'ew-resize',
};

type BoxButtonProps = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
  readonly isMain?: boolean;
};

function BoxButton({ label, icon: Icon, onPress, isMain = false }: BoxButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onPress}
      className={clsx(
        'grid min-h-8 min-w-11 place-items-center rounded shadow-float pointer-coarse:min-h-11 pointer-coarse:min-w-13',
        isMain ? 'bg-accent text-accent-ink' : 'border border-line-strong bg-panel text-ink',
      )}
    >
      <Icon aria-hidden className="size-4.5" />
    </button>
  );
}
