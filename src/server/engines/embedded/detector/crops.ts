import sharp from 'sharp';
import { clampToImage } from '#domain/geometry/rect.ts';
import type { ImageRect } from '#domain/geometry/spaces.ts';
import { imagePoint, imageRect } from '#domain/geometry/spaces.ts';
import { FEATURE_SIDE } from './face-alignment.ts';
import { asSharpInput, type Pixels } from './pixels.ts';
import { applySimilarity, invertSimilarity, type Similarity } from './similarity.ts';
import { warp } from './warp.ts';

/** Margin around the box on every side, as a share of its longer side: hair and chin, not the neighbour. */
const CROP_MARGIN = 0.25;
/** Longest side of a crop in pixels; a larger face is shrunk, a smaller one never enlarged. */
const MAX_CROP_SIDE = 640;
const JPEG = { quality: 88 } as const;

/** JPEG of a face's box with a margin. `box` is in pixels of the canvas. */
export function cutFaceCrop(canvas: Pixels, box: ImageRect): Promise<Uint8Array> {
  const margin = CROP_MARGIN * Math.max(box.width, box.height);
  return sharp(canvas.data, asSharpInput(canvas))
    .extract(extractArea(growBy(box, margin), canvas))
    .resize(MAX_CROP_SIDE, MAX_CROP_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg(JPEG)
    .toBuffer();
}

/** JPEG of a face turned upright and laid on the common layout. `alignment` takes pixels of the canvas there. */
export async function cutFaceFeature(canvas: Pixels, alignment: Similarity): Promise<Uint8Array> {
  const toCanvas = invertSimilarity(alignment);
  const area = extractArea(growBy(footprint(toCanvas), 2), canvas);
  // What is larger than the aligned face is shrunk with proper averaging first; the warp itself only interpolates.
  const scale = Math.min(1, Math.hypot(alignment.a, alignment.b));
  const width = Math.max(1, Math.round(area.width * scale));
  const height = Math.max(1, Math.round(area.height * scale));
  const data = await sharp(canvas.data, asSharpInput(canvas))
    .extract(area)
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer();
  const toArea = {
    a: toCanvas.a * scale,
    b: toCanvas.b * scale,
    dx: (toCanvas.dx - area.left) * scale,
    dy: (toCanvas.dy - area.top) * scale,
  };
  const face = warp({ data, width, height }, toArea, FEATURE_SIDE);
  return sharp(face.data, asSharpInput(face)).jpeg(JPEG).toBuffer();
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

/** The whole pixels of the canvas that a rectangle touches, at least one. */
function extractArea(rect: ImageRect, canvas: Pixels) {
  const { x, y, width, height } = clampToImage(rect, canvas);
  const left = Math.min(canvas.width - 1, Math.floor(x));
  const top = Math.min(canvas.height - 1, Math.floor(y));
  return {
    left,
    top,
    width: Math.max(1, Math.min(canvas.width, Math.ceil(x + width)) - left),
    height: Math.max(1, Math.min(canvas.height, Math.ceil(y + height)) - top),
  };
}
