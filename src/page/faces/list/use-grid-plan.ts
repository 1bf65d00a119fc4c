import { type RefObject, useLayoutEffect, useState } from 'react';
import { type GridPlan, planGrid } from '../model/grid-plan.ts';

type GridRoom = {
  /** Undefined while the faces are a list. */
  readonly count: number | undefined;
  /** The listbox, which is as wide as all tiles side by side. */
  readonly listbox: RefObject<HTMLElement | null>;
  /** Height of the whole list of faces, its header included, while nothing is selected; in CSS pixels. */
  readonly height: number | undefined;
};

/** The plan of the grid in the room that there is, which it follows; undefined for a list, and before it was measured. */
export function useGridPlan({ count, listbox, height }: GridRoom): GridPlan | undefined {
  const [measured, setMeasured] = useState<{ readonly width: number; readonly above: number; readonly rem: number }>();
  const isGrid = count !== undefined;
  useLayoutEffect(() => {
    const list = listbox.current;
    const section = list?.closest('section');
    if (!isGrid || list === null || section === null || section === undefined) return;
    const measure = () => {
      const scrolled = list.closest('[data-scroller]')?.scrollTop ?? 0;
      const above = list.getBoundingClientRect().top + scrolled - section.getBoundingClientRect().top;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const width = list.clientWidth;
      setMeasured((last) =>
        last?.width === width && last.above === above && last.rem === rem ? last : { width, above, rem },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    return () => observer.disconnect();
  }, [listbox, isGrid]);
  if (count === undefined || measured === undefined) return undefined;
  const { width, above, rem } = measured;
  return planGrid({ count, width, height: height === undefined ? undefined : height - above - rem * 0.75, rem });
}
