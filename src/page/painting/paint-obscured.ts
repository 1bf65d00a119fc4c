import type { ObscureKind, ObscureStep } from './model/obscure-plan.ts';

export type AnyContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** What a picture can be drawn from, the same size as the plan. */
export type Drawable = ImageBitmap | HTMLCanvasElement | OffscreenCanvas;

/**
 * Paints over faces for good: each area is shrunk to a handful of colours and those are drawn back, as blocks or run
 * into each other. Nothing of the face is left in the pixels, so zooming in shows no more. `source` is the unpainted
 * picture; it and the context have the pixels that the steps were planned in. Takes no canvas filter: Safari has none.
 */
export function paintObscured(
  context: AnyContext,
  source: Drawable,
  steps: readonly ObscureStep[],
  kind: ObscureKind,
): void {
  for (const { area, ...step } of steps) {
    const { x, y, width, height } = area;
    if (step.kind === 'restore') {
      context.drawImage(source, x, y, width, height, x, y, width, height);
      continue;
    }
    const cells = shrunk(source, area, step.cells);
    context.save();
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(width, height) * 0.28);
    context.clip();
    context.imageSmoothingEnabled = kind === 'blur';
    context.imageSmoothingQuality = 'high';
    context.drawImage(kind === 'blur' ? softened(cells) : cells, x, y, width, height);
    context.restore();
  }
}

/** Halves again and again: one step would pick single pixels instead of averaging all of them. */
function shrunk(
  source: Drawable,
  area: ObscureStep['area'],
  cells: { readonly width: number; readonly height: number },
): OffscreenCanvas {
  let from: Drawable = source;
  let { x, y, width, height }: { x: number; y: number; width: number; height: number } = area;
  for (;;) {
    const nextWidth = Math.max(cells.width, Math.ceil(width / 2));
    const nextHeight = Math.max(cells.height, Math.ceil(height / 2));
    const to = new OffscreenCanvas(nextWidth, nextHeight);
    const context = contextOf(to);
    context.imageSmoothingQuality = 'high';
    context.drawImage(from, x, y, width, height, 0, 0, nextWidth, nextHeight);
    if (nextWidth === cells.width && nextHeight === cells.height) return to;
    [from, x, y, width, height] = [to, 0, 0, nextWidth, nextHeight];
  }
}

/** Enlarged in steps: each runs the colours further into each other, so that no grid is left to see. */
function softened(cells: OffscreenCanvas): OffscreenCanvas {
  let from = cells;
  for (let step = 0; step < 3; step++) {
    const to = new OffscreenCanvas(from.width * 2, from.height * 2);
    const context = contextOf(to);
    context.imageSmoothingQuality = 'high';
    context.drawImage(from, 0, 0, to.width, to.height);
    from = to;
  }
  return from;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  return context;
}
