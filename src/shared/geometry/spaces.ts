/**
 * Coordinate spaces as types. A number is either in pixels of the picture as `mediaInfo` measures it (image space) or
 * in CSS pixels of the stage, whose origin is its top left corner (stage space). Only `viewport.ts` converts.
 */
declare const space: unique symbol;

type Point<S> = { readonly x: number; readonly y: number; readonly [space]?: S };
type Rect<S> = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly [space]?: S;
};

export type ImagePoint = Point<'image'>;
export type StagePoint = Point<'stage'>;
/** A rectangle in pixels of the picture; `x`, `y` is the top left corner. */
export type ImageRect = Rect<'image'>;
/** A rectangle in CSS pixels of the stage. */
export type StageRect = Rect<'stage'>;

/** Width and height in pixels; the space is the holder's. */
export type Size = { readonly width: number; readonly height: number };

export const imageRect = (x: number, y: number, width: number, height: number): ImageRect => ({ x, y, width, height });
export const stageRect = (x: number, y: number, width: number, height: number): StageRect => ({ x, y, width, height });
export const imagePoint = (x: number, y: number): ImagePoint => ({ x, y });
export const stagePoint = (x: number, y: number): StagePoint => ({ x, y });
