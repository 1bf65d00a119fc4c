import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useLayoutEffect } from 'react';
import type { FaceId } from '#shared/face.ts';
import type { GridPlan } from '../model/grid-plan.ts';
import type { CardLayout } from './face-card.tsx';

/** Up to this many faces every option is in the document; above it only those near the visible area are. */
const MAX_PLAIN_OPTIONS = 200;

/** Height of a card before it was measured, in CSS pixels. */
const ESTIMATED_HEIGHT: Readonly<Record<CardLayout, number>> = { compact: 90, roomy: 106 };

type FaceRows = {
  /** Options to draw. `style` is set where the list places them itself. */
  readonly rows: readonly { readonly index: number; readonly style?: CSSProperties }[];
  /** Height of the whole list in CSS pixels, where it is not the sum of what is drawn. */
  readonly height: number | undefined;
  /** To be set as `ref` of every card that has a `style`; tiles have one size. */
  readonly measure: ((option: Element | null) => void) | undefined;
};

type FaceRowsInput = {
  readonly shown: readonly FaceId[];
  readonly layout: CardLayout;
  /** Of the grid; undefined for a list of cards. */
  readonly grid: GridPlan | undefined;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Options that stay in the document wherever the list is scrolled to. */
  readonly keep: readonly (FaceId | undefined)[];
};

/** Decides which options are in the document. Above the limit whole rows are, in a list of one face each. */
export function useFaceRows({ shown, layout, grid, scroller, keep }: FaceRowsInput): FaceRows {
  const isVirtual = shown.length > MAX_PLAIN_OPTIONS;
  const columns = grid?.columns ?? 1;
  const kept = keep
    .flatMap((id) => (id === undefined ? [] : [shown.indexOf(id)]))
    .filter((index) => index >= 0)
    .map((index) => Math.floor(index / columns));
  // biome-ignore lint/nursery/useReactCompiler: the library's object changes in place; nothing here is compiled
  const virtualizer = useVirtualizer({
    count: isVirtual ? Math.ceil(shown.length / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => grid?.pitch ?? ESTIMATED_HEIGHT[layout],
    getItemKey: (index) => (grid === undefined ? (shown[index] ?? index) : index),
    overscan: grid === undefined ? 6 : 2,
    rangeExtractor: (range) =>
      [...new Set([...kept, ...defaultRangeExtractor(range)])].toSorted((first, second) => first - second),
  });
  const pitch = grid?.pitch;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are other rows
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, pitch, columns]);

  if (!isVirtual) return { rows: shown.map((_, index) => ({ index })), height: undefined, measure: undefined };
  const rows = virtualizer.getVirtualItems();
  const height = virtualizer.getTotalSize();
  if (grid === undefined) {
    return {
      rows: rows.map(({ index, start }) => ({ index, style: { width: '100%', transform: `translateY(${start}px)` } })),
      height,
      measure: virtualizer.measureElement,
    };
  }
  const across = columns === 1 ? 0 : (grid.width - grid.tileWidth) / (columns - 1);
  return {
    rows: rows.flatMap(({ index: row, start }) =>
      Array.from({ length: Math.min(columns, shown.length - row * columns) }, (_, column) => ({
        index: row * columns + column,
        style: { width: grid.tileWidth, transform: `translate(${column * across}px, ${start}px)` },
      })),
    ),
    height,
    measure: undefined,
  };
}
