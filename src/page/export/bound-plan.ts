import type { CropPlan } from '#page/painting/model/crop-plan.ts';
import { toFilePixels } from '#page/painting/model/exported-picture.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

/** Cuts a box as it is, in whole pixels of the file (`to`); `bound` is in pixels of `from`. */
export function boundPlan(bound: ImageRect, from: Size, to: Size): CropPlan {
  const { x, y, width, height } = toFilePixels(bound, from, to);
  const left = Math.min(to.width - 1, Math.round(x));
  const top = Math.min(to.height - 1, Math.round(y));
  const output = {
    width: Math.max(1, Math.min(to.width, Math.round(x + width)) - left),
    height: Math.max(1, Math.min(to.height, Math.round(y + height)) - top),
  };
  return { source: imageRect(left, top, output.width, output.height), output, enlarged: false };
}
