import type { Size, StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';

/**
 * On a phone the picture goes from side to side; a short window has none of its height to spare; on a small phone the
 * toolbar is away at fit.
 */
export type StageLayout = 'desk' | 'short' | 'phone' | 'small';

/**
 * What is kept free: around the picture, and at the bottom by the floating toolbar with its distance from the edge.
 * Whatever lies under the toolbar at fit could never be panned out from under it.
 */
const KEPT: Readonly<Record<StageLayout, { readonly margin: number; readonly toolbar: number }>> = {
  desk: { margin: 24, toolbar: 84 },
  short: { margin: 8, toolbar: 74 },
  phone: { margin: 0, toolbar: 64 },
  small: { margin: 0, toolbar: 0 },
};

/**
 * The part of a stage in which a fitted picture lies. `textScale` is how much larger than usual the reader's text is,
 * and the toolbar with it.
 */
export function roomOn(stage: Size, layout: StageLayout, textScale: number): StageRect {
  const { margin, toolbar } = KEPT[layout];
  const width = Math.max(1, stage.width - 2 * margin);
  return stageRect(margin, margin, width, Math.max(1, stage.height - margin - toolbar * textScale));
}
