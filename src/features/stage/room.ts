import type { Size, StageRect } from '#domain/geometry/spaces.ts';
import { stageRect } from '#domain/geometry/spaces.ts';

/** Window width in pixels below which the stage is a phone's: the picture goes from side to side. */
export const PHONE_BELOW = 768;

const MARGIN = 24;
/** What the floating toolbar takes at the bottom, its distance from the edge included. */
const TOOLBAR_ROOM = 84;
/** The same on a phone. Whatever lies under the toolbar at fit could never be panned out from under it. */
const PHONE_TOOLBAR_ROOM = 64;

/** The part of a stage in which a fitted picture lies. */
export function roomOn(stage: Size, isPhone: boolean): StageRect {
  if (isPhone) return stageRect(0, 0, Math.max(1, stage.width), Math.max(1, stage.height - PHONE_TOOLBAR_ROOM));
  return stageRect(
    MARGIN,
    MARGIN,
    Math.max(1, stage.width - 2 * MARGIN),
    Math.max(1, stage.height - MARGIN - TOOLBAR_ROOM),
  );
}
