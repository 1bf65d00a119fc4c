import type { FaceBoundValue, FacePoseValue } from '#contract/recognize-faces.ts';

/** One found face. All numbers are pixels of the upright picture at its full size. */
export type DetectedFace = {
  /** Whole-pixel bounding box, clamped to the picture. */
  readonly bound: FaceBoundValue;
  /** Detection score, 0 to 1. */
  readonly score: number;
  /** Which way it looks, in the picture as it lies; undefined where its landmarks make no sense. */
  readonly pose?: FacePoseValue | undefined;
  /** JPEG bytes of the box with a margin. */
  readonly crop: Uint8Array;
  /** JPEG bytes of the face aligned by its landmarks. */
  readonly feature: Uint8Array;
};

export type DetectionOutcome = {
  /** Size of the upright picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Left to right, ties top to bottom. */
  readonly faces: readonly DetectedFace[];
};

/** Why a picture was not decoded. */
export type DecodeFailure =
  | { readonly code: 'unreadable-picture'; readonly reason: string }
  | { readonly code: 'picture-too-large'; readonly reason: string }
  | { readonly code: 'picture-unsafe'; readonly reason: string };

/** Steps of a detection, in the order in which they come; a picture may need one of them several times. */
export const DETECTION_STEPS = ['decode', 'find', 'judge', 'landmarks', 'encode'] as const;
export type DetectionStep = (typeof DETECTION_STEPS)[number];
/** How long a picture took in each step, all its turns there together, in milliseconds. Crops are encoded side by side. */
export type StepTimes = Readonly<Partial<Record<DetectionStep, number>>>;
