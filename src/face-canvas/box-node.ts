import { Rect } from 'konva/lib/shapes/Rect.js';
import { type StageRect, stageRect } from '#shared/geometry/spaces.ts';
import type { Viewport } from './model/viewport.ts';
import type { BoxKind, StageBox } from './stage-box.ts';

/** What every box needs for painting itself, shared by all of them and changed between frames only. */
export type BoxPainting = {
  viewport: Viewport;
  /** Device pixels per stage pixel. */
  pixelRatio: number;
  /** How much larger than usual the reader's text is, and the numbers with it. */
  textScale: number;
  /** Stage size in stage pixels: what lies outside it is not painted. */
  width: number;
  height: number;
  /** Where badges may lie, in stage pixels: the picture, and the mat around it that nothing lies over. */
  badgeRoom: StageRect;
};

/** Width of the coloured line in stage pixels, at every zoom. */
export const LINE_WIDTH = 2;
export const SELECTED_LINE_WIDTH = 3;
/** How far the dark line shows on either side of the coloured one, in stage pixels. */
const HALO_WIDTH = 1;
export const HALO_COLOR = '#0c0e12';
/** Lengths of dash and gap in stage pixels; nothing for a solid line. */
const DASHES: Readonly<Record<BoxKind, number[]>> = {
  found: [],
  truth: [3, 3],
  drawn: [9, 5],
  right: [],
  wrong: [2, 4],
  false: [],
};
/** What is judged right steps back: the eye is wanted elsewhere. */
export const KIND_LINES: Readonly<Record<BoxKind, { readonly width: number; readonly opacity: number }>> = {
  found: { width: LINE_WIDTH, opacity: 1 },
  truth: { width: 1.25, opacity: 1 },
  drawn: { width: LINE_WIDTH, opacity: 1 },
  right: { width: 1.5, opacity: 0.7 },
  wrong: { width: LINE_WIDTH, opacity: 1 },
  false: { width: LINE_WIDTH, opacity: 1 },
};
/** Longest corner stroke of a false box along either side, in stage pixels, and the largest share of the side. */
const CORNER = { longest: 14, share: 0.25 } as const;
/** Opacity of the other boxes while one is selected in a crowd. */
export const DIMMED_OPACITY = 0.45;
/** Opacity of boxes that the list does not show. */
export const UNLISTED_OPACITY = 0.35;

/**
 * One box as a rectangle of the displayed stage, in picture pixels like everything that is stored. It is a plain
 * `Konva.Rect` to whoever looks for it; only its painting is its own: a dark and a coloured line straight onto the
 * device's pixels, and nothing when off-screen. That is a quarter of the time that two Rects with a halo take through
 * Konva's general path (save, transform, path, stroke, restore), which a thousand boxes need to keep to a frame.
 */
export class BoxNode extends Rect {
  readonly #painting: BoxPainting;
  readonly #kind: BoxKind;

  constructor({ id, bound, tone, kind }: StageBox, painting: BoxPainting) {
    super({
      id,
      name: 'box',
      x: bound.x,
      y: bound.y,
      width: bound.width,
      height: bound.height,
      stroke: tone,
      strokeWidth: LINE_WIDTH,
      strokeScaleEnabled: false,
      perfectDrawEnabled: false,
      listening: false,
    });
    this.#painting = painting;
    this.#kind = kind;
  }

  override drawScene(...[canvas, top, ...rest]: Parameters<Rect['drawScene']>): this {
    const layer = this.getLayer();
    // Anything but the displayed canvas (an export, a cache) has a transform of its own.
    if (layer === null || top !== undefined || (canvas !== undefined && canvas !== layer.getCanvas())) {
      return super.drawScene(canvas, top, ...rest);
    }
    const { x = 0, y = 0, width = 0, height = 0, stroke, strokeWidth = LINE_WIDTH, opacity = 1, visible } = this.attrs;
    if (visible === false) return this;
    const { viewport, pixelRatio, width: stageWidth, height: stageHeight } = this.#painting;
    const left = x * viewport.scale + viewport.x;
    const top_ = y * viewport.scale + viewport.y;
    const right = left + width * viewport.scale;
    const bottom = top_ + height * viewport.scale;
    if (
      right < -strokeWidth ||
      bottom < -strokeWidth ||
      left > stageWidth + strokeWidth ||
      top_ > stageHeight + strokeWidth
    )
      return this;
    paintFrame(layer.getContext()._context, stageRect(left, top_, right - left, bottom - top_), {
      lineWidth: strokeWidth,
      tone: stroke,
      kind: this.#kind,
      opacity,
      pixelRatio,
    });
    return this;
  }
}

/** How a frame is drawn; lengths in stage pixels. */
export type FrameStyle = {
  readonly lineWidth: number;
  readonly tone: string;
  readonly kind: BoxKind;
  readonly opacity: number;
  /** Device pixels per stage pixel. */
  readonly pixelRatio: number;
};

/** Paints a coloured line with a dark one on both sides, its edges on whole device pixels. */
export function paintFrame(
  context: CanvasRenderingContext2D,
  box: StageRect,
  { lineWidth, tone, kind, opacity, pixelRatio }: FrameStyle,
): void {
  const line = Math.max(1, Math.round(lineWidth * pixelRatio));
  const halo = line + 2 * Math.max(1, Math.round(HALO_WIDTH * pixelRatio));
  const half = (line % 2) / 2;
  const x = (Math.round(box.x * pixelRatio - half) + half) / pixelRatio;
  const y = (Math.round(box.y * pixelRatio - half) + half) / pixelRatio;
  const width = Math.round(box.width * pixelRatio) / pixelRatio;
  const height = Math.round(box.height * pixelRatio) / pixelRatio;
  if (context.globalAlpha !== opacity) context.globalAlpha = opacity;
  context.strokeStyle = HALO_COLOR;
  context.lineWidth = halo / pixelRatio;
  context.strokeRect(x, y, width, height);
  context.strokeStyle = tone;
  context.lineWidth = line / pixelRatio;
  // The dark line stays whole, so that a dashed one is seen on any picture.
  const dashes = DASHES[kind];
  if (dashes.length > 0) context.setLineDash(dashes);
  context.strokeRect(x, y, width, height);
  if (dashes.length > 0) context.setLineDash([]);
  if (kind === 'false') strikeCorners(context, stageRect(x, y, width, height), tone, [halo, line], pixelRatio);
}

/** A stroke from each corner towards the middle, dark and then coloured. */
function strikeCorners(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: StageRect,
  tone: string,
  widths: readonly [halo: number, line: number],
  pixelRatio: number,
): void {
  const reach = Math.min(CORNER.longest, CORNER.share * width, CORNER.share * height);
  context.beginPath();
  for (const [left, across] of [
    [x, reach],
    [x + width, -reach],
  ] as const) {
    for (const [top, down] of [
      [y, reach],
      [y + height, -reach],
    ] as const) {
      context.moveTo(left, top);
      context.lineTo(left + across, top + down);
    }
  }
  for (const [colour, lineWidth] of [
    [HALO_COLOR, widths[0]],
    [tone, widths[1]],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth / pixelRatio;
    context.stroke();
  }
}
