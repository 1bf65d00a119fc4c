import type { StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';
import { type NameBadge, nameBadgeSize, paintNameBadge } from './badge-painter.ts';
import { type BoxPainting, paintFrame, SELECTED_LINE_WIDTH } from './box-node.ts';
import { type BadgeSlot, badgeAt, isInSight, moveInto } from './model/badge-layout.ts';
import type { BoxKind } from './stage-box.ts';

/** A selected or hovered box, in stage pixels. */
export type Highlight = {
  readonly box: StageRect;
  readonly badge: NameBadge;
  readonly kind: BoxKind;
  /** The slot of its number badge, which the highlight's larger badge covers. */
  readonly slot: BadgeSlot | undefined;
  readonly labelled: boolean;
  /** Filled corners: what tells selected from hovered without colour. */
  readonly handles: boolean;
  readonly painting: BoxPainting;
};

const HANDLE_SIDE = 9;
/** Below this side length a box has no room for handles that leave the face visible. */
const HANDLES_FROM = 14;

/** Paints a thicker frame, its corner handles and a filled badge over the idle box. */
export function paintHighlight(context: CanvasRenderingContext2D, highlight: Highlight): void {
  const { box, badge: content, kind, slot, painting } = highlight;
  const stage = stageRect(0, 0, painting.width, painting.height);
  if (!isInSight(stage, box)) return;
  const { tone } = content;
  const { pixelRatio } = painting;
  paintFrame(context, box, { lineWidth: SELECTED_LINE_WIDTH, tone, kind, opacity: 1, pixelRatio });
  if (highlight.handles) paintHandles(context, box, tone);
  if (!highlight.labelled) return;
  const request = { box, ...nameBadgeSize(content) };
  const badge = moveInto(painting.badgeRoom, badgeAt(slot ?? 'above-left', request));
  paintNameBadge(context, content, badge, pixelRatio);
}

function paintHandles(context: CanvasRenderingContext2D, box: StageRect, color: string): void {
  const shortSide = Math.min(box.width, box.height);
  if (shortSide < HANDLES_FROM) return;
  const side = Math.min(HANDLE_SIDE, Math.round(shortSide / 4));
  context.fillStyle = '#ffffff';
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  for (const x of [box.x, box.x + box.width]) {
    for (const y of [box.y, box.y + box.height]) {
      context.roundRect(Math.round(x) - side / 2, Math.round(y) - side / 2, side, side, 2);
    }
  }
  context.fill();
  context.stroke();
}
