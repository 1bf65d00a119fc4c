import type { Size, StageRect } from '#domain/geometry/spaces.ts';
import { stageRect } from '#domain/geometry/spaces.ts';

const MARGIN = 24;
/** What the floating toolbar takes at the bottom, its distance from the edge included. */
const TOOLBAR_ROOM = 84;
/** The same on a phone. Whatever lies under the toolbar at fit could never be panned out from under it. */
const PHONE_TOOLBAR_ROOM = 64;

/**
 * The part of a stage in which a fitted picture lies; on a phone the picture goes from side to side. `textScale` is how
 * much larger than usual the reader's text is, and the toolbar with it.
 */
export function roomOn(stage: Size, isPhone: boolean, textScale: number): StageRect {
  const toolbar = (isPhone ? PHONE_TOOLBAR_ROOM : TOOLBAR_ROOM) * textScale;
  if (isPhone) return stageRect(0, 0, Math.max(1, stage.width), Math.max(1, stage.height - toolbar));
  return stageRect(MARGIN, MARGIN, Math.max(1, stage.width - 2 * MARGIN), Math.max(1, stage.height - MARGIN - toolbar));
}
