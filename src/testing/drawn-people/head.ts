import type { Person } from './person.ts';
import type { Point } from './svg.ts';

/**
 * The coordinates that a person is drawn in: hundredths of the head's height, the origin between the eyes, y downwards;
 * the skull's top is at −50 and the chin near 50.
 */
export type HeadLine = {
  /** Right half of the head's outline, from the top of the skull to the chin. */
  readonly right: readonly Point[];
  /** Half the head's width beside the eyes. */
  readonly temple: number;
  readonly chinY: number;
};

/** Height of the hairline in the middle of the forehead. */
export const HAIRLINE_Y = -33;

/** Where a face box begins: detectors include the roots of the hair. */
export const FACE_TOP_Y = -38;

export function headLine({ shape }: Person): HeadLine {
  const { cheek, jaw, chin, length } = shape;
  const temple = cheek - 0.8;
  return {
    temple,
    chinY: length,
    right: [
      [0, -50],
      [18, -46.6],
      [30, -35],
      [temple, -14],
      [cheek, 4],
      [cheek - (cheek - jaw) * 0.36, 19],
      [jaw, length - 18.5],
      [(jaw + chin) / 2 + 1, length - 8.2],
      [chin, length - 2.2],
      [chin * 0.45, length - 0.2],
      [0, length],
    ],
  };
}

/** Where the parts of the face lie; turning the head moves them sideways within its outline. */
export type FaceLine = {
  readonly shift: number;
  readonly eyeX: number;
  readonly noseY: number;
  readonly mouthY: number;
};

export function faceLine({ pose, eyes, nose, shape }: Person): FaceLine {
  const chinRoom = shape.length - nose.length;
  return { shift: pose.turn * 2.4, eyeX: eyes.apart, noseY: nose.length, mouthY: nose.length + chinRoom * 0.4 };
}
