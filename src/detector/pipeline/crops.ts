import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imagePoint, imageRect } from '#shared/geometry/spaces.ts';
import type { Codec, PixelSource, SampleSize } from '../ports.ts';
import { FEATURE_SIDE } from './face-alignment.ts';
import { drawFaceSquare } from './face-square.ts';
import { applySimilarity, invertSimilarity, type Similarity } from './similarity.ts';
import { touchedPixels } from './touched-pixels.ts';

/** Margin around the box on every side, as a share of its longer side: hair and chin, not the neighbour. */
const CROP_MARGIN = 0.25;
/** Longest side of a crop in pixels; a larger face is shrunk, a smaller one never enlarged. */
const MAX_CROP_SIDE = 640;
const JPEG_QUALITY = 88;

/** JPEG of a face's box with a margin. `box` is in pixels of the canvas. */
export async function cutFaceCrop(canvas: PixelSource, box: ImageRect, codec: Codec): Promise<Uint8Array> {
  const area = touchedPixels(growBy(box, CROP_MARGIN * Math.max(box.width, box.height)), canvas);
  return codec.encodeJpeg(await canvas.sample(area, cropSize(area)), JPEG_QUALITY);
}

function cropSize({ width, height }: Size): SampleSize {
  if (Math.max(width, height) <= MAX_CROP_SIDE) return { width, height };
  return width >= height ? { width: MAX_CROP_SIDE } : { height: MAX_CROP_SIDE };
}

/** JPEG of a face turned upright and laid on the common layout. `alignment` takes pixels of the canvas there. */
export async function cutFaceFeature(canvas: PixelSource, alignment: Similarity, codec: Codec): Promise<Uint8Array> {
  const seen = touchedPixels(growBy(footprint(invertSimilarity(alignment)), 1), canvas);
  const face = await drawFaceSquare(canvas, seen, alignment, FEATURE_SIDE, 'edge');
  return codec.encodeJpeg(face, JPEG_QUALITY);
}

/** The upright rectangle around the aligned face, in pixels of the canvas. */
function footprint(toCanvas: Similarity): ImageRect {
  const corners = [
    [0, 0],
    [FEATURE_SIDE, 0],
    [0, FEATURE_SIDE],
    [FEATURE_SIDE, FEATURE_SIDE],
  ].map(([x = 0, y = 0]) => applySimilarity(toCanvas, imagePoint(x, y)));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return imageRect(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
}

const growBy = (rect: ImageRect, margin: number): ImageRect =>
  imageRect(rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin);
