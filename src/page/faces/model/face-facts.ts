import { SMALL_FACE_SIDE } from '#contract/limits.ts';
import type { Face } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { BLURRED_BELOW } from './sharpness.ts';

export const FACE_FACTS = ['large-and-sharp', 'small', 'blurred', 'cut-by-edge', 'turned-away'] as const;
/** What is worth knowing of a face before it is used as a reference. Only the first speaks for it. */
export type FaceFact = (typeof FACE_FACTS)[number];

/** What faces are measured in. */
export type FactFrame = {
  /** The picture in pixels, the space of the boxes. */
  readonly size: Size;
  /** Pixels of the file that was handed over for each of these: more than 1 where the picture was shrunk to be sent. */
  readonly scale: number;
};

/** So near to the picture's edge a box ends there, as a share of the box's side; a pixel always does. */
const AT_EDGE = 0.01;

/** True when a side of the face has less than `SMALL_FACE_SIDE` pixels in the file as it was handed over. */
export const isSmallFace = ({ bound }: Face, { scale }: FactFrame): boolean =>
  Math.min(bound.width, bound.height) * scale < SMALL_FACE_SIDE;

/** True when the face's box leaves the picture or ends at its edge. */
export function isCutByEdge({ bound, partlyOutside }: Face, { size }: FactFrame): boolean {
  const ends = (gap: number, side: number): boolean => gap < Math.max(1, side * AT_EDGE);
  return (
    partlyOutside ||
    ends(Math.min(bound.x, size.width - bound.x - bound.width), bound.width) ||
    ends(Math.min(bound.y, size.height - bound.y - bound.height), bound.height)
  );
}

/**
 * Turn to the side in degrees from which a face shows too little of its other half. How far it looks up or down is told
 * too badly to go by: of 74 faces that were judged by eye, the two that seemed to look down most looked ahead.
 */
const TURNED_FROM = 35;

/** True when the engine tells that the face looks aside. Of what tells no pose nothing is said. */
export const isTurnedAway = ({ pose }: Face): boolean => pose !== undefined && Math.abs(pose.yaw) >= TURNED_FROM;

/**
 * What is known of a face. `sharpness`: see `sharpnessOf`; undefined while it is not known, when it is neither sharp nor
 * blurred. A small one is neither: it shows too little to be told, and too little to be used.
 */
export function factsOf(face: Face, frame: FactFrame, sharpness: number | undefined): readonly FaceFact[] {
  const isSmall = isSmallFace(face, frame);
  const isBlurred = sharpness !== undefined && sharpness < BLURRED_BELOW;
  const holds: Readonly<Record<FaceFact, boolean>> = {
    'large-and-sharp': !isSmall && sharpness !== undefined && !isBlurred,
    small: isSmall,
    blurred: !isSmall && isBlurred,
    'cut-by-edge': isCutByEdge(face, frame),
    'turned-away': isTurnedAway(face),
  };
  return FACE_FACTS.filter((fact) => holds[fact]);
}
