import * as z from 'zod/mini';

/** The bounding box inside `face_bound.value`: whole pixels of the picture as `mediaInfo` measures it. */
export const faceBoundValue = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
});
export type FaceBoundValue = z.infer<typeof faceBoundValue>;

/**
 * Which way a face looks, inside `face_pose.value`: whole degrees in the picture as it lies. `yaw`: towards the right edge
 * of the picture; `pitch`: upwards; `roll`: leaning clockwise.
 */
export const facePoseValue = z.object({ yaw: z.int(), pitch: z.int(), roll: z.int() });
export type FacePoseValue = z.infer<typeof facePoseValue>;

/**
 * What a caller may ask for beside the vendor's reply: `?details=score,pose`, in any order. An addition of ours, which only
 * the embedded engine knows; it is ignored elsewhere and never passed on. Each becomes one more argument of a face, after
 * `face_bound` and in this order: `face_score`, 0 to 1 with two decimals, and `face_pose`.
 */
export const FACE_DETAILS = ['score', 'pose'] as const;
export type FaceDetail = (typeof FACE_DETAILS)[number];
export const DETAILS_PARAMETER = 'details';
export const FACE_SCORE_ARGUMENT = 'face_score';
export const FACE_POSE_ARGUMENT = 'face_pose';

/** Score below which a face is unsure: of 634 labelled faces and 44 boxes that were none, 524 and 3 were above. */
export const UNSURE_BELOW = 0.7;

/** The details that a query parameter names. Words that are not known ask for nothing, so that later ones harm nobody. */
export function readDetails(value: string | undefined): readonly FaceDetail[] {
  const words = (value ?? '').split(',').map((word) => word.trim());
  return FACE_DETAILS.filter((detail) => words.includes(detail));
}

/** A crop or other resource of a face, exactly as the vendor's page shows it. */
const faceResource = z.object({
  name: z.string(),
  type: z.string(),
  url: z.string(),
  marginTop: z.number(),
  countInRow: z.number(),
});

/** One face as sent. `arguments` holds `face_bound`, whose value is JSON inside a string. */
const faceItem = z.object({
  name: z.string(),
  resources: z.array(faceResource),
  arguments: z.array(z.object({ name: z.string(), value: z.string() })),
});

/**
 * The reply in the exact shape that we send (strict). What we accept is far wider: see `page/pictures/model/parse-detection.ts`.
 * `faceItems` is absent when there is no face.
 */
export const recognizeFacesReply = z.strictObject({
  status: z.int(),
  message: z.string(),
  faceItems: z.optional(z.array(faceItem).check(z.minLength(1))),
  mediaInfo: z.strictObject({
    type: z.literal('image'),
    duration: z.literal(0),
    width: z.int().check(z.positive()),
    height: z.int().check(z.positive()),
  }),
});
export type RecognizeFacesReply = z.infer<typeof recognizeFacesReply>;
