import { MAX_ASSET_BYTES } from '#contract/limits.ts';
import type { CropPlan } from '#domain/export/crop-plan.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { err, ok } from '#domain/result.ts';
import { paintObscured } from '#lib/paint/paint-obscured.ts';
import { FONT_NAME, paintAnnotations } from './paint-annotations.ts';
import type { PaintOutcome, PaintRequest, PaintTask } from './protocol.ts';

/**
 * Most pixels of a canvas on iOS (4096 × 4096); other browsers have more. Up to here a canvas is taken for granted,
 * beyond it one is tried first. https://developer.mozilla.org/docs/Web/HTML/Element/canvas#maximum_canvas_size
 */
const SURE_PIXELS = 16_777_216;

/** Does one task; runs in a worker. Everything that the browser gives up on is a failure, never an exception. */
export async function paintPicture({ picture, task, font }: PaintRequest): Promise<PaintOutcome> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch {
    return err('not-decodable');
  }
  try {
    await takeFont(font);
    return await paint(bitmap, task, picture.type !== 'image/jpeg');
  } catch {
    // A canvas or an encoder that gives up is out of memory in practice.
    return err('no-memory');
  } finally {
    bitmap.close();
  }
}

async function paint(bitmap: ImageBitmap, task: PaintTask, mayHaveAlpha: boolean): Promise<PaintOutcome> {
  switch (task.kind) {
    case 'annotate': {
      const canvas = drawn(bitmap, task.plan.size, mayHaveAlpha);
      paintAnnotations(canvas.context, task.plan);
      return finish(canvas, 'image/png');
    }
    case 'obscure': {
      const canvas = drawn(bitmap, task.plan.size, mayHaveAlpha);
      paintObscured(canvas.context, bitmap, task.steps, task.with);
      paintAnnotations(canvas.context, task.plan);
      return finish(canvas, 'image/png');
    }
    case 'redraw':
      return finish(drawn(bitmap, task.size, mayHaveAlpha), mayHaveAlpha ? 'image/png' : 'image/jpeg');
    case 'crops': {
      const blobs: Blob[] = [];
      for (const crop of task.crops) blobs.push(await cut(bitmap, crop));
      return ok({ blobs, shrunkTo: undefined });
    }
  }
}

type Drawn = {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly shrunkTo: Size | undefined;
};

/** The picture on a canvas, which afterwards counts in pixels of `size` whatever size it has. */
function drawn(bitmap: ImageBitmap, size: Size, alpha: boolean): Drawn {
  const pixels = size.width * size.height;
  const full = pixels <= SURE_PIXELS ? canvasOf(size, alpha) : triedCanvas(size, alpha);
  const scale = full === undefined ? Math.sqrt(SURE_PIXELS / pixels) : 1;
  const { canvas, context } =
    full ?? canvasOf({ width: Math.floor(size.width * scale), height: Math.floor(size.height * scale) }, alpha);
  context.imageSmoothingQuality = 'high';
  context.scale(canvas.width / size.width, canvas.height / size.height);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return { canvas, context, shrunkTo: full === undefined ? { width: canvas.width, height: canvas.height } : undefined };
}

/** A canvas too large for the browser is no error: it stays empty whatever is drawn. */
function triedCanvas(size: Size, alpha: boolean): ReturnType<typeof canvasOf> | undefined {
  try {
    const made = canvasOf(size, alpha);
    made.context.fillStyle = '#fff';
    made.context.fillRect(size.width - 1, size.height - 1, 1, 1);
    const [red] = made.context.getImageData(size.width - 1, size.height - 1, 1, 1).data;
    if (red === 255) {
      made.context.clearRect(size.width - 1, size.height - 1, 1, 1);
      return made;
    }
    made.canvas.width = 0;
    made.canvas.height = 0;
  } catch {
    // Some browsers do throw.
  }
  return undefined;
}

function canvasOf({ width, height }: Size, alpha: boolean) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha });
  if (context === null) throw new Error('This browser gives no 2D canvas.');
  return { canvas, context };
}

async function finish({ canvas, shrunkTo }: Drawn, type: 'image/png' | 'image/jpeg'): Promise<PaintOutcome> {
  const blob = await canvas.convertToBlob({ type, quality: 0.95 });
  // Safari frees the memory of a canvas when it has no size, not when it is forgotten.
  canvas.width = 0;
  canvas.height = 0;
  return ok({ blobs: [blob], shrunkTo });
}

/** Qualities for crops too heavy as PNG, the best first. */
const QUALITIES = [0.95, 0.9, 0.8, 0.7] as const;

/** One crop: PNG while the vendor would take it, JPEG beyond. */
async function cut(bitmap: ImageBitmap, { source, output }: CropPlan): Promise<Blob> {
  const { canvas, context } = canvasOf(output, true);
  context.imageSmoothingQuality = 'high';
  const { x, y, width, height } = source;
  context.drawImage(bitmap, x, y, width, height, 0, 0, output.width, output.height);
  let blob = await canvas.convertToBlob({ type: 'image/png' });
  for (const quality of QUALITIES) {
    if (blob.size <= MAX_ASSET_BYTES) break;
    blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  }
  canvas.width = 0;
  canvas.height = 0;
  return blob;
}

let fontLoaded = false;

/** A font that cannot be loaded costs its look only. */
async function takeFont(font: ArrayBuffer | undefined): Promise<void> {
  if (fontLoaded || font === undefined) return;
  fontLoaded = true;
  try {
    const face = new FontFace(FONT_NAME, font, { weight: '100 900' });
    await face.load();
    const fonts: unknown = Reflect.get(globalThis, 'fonts');
    if (fonts instanceof FontFaceSet) fonts.add(face);
  } catch {
    // The system's sans-serif stands in.
  }
}
