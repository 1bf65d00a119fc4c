import type { StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';
import { type NameBadge, nameBadgeSize, paintNameBadge } from './badge-painter.ts';
import { type BoxPainting, HALO_COLOR, paintFrame, SELECTED_LINE_WIDTH } from './box-node.ts';
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
  /** Brackets at its corners: what tells selected from hovered without colour. Squares would say that it can be sized. */
  readonly bracketed: boolean;
  readonly painting: BoxPainting;
};

/** Length of a bracket's arms, its distance from the box and its width, in stage pixels. */
const BRACKET = { arm: 12, gap: 3.5, width: 2 } as const;

/** Paints a thicker frame, brackets at its corners and a filled badge over the idle box. */
export function paintHighlight(context: CanvasRenderingContext2D, highlight: Highlight): void {
  const { box, badge: content, kind, slot, painting } = highlight;
  const stage = stageRect(0, 0, painting.width, painting.height);
  if (!isInSight(stage, box)) return;
  const { tone } = content;
  const { pixelRatio, textScale } = painting;
  paintFrame(context, box, { lineWidth: SELECTED_LINE_WIDTH, tone, kind, opacity: 1, pixelRatio });
  if (highlight.bracketed) paintBrackets(context, box);
  if (!highlight.labelled || content.label === '') return;
  const request = { box, ...nameBadgeSize(content, textScale) };
  const badge = moveInto(painting.badgeRoom, badgeAt(slot ?? 'above-left', request));
  paintNameBadge(context, content, badge, pixelRatio, textScale);
}

/** White on a dark halo, and outside of the box: nothing of the face is covered, however small it is. */
function paintBrackets(context: CanvasRenderingContext2D, box: StageRect): void {
  const { gap, width } = BRACKET;
  const left = Math.round(box.x - gap);
  const top = Math.round(box.y - gap);
  const right = Math.round(box.x + box.width + gap);
  const bottom = Math.round(box.y + box.height + gap);
  const arm = Math.min(BRACKET.arm, (right - left) / 3, (bottom - top) / 3);
  context.beginPath();
  for (const [x, dx] of [
    [left, arm],
    [right, -arm],
  ] as const) {
    for (const [y, dy] of [
      [top, arm],
      [bottom, -arm],
    ] as const) {
      context.moveTo(x, y + dy);
      context.lineTo(x, y);
      context.lineTo(x + dx, y);
    }
  }
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = HALO_COLOR;
  context.lineWidth = width + 2;
  context.stroke();
  context.strokeStyle = '#ffffff';
  context.lineWidth = width;
  context.stroke();
  context.lineJoin = 'miter';
  context.lineCap = 'butt';
}
