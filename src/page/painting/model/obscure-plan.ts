import { clampToImage } from '#shared/geometry/rect.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { toFilePixels } from './exported-picture.ts';
import { byFacePaintOrder, type PaintedFace } from './face-paint-order.ts';

/** How faces are made unrecognisable. */
export type ObscureKind = 'blur' | 'pixelate';

/**
 * One step of obscuring, in pixels of the file. `obscure` paints over an area with no more than `cells` colours a
 * side; `restore` brings the chosen face back where a larger one beneath it was painted over.
 */
export type ObscureStep =
  | { readonly kind: 'obscure'; readonly area: ImageRect; readonly cells: Size }
  | { readonly kind: 'restore'; readonly area: ImageRect };

/** How far beyond its box a face is covered, as a share of the box's side: hair, ears and chin tell as well. */
const MARGIN = 0.16;

/** Cells along the shorter side: too few for a person, or for software, to tell who it was. */
const CELLS = 6;

/**
 * What has to be painted so that only the chosen faces can be recognised: the larger before the smaller, so that a
 * small face before the chosen one is covered too, and the chosen one stays free of what lies behind it.
 */
export function planObscuring(
  faces: readonly PaintedFace[],
  chosen: ReadonlySet<string>,
  from: Size,
  to: Size,
): readonly ObscureStep[] {
  return faces.toSorted(byFacePaintOrder).map((face): ObscureStep => {
    const box = toFilePixels(face.bound, from, to);
    if (chosen.has(face.id)) return { kind: 'restore', area: onWholePixels(box, to) };
    const dx = box.width * MARGIN;
    const dy = box.height * MARGIN;
    const grown = imageRect(box.x - dx, box.y - dy, box.width + 2 * dx, box.height + 2 * dy);
    const area = onWholePixels(grown, to);
    const cell = Math.min(area.width, area.height) / CELLS;
    return {
      kind: 'obscure',
      area,
      cells: {
        width: Math.max(1, Math.min(2 * CELLS, Math.round(area.width / cell))),
        height: Math.max(1, Math.min(2 * CELLS, Math.round(area.height / cell))),
      },
    };
  });
}

function onWholePixels(rect: ImageRect, size: Size): ImageRect {
  const { x, y, width, height } = clampToImage(rect, size);
  const left = Math.floor(x);
  const top = Math.floor(y);
  return imageRect(
    left,
    top,
    Math.max(1, Math.min(size.width, Math.ceil(x + width)) - left),
    Math.max(1, Math.min(size.height, Math.ceil(y + height)) - top),
  );
}
