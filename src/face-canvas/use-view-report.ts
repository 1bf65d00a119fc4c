import { useCallback, useEffect, useRef } from 'react';
import type { LongSide } from './model/viewport.ts';

/** What the toolbar shows of the view. */
export type StageView = {
  /** Stage pixels per picture pixel: 1 is 100 %. */
  readonly scale: number;
  readonly isFit: boolean;
  /** The way along which the picture is far longer than the stage; undefined for any that is not. */
  readonly longSide: LongSide | undefined;
  /** True while a long picture fills the stage by its short side. */
  readonly isFilled: boolean;
};

/** Shortest time between two reports, in milliseconds: a percentage that changes faster cannot be read. */
const INTERVAL_MS = 100;

/**
 * Passes views on to a callback when they differ, at most every `INTERVAL_MS` and never losing the last. The returned
 * function stays the same for the component's life.
 */
export function useViewReport(onViewChange: (view: StageView) => void): (view: StageView) => void {
  const callback = useRef(onViewChange);
  useEffect(() => {
    callback.current = onViewChange;
  }, [onViewChange]);
  const latest = useRef<StageView>(undefined);
  const reported = useRef<StageView>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback((view) => {
    latest.current = view;
    if (timer.current !== undefined) return;
    const flush = () => {
      timer.current = undefined;
      const { current } = latest;
      if (current === undefined || equal(current, reported.current)) return;
      reported.current = current;
      timer.current = setTimeout(flush, INTERVAL_MS);
      callback.current(current);
    };
    // Not at once: the first report comes while the stage is being laid out, when nobody may render.
    timer.current = setTimeout(flush, 0);
  }, []);
}

const equal = (a: StageView, b: StageView | undefined): boolean =>
  a.scale === b?.scale && a.isFit === b.isFit && a.longSide === b.longSide && a.isFilled === b.isFilled;
