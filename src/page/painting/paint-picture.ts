import { MAX_ASSET_BYTES } from '#contract/limits.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { err, ok } from '#shared/result.ts';
import { type Canvas, canvasOf, canvasWithin, release, SURE_PIXELS } from './canvas.ts';
import { type DecodedSource, decodeSource } from './decode-source.ts';
import type { CropPlan } from './model/crop-plan.ts';
import { FONT_NAME, paintAnnotations } from './paint-annotations.ts';
import { paintObscured } from './paint-obscured.ts';
import type { PaintOutcome, PaintRequest, PaintTask } from './protocol.ts';

/** Does one task; runs in a worker. Everything that the browser gives up on is a failure, never an exception. */
export async function paintPicture({ source, task, font }: PaintRequest): Promise<PaintOutcome> {
  try {
    const decoded = await decodeSource(source);
    if (!decoded.ok) return decoded;
    try {
      await takeFont(font);
      // A smaller one is what the person did not choose: the page offers the picture as it was sent instead.
      const shrinks = source instanceof Blob;
      return await paint(decoded.value, task, shrinks);
    } finally {
      decoded.value.bitmap.close();
    }
  } catch {
    // A canvas or an encoder that gives up is out of memory in practice.
    return err('no-memory');
  }
}

async function paint(
  { bitmap, mayHaveAlpha }: DecodedSource,
  task: PaintTask,
  shrinks: boolean,
): Promise<PaintOutcome> {
  const drawnAt = (size: Size) => drawn(bitmap, size, mayHaveAlpha, shrinks);
  switch (task.kind) {
    case 'annotate': {
      const canvas = drawnAt(task.plan.size);
      if (canvas === undefined) return err('too-large');
      paintAnnotations(canvas.context, task.plan);
      return finish(canvas, 'image/png');
    }
    case 'obscure': {
      const canvas = drawnAt(task.plan.size);
      if (canvas === undefined) return err('too-large');
      paintObscured(canvas.context, bitmap, task.steps, task.with);
      paintAnnotations(canvas.context, task.plan);
      return finish(canvas, 'image/png');
    }
    case 'redraw': {
      const canvas = drawnAt(task.size);
      return canvas === undefined ? err('too-large') : finish(canvas, mayHaveAlpha ? 'image/png' : 'image/jpeg');
    }
    case 'crops': {
      const blobs: Blob[] = [];
      for (const crop of task.crops) blobs.push(await cut(bitmap, crop));
      return ok({ blobs, shrunkTo: undefined });
    }
    case 'looks': {
      // Covered in the pixels of the whole picture, so that no cut shows more of a face than another.
      const covered = task.steps.length === 0 ? undefined : drawnAt(task.size);
      if (task.steps.length > 0 && covered === undefined) return err('too-large');
      if (covered !== undefined) paintObscured(covered.context, bitmap, task.steps, 'blur');
      const source = covered?.canvas ?? bitmap;
      const scale = source.width / task.size.width;
      const blobs: Blob[] = [];
      for (const each of task.looks) blobs.push(await lookAt(source, scale, each));
      if (covered !== undefined) release(covered);
      return ok({ blobs, shrunkTo: undefined });
    }
  }
}

type Drawn = Canvas & { readonly shrunkTo: Size | undefined };

/**
 * The picture on a canvas, which afterwards counts in pixels of `size` whatever size it has. Where this browser has
 * none so large it becomes smaller, if it may, else there is none.
 */
function drawn(bitmap: ImageBitmap, size: Size, alpha: boolean, shrinks: boolean): Drawn | undefined {
  const full = canvasWithin(size, alpha);
  if (full === undefined && !shrinks) return undefined;
  const scale = full === undefined ? Math.sqrt(SURE_PIXELS / (size.width * size.height)) : 1;
  const { canvas, context } =
    full ?? canvasOf({ width: Math.floor(size.width * scale), height: Math.floor(size.height * scale) }, alpha);
  context.imageSmoothingQuality = 'high';
  context.scale(canvas.width / size.width, canvas.height / size.height);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return { canvas, context, shrunkTo: full === undefined ? { width: canvas.width, height: canvas.height } : undefined };
}

async function finish(drawing: Drawn, type: 'image/png' | 'image/jpeg'): Promise<PaintOutcome> {
  const blob = await drawing.canvas.convertToBlob({ type, quality: 0.95 });
  release(drawing);
  return ok({ blobs: [blob], shrunkTo: drawing.shrunkTo });
}

/** Qualities for crops too heavy as PNG, the best first. */
const QUALITIES = [0.95, 0.9, 0.8, 0.7] as const;

/** One crop: PNG while the vendor would take it, JPEG beyond. */
async function cut(bitmap: ImageBitmap, { source, output }: CropPlan): Promise<Blob> {
  const made = canvasOf(output, true);
  const { canvas, context } = made;
  context.imageSmoothingQuality = 'high';
  const { x, y, width, height } = source;
  context.drawImage(bitmap, x, y, width, height, 0, 0, output.width, output.height);
  let blob = await canvas.convertToBlob({ type: 'image/png' });
  for (const quality of QUALITIES) {
    if (blob.size <= MAX_ASSET_BYTES) break;
    blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  }
  release(made);
  return blob;
}

/** A small JPEG of a part; `scale` is how many pixels of `from` one of the plan is. On white where the picture is clear. */
async function lookAt(
  from: ImageBitmap | OffscreenCanvas,
  scale: number,
  { source: { x, y, width, height }, output }: CropPlan,
): Promise<Blob> {
  const made = canvasOf(output, false);
  const { canvas, context } = made;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, output.width, output.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(from, x * scale, y * scale, width * scale, height * scale, 0, 0, output.width, output.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.82 });
  release(made);
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
