import type { Picture } from '#page/pictures/work-store.ts';
import { createQuestion } from '#page/place/questions.ts';
import type { DrawnFace, Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { ExportItem } from './export-item.ts';
import type { ExportOptions } from './formats.ts';

/** A face whose crop is being adjusted, found or drawn by hand; `size` is the space of the boxes in pixels. */
export type CropTarget = { readonly picture: Picture; readonly face: Face | DrawnFace; readonly size: Size };

/** Pictures whose found faces are about to be covered, to be looked at before they are saved. */
export type CoverTarget = { readonly items: readonly [ExportItem, ...ExportItem[]]; readonly options: ExportOptions };

/** How one face's crop is saved. */
export const cropQuestion = createQuestion<CropTarget>();

/** Whether pictures are saved as covering makes them. */
export const coverQuestion = createQuestion<CoverTarget>();

export const openCrop = (target: CropTarget): void => void cropQuestion.askInstead(target);
export const openCover = (target: CoverTarget): void => void coverQuestion.askInstead(target);
