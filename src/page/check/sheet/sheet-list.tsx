import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type RefCallback,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { shownName } from '#page/pictures/model/picture-name.ts';
import { useElementSize } from '#page/ui/use-element-size.ts';
import { useLongPress } from '#page/ui/use-long-press.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { verdictWords } from '../check-faces.tsx';
import { sheetStore } from '../check-state.ts';
import { GROUP_NAMES, type Said, type SheetItem } from '../model/sheet.ts';
import { gridFor, NAME_HEIGHT, placeAfter, type SheetGrid, stretchesOf } from '../model/sheet-layout.ts';
import type { CheckedPicture } from '../use-checked-pictures.ts';
import { hidePreview, showPreview } from './sheet-store.ts';
import { SheetTile } from './sheet-tile.tsx';
import { useSights } from './sight-watch.ts';

/** Space around the crops, in CSS pixels. */
const SIDE = 24;
const NARROW_SIDE = 12;
const TOP = 8;
const BOTTOM = 16;
/** How long after the first screen of crops those around it come, in milliseconds: a frame is painted by then. */
const AROUND_AFTER_MS = 34;
/** How long the pointer rests before the picture is shown, in milliseconds. */
const PREVIEW_AFTER_MS = 350;

/** Where a crop is on the sheet, in CSS pixels of the visible part. */
export type CropRoom = {
  readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly area: Size;
};

type SheetListProps = {
  readonly items: readonly SheetItem[];
  readonly pictures: ReadonlyMap<string, CheckedPicture>;
  readonly said: Said;
  /** Place of the first crop among all that is shown, from 1, and how many that are. */
  readonly first: number;
  readonly count: number;
  readonly active: string | undefined;
  /** Least width of a crop. */
  readonly side: number;
  /** Takes the focus when the page comes in. */
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onMove: (key: string) => void;
  readonly onExtend: (key: string) => void;
  /** A crop was pressed. */
  readonly onMark: (key: string) => void;
  /** A range up to a crop was. */
  readonly onMarkTo: (key: string) => void;
  readonly onOpen: (key: string) => void;
  /** The sheet was moved or pointed at: what lies before one stays there. */
  readonly onTouch: () => void;
  /** What is shown beside a crop. */
  readonly preview: (key: string, room: CropRoom) => ReactNode;
  readonly previewed: string | undefined;
};

const cropAt = (target: EventTarget | null): string | undefined => {
  const crop = target instanceof Element ? target.closest('[data-crop]') : null;
  return crop instanceof HTMLElement ? crop.dataset['crop'] : undefined;
};

/** The crops of a page, row by row; in the document are those near the visible ones, and the one that the keys are at. */
export function SheetList({
  items,
  pictures,
  said,
  first,
  count,
  active,
  side,
  list,
  onMove,
  onExtend,
  onMark,
  onMarkTo,
  onOpen,
  onTouch,
  preview,
  previewed,
}: SheetListProps) {
  const [measured, room] = useElementSize();
  // One function for as long as the list is there: another one would be told that the list has gone.
  const attach: RefCallback<HTMLDivElement> = useCallback(
    (element) => {
      list.current = element;
      const stop = measured(element);
      return () => {
        list.current = null;
        stop?.();
      };
    },
    [list, measured],
  );
  const watch = useSights();
  const around = (room?.width ?? 0) < 700 ? NARROW_SIDE : SIDE;
  const grid = gridFor((room?.width ?? 0) - 2 * around, side);
  const rowsInView = Math.max(1, Math.floor((room?.height ?? 0) / grid.pitch));
  const groups = useMemo(() => items.map(({ group }) => group), [items]);
  const places = useMemo(() => new Map(items.map(({ key }, place) => [key, place])), [items]);
  const at = active === undefined ? 0 : (places.get(active) ?? 0);
  const activeRow = Math.floor(at / grid.columns);
  const isLaidOut = room !== undefined;
  // A page comes in one piece of work, what lies around its first screen in another: together they would hold up a key.
  const [hasAround, setAround] = useState(false);
  useEffect(() => {
    if (!isLaidOut) return;
    const timer = setTimeout(() => setAround(true), AROUND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isLaidOut]);
  const virtualizer = useVirtualizer({
    count: room === undefined ? 0 : Math.ceil(items.length / grid.columns),
    getScrollElement: () => list.current,
    estimateSize: () => grid.pitch,
    paddingStart: TOP,
    paddingEnd: BOTTOM,
    // Never more than three screens of crops.
    overscan: hasAround ? Math.min(3, Math.max(1, rowsInView - 1)) : 0,
    rangeExtractor: (range) => [...new Set([activeRow, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
  });
  const { columns, pitch } = grid;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are other rows
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, pitch, columns]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the crop that the keys are at
  useEffect(() => {
    if (isLaidOut) virtualizer.scrollToIndex(activeRow, { align: 'auto' });
  }, [active, isLaidOut, pitch, columns]);

  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<string>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const point = (key: string | undefined, pointerType: string) => {
    if (pointerType === 'touch' || over.current === key) return;
    over.current = key;
    clearTimeout(resting.current);
    const { preview: shown } = sheetStore.getState();
    if (shown?.isHeld === true) return;
    if (shown !== undefined) hidePreview();
    if (key === undefined) return;
    resting.current = setTimeout(() => {
      onTouch();
      showPreview(key, false);
    }, PREVIEW_AFTER_MS);
  };
  const longPress = useLongPress((target) => {
    const key = cropAt(target);
    if (key === undefined) return false;
    onMove(key);
    showPreview(key, true);
    return true;
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || active === undefined) return;
    if (event.key === 'Enter') onOpen(active);
    else if (event.key === ' ') {
      if (sheetStore.getState().preview?.isHeld === true) hidePreview();
      else showPreview(active, true);
    } else {
      const place = placeAfter(event.key, at, items.length, columns, rowsInView);
      const key = place === undefined ? undefined : items[place]?.key;
      if (key === undefined) return;
      if (event.shiftKey && event.key.startsWith('Arrow')) onExtend(key);
      else onMove(key);
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const key = cropAt(event.target);
    if (key === undefined) return;
    clearTimeout(resting.current);
    if (event.shiftKey) onMarkTo(key);
    else onMark(key);
  };

  const rows = virtualizer.getVirtualItems();
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden bg-page">
      <div
        ref={attach}
        role="listbox"
        aria-label="Faces"
        aria-multiselectable
        aria-orientation="horizontal"
        aria-activedescendant={active === undefined ? undefined : optionId(active)}
        tabIndex={0}
        {...longPress}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onScroll={() => {
          if (sheetStore.getState().preview?.isHeld === false) hidePreview();
          over.current = undefined;
          clearTimeout(resting.current);
        }}
        onWheel={onTouch}
        onTouchMove={onTouch}
        onPointerOver={({ target, pointerType }: PointerEvent) => point(cropAt(target), pointerType)}
        onPointerLeave={({ pointerType }: PointerEvent) => point(undefined, pointerType)}
        className="group/sheet absolute inset-0 overflow-x-hidden overflow-y-auto overscroll-contain outline-none motion-safe:animate-[sheet-in_180ms_cubic-bezier(.2,.8,.2,1)]"
      >
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index: row, start }) => (
            <RowNames key={row} groups={groups} row={row} grid={grid} x={around} y={start} />
          ))}
          {rows.flatMap(({ index: row, start }) =>
            items.slice(row * columns, (row + 1) * columns).map((item, column) => {
              const verdict = item.kind === 'found' ? said(item) : undefined;
              const place = row * columns + column;
              return (
                <SheetTile
                  key={item.key}
                  id={optionId(item.key)}
                  crop={item.key}
                  faceNo={item.kind === 'found' ? item.face.faceNo : undefined}
                  label={labelOf(item, pictures.get(item.picture)?.picture.name ?? '', verdictWords(verdict))}
                  verdict={verdict}
                  isActive={item.key === active}
                  place={first + place}
                  count={count}
                  x={around + column * grid.across}
                  y={start + NAME_HEIGHT}
                  width={grid.tile.width}
                  height={grid.tile.height}
                  watch={watch}
                />
              );
            }),
          )}
        </div>
      </div>
      {previewed !== undefined &&
        room !== undefined &&
        preview(previewed, {
          area: room,
          crop: cropRoom(places.get(previewed) ?? 0, grid, around, virtualizer.scrollOffset ?? 0),
        })}
    </div>
  );
}

/** An id has no spaces. */
const optionId = (key: string): string => `crop-${key.replaceAll(' ', '-')}`;

function cropRoom(place: number, { columns, across, pitch, tile }: SheetGrid, around: number, scrolled: number) {
  return {
    x: around + (place % columns) * across,
    y: TOP + Math.floor(place / columns) * pitch + NAME_HEIGHT - scrolled,
    ...tile,
  };
}

function labelOf(item: SheetItem, name: string, said: string): string {
  const group = item.group === 'nothing-odd' ? [] : [GROUP_NAMES[item.group].toLowerCase()];
  return item.kind === 'drawn'
    ? `Missed face ${item.id}, ${shownName(name)}`
    : [`Face ${item.face.faceNo}`, said, shownName(name), ...group].join(', ');
}

type RowNamesProps = {
  readonly groups: readonly SheetItem['group'][];
  readonly row: number;
  readonly grid: SheetGrid;
  readonly x: number;
  readonly y: number;
};

/** The names of the groups of a row, each over a hairline to the next one. What they say is in each crop's own name. */
const RowNames = ({ groups, row, grid: { columns, across, tile }, x, y }: RowNamesProps) =>
  stretchesOf(groups, row * columns, columns).map(({ group, column, columns: wide, begins }) => (
    <div
      key={column}
      aria-hidden
      className="absolute top-0 left-0 flex h-4.5 items-center gap-2 text-[0.71875rem]"
      style={{
        width: (wide - 1) * across + tile.width + (column + wide < columns ? across - tile.width : 0),
        transform: `translate(${x + column * across}px, ${y}px)`,
      }}
    >
      <span className={clsx('truncate', begins ? 'font-semibold text-ink' : 'text-ink-faint')}>
        {GROUP_NAMES[group]}
      </span>
      <span className="h-px min-w-0 flex-1 bg-line-strong" />
    </div>
  ));
