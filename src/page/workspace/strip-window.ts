import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Up to this many tiles are all in the document; above it only those near the visible part of the strip. */
export const MAX_PLAIN_TILES = 60;

/** A tile's side before it was measured, the space between tiles and that around all of them, in CSS pixels. */
const TILE = 72;
export const STRIP_SPACES = { roomy: { gap: 12, around: 14 }, close: { gap: 8, around: 8 } } as const;

export type StripWindow = {
  /** Tiles to draw, by their place. `start` is set where the strip places them itself, in CSS pixels along it. */
  readonly tiles: readonly { readonly index: number; readonly start: number | undefined }[];
  /** Length of the whole strip in CSS pixels, where it is not the sum of what is drawn. */
  readonly length: number | undefined;
  /** To be set as `ref` of every tile that has a `start`, which tells its place as `data-index`. */
  readonly measure: ((tile: Element | null) => void) | undefined;
};

/** Decides which tiles of the strip are in the document. `keep` are those that stay, wherever it is scrolled to. */
export function useStripWindow({
  ids,
  scroller,
  isColumn,
  spaces,
  keep,
}: {
  readonly ids: readonly string[];
  readonly scroller: RefObject<HTMLElement | null>;
  readonly isColumn: boolean;
  readonly spaces: keyof typeof STRIP_SPACES;
  readonly keep: readonly number[];
}): StripWindow {
  const isVirtual = ids.length > MAX_PLAIN_TILES;
  const { gap, around } = STRIP_SPACES[spaces];
  const virtualizer = useVirtualizer({
    count: isVirtual ? ids.length : 0,
    getScrollElement: () => scroller.current,
    horizontal: !isColumn,
    estimateSize: () => TILE,
    gap,
    paddingStart: around,
    paddingEnd: around,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 6,
    rangeExtractor: (range) =>
      [...new Set([...keep, ...defaultRangeExtractor(range)])]
        .filter((index) => index >= 0)
        .toSorted((first, second) => first - second),
  });
  return isVirtual
    ? {
        tiles: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start })),
        length: virtualizer.getTotalSize(),
        measure: virtualizer.measureElement,
      }
    : { tiles: ids.map((_, index) => ({ index, start: undefined })), length: undefined, measure: undefined };
}
