import type { ImagePoint, ImageRect, Size, StagePoint, StageRect } from './spaces.ts';
import { imagePoint, imageRect, stagePoint, stageRect } from './spaces.ts';

/**
 * How the picture lies on the stage: a uniform scale (stage pixels per picture pixel) and the stage position of the
 * picture's top left corner. This is the one transform that everything drawn derives from.
 */
export type Viewport = { readonly scale: number; readonly x: number; readonly y: number };

/** Largest magnification, stage pixels per picture pixel: beyond it single pixels fill the screen. */
export const MAX_SCALE = 32;

export const pointToStage = (viewport: Viewport, point: ImagePoint): StagePoint =>
  stagePoint(point.x * viewport.scale + viewport.x, point.y * viewport.scale + viewport.y);

export const pointToImage = (viewport: Viewport, point: StagePoint): ImagePoint =>
  imagePoint((point.x - viewport.x) / viewport.scale, (point.y - viewport.y) / viewport.scale);

export const rectToStage = (viewport: Viewport, rect: ImageRect): StageRect =>
  stageRect(
    rect.x * viewport.scale + viewport.x,
    rect.y * viewport.scale + viewport.y,
    rect.width * viewport.scale,
    rect.height * viewport.scale,
  );

export const rectToImage = (viewport: Viewport, rect: StageRect): ImageRect =>
  imageRect(
    (rect.x - viewport.x) / viewport.scale,
    (rect.y - viewport.y) / viewport.scale,
    rect.width / viewport.scale,
    rect.height / viewport.scale,
  );
