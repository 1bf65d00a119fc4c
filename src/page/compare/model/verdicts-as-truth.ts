import type { TruthBox } from '#page/annotations/index.ts';
import { type CheckRecord, trueBoxesOf } from '#page/check/model/index.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** What a reviewer said of a picture as truth, in pixels of `size`, whatever size the record was made at. */
export const truthFromVerdicts = (record: CheckRecord, size: Size): readonly TruthBox[] =>
  trueBoxesOf(record).map((box) => ({ ...box, bound: rescale(box.bound, record.size, size) }));
