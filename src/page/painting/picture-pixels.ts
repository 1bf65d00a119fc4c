import { pictureElement } from '#page/ui/picture-element.ts';
import type { Face, FaceId } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { type ObscureKind, planObscuring } from './model/obscure-plan.ts';
import { paintObscured } from './paint-obscured.ts';

/** Most pixels of a picture that is shown from a canvas: beyond it Safari on iOS shows nothing (4096²). */
const MAX_PIXELS = 16_777_216;

/** The pixels of a picture, upright: its own, or fewer where those are more than a canvas may have. */
export async function picturePixels(url: string): Promise<OffscreenCanvas> {
  const picture = await pictureElement(url);
  const { naturalWidth, naturalHeight } = picture;
  const ratio = Math.min(1, Math.sqrt(MAX_PIXELS / Math.max(1, naturalWidth * naturalHeight)));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.floor(naturalWidth * ratio)),
    Math.max(1, Math.floor(naturalHeight * ratio)),
  );
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

/**
 * A copy in which all found faces but those in `clear` are painted over. What is drawn from it shows no more of them
 * at any zoom. `size` is the space of the faces' boxes, in pixels.
 */
export function coveredPixels(
  plain: OffscreenCanvas,
  size: Size,
  faces: readonly Face[],
  clear: ReadonlySet<FaceId>,
  cover: ObscureKind,
): OffscreenCanvas {
  const covered = new OffscreenCanvas(plain.width, plain.height);
  const context = covered.getContext('2d');
  if (context === null) return covered;
  context.drawImage(plain, 0, 0);
  paintObscured(context, plain, planObscuring(faces, clear, size, plain), cover);
  return covered;
}
