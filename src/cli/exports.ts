import { toCoco } from '#page/annotations/model/coco.ts';
import { CSV_BYTE_ORDER_MARK, toCsv } from '#page/annotations/model/csv.ts';
import type { ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { safeStem } from '#page/painting/model/file-names.ts';
import type { LookedAt } from './looked-at.ts';

/** A picture as the page's writers take it: in upright pixels of its file. */
export const exported = ({ name, size, detection }: LookedAt): ExportedPicture => ({
  stem: safeStem(name),
  fileName: name,
  size,
  orientation: 1,
  detection,
});

/** The same documents as the page's exports. */
export const cocoText = (pictures: readonly LookedAt[]): string =>
  `${JSON.stringify(toCoco(pictures.map(exported)), undefined, 2)}\n`;
export const csvText = (pictures: readonly LookedAt[]): string => CSV_BYTE_ORDER_MARK + toCsv(pictures.map(exported));
