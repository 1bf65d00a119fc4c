import { ANNOTATION_COLORS, type AnnotationPlan, type PlannedBadge } from './model/annotation-plan.ts';

/** Family name under which the worker knows the page's font. */
export const FONT_NAME = 'Facebound Export';
const FONT = `"${FONT_NAME}", system-ui, "Helvetica Neue", Arial, sans-serif`;

/** Draws a plan over the picture that is on the canvas already. */
export function paintAnnotations(context: OffscreenCanvasRenderingContext2D, { boxes, badges }: AnnotationPlan): void {
  context.lineJoin = 'miter';
  for (const { x, y, width, height, color, line, halo, dash } of boxes) {
    context.strokeStyle = ANNOTATION_COLORS.halo;
    context.lineWidth = halo;
    context.strokeRect(x, y, width, height);
    context.strokeStyle = color;
    context.lineWidth = line;
    context.setLineDash(dash ?? []);
    context.strokeRect(x, y, width, height);
    context.setLineDash([]);
  }
  context.textBaseline = 'middle';
  for (const badge of badges) paintBadge(context, badge);
}

function paintBadge(context: OffscreenCanvasRenderingContext2D, badge: PlannedBadge): void {
  const { x, y, width, height, border, radius, color, fontSize, name } = badge;
  context.fillStyle = ANNOTATION_COLORS.badge;
  context.strokeStyle = color;
  context.lineWidth = border;
  context.beginPath();
  context.roundRect(x + border / 2, y + border / 2, width - border, height - border, radius);
  context.fill();
  context.stroke();
  // Digits stand above the baseline only, so their middle lies a little higher than that of the line.
  const baseline = badge.middleY + fontSize * 0.05;
  context.fillStyle = ANNOTATION_COLORS.number;
  context.font = `600 ${fontSize}px ${FONT}`;
  context.textAlign = name === undefined ? 'center' : 'left';
  context.fillText(badge.number, badge.numberX, baseline);
  if (name === undefined) return;
  context.fillStyle = ANNOTATION_COLORS.name;
  context.font = `450 ${fontSize}px ${FONT}`;
  context.fillText(name.text, name.x, baseline, name.maxWidth);
}
