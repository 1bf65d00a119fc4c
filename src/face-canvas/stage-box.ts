import type { ImageRect } from '#shared/geometry/spaces.ts';

/** Identity of a box on one stage. */
export type BoxId = string;

/**
 * What a box stands for, told by its line: found is solid, truth finely dashed, drawn by hand or missed dashed; judged
 * right is solid and quieter, judged wrong dotted; false has four strokes in its corners.
 */
export type BoxKind = 'found' | 'truth' | 'drawn' | 'right' | 'wrong' | 'false';

/** A box on the picture. The order of the boxes is their order for Shift, and of two equal ones the first is on top. */
export type StageBox = {
  readonly id: BoxId;
  /** In pixels of the picture. */
  readonly bound: ImageRect;
  /** What its badge says: a number, or a word or two. Empty for a box without one. */
  readonly label: string;
  /** Its badge is filled with its colour and wins the space: what one is looking for. */
  readonly isLoud?: boolean;
  /** What the badge adds where there is room for it, while the box is the primary or hovered one. */
  readonly name?: string;
  /** Colour of its line and badge, as CSS writes it; light enough for dark ink. */
  readonly tone: string;
  readonly kind: BoxKind;
};
