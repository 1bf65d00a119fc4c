import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import type { FaceId } from '#shared/face.ts';
import type { CardLayout } from './face-card.tsx';

/** Up to this many faces every option is in the document; above it only those near the visible area are. */
const MAX_PLAIN_OPTIONS = 200;

/** Height of a card before it was measured, in CSS pixels. */
const ESTIMATED_HEIGHT: Readonly<Record<CardLayout, number>> = { compact: 90, roomy: 106 };

type FaceRows = {
  /** Options to draw. `top` is set where the list places them itself. */
  readonly rows: readonly { readonly index: number; readonly top: number | undefined }[];
  /** Height of the whole list in CSS pixels, where it is not the sum of what is drawn. */
  readonly height: number | undefined;
  /** To be set as `ref` of every option that has a `top`. */
  readonly measure: ((option: Element | null) => void) | undefined;
};

type FaceRowsInput = {
  readonly shown: readonly FaceId[];
  readonly layout: CardLayout;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Options that stay in the document wherever the list is scrolled to. */
  readonly keep: readonly (FaceId | undefined)[];
};

/** Decides which options are in the document. */
export function useFaceRows({ shown, layout, scroller, keep }: FaceRowsInput): FaceRows {
  const isVirtual = shown.length > MAX_PLAIN_OPTIONS;
  const kept = keep.flatMap((id) => (id === undefined ? [] : [shown.indexOf(id)])).filter((index) => index >= 0);
  // biome-ignore lint/nursery/useReactCompiler: the library's object changes in place; nothing here is compiled
  const virtualizer = useVirtualizer({
    count: isVirtual ? shown.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT[layout],
    getItemKey: (index) => shown[index] ?? index,
    overscan: 6,
    rangeExtractor: (range) =>
      [...new Set([...kept, ...defaultRangeExtractor(range)])].toSorted((first, second) => first - second),
  });

  if (isVirtual) {
    return {
      rows: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start })),
      height: virtualizer.getTotalSize(),
      measure: virtualizer.measureElement,
    };
  }
  return {
    rows: shown.map((_, index) => ({ index, top: undefined })),
    height: undefined,
    measure: undefined,
  };
}
