import { z } from 'zod';
import {
  FACE_DETAILS,
  FACE_POSE_ARGUMENT,
  FACE_SCORE_ARGUMENT,
  type FaceDetail,
  faceBoundValue,
  facePoseValue,
  type RecognizeFacesReply,
} from '#contract/recognize-faces.ts';
import { fileUrl } from './files/own-address.ts';

/** A finished detection as the engine remembers it: crops are names of stored files. */
export const storedDetection = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  faces: z.array(
    z.object({
      bound: faceBoundValue,
      crop: z.string(),
      feature: z.string(),
      /** 0 to 1, and which way it looks; earlier versions did not write them. */
      score: z.number().optional(),
      pose: z.optional(facePoseValue),
      /** Sizes of the two in bytes, by which damage is noticed; earlier versions did not write them. */
      cropBytes: z.int().positive().optional(),
      featureBytes: z.int().positive().optional(),
    }),
  ),
});
export type StoredDetection = z.infer<typeof storedDetection>;

const resource = (name: string, url: string) => ({ name, type: 'image', url, marginTop: 0, countInRow: 1 });

/**
 * A detection in the vendor's exact shape, with addresses below `base`; `faceItems` is absent when there is no face. What
 * is asked for in `details` is added as far as it is known.
 */
export function detectionReply(
  detection: StoredDetection,
  base: string,
  details: readonly FaceDetail[],
): RecognizeFacesReply {
  const faceItems = detection.faces.map(({ bound, crop, feature, ...told }, index) => ({
    name: `face_${index}`,
    resources: [resource('face', fileUrl(base, crop)), resource('face_feature', fileUrl(base, feature))],
    arguments: [
      {
        name: 'face_bound',
        value: JSON.stringify({ x: bound.x, y: bound.y, width: bound.width, height: bound.height }),
      },
      ...FACE_DETAILS.filter((detail) => details.includes(detail)).flatMap((detail) => detailOf(detail, told)),
    ],
  }));
  return {
    status: 0,
    message: '',
    ...(faceItems.length > 0 ? { faceItems } : {}),
    mediaInfo: { type: 'image', duration: 0, width: detection.width, height: detection.height },
  };
}

/** A detail of a face as an argument; nothing where it is not known, as for what an earlier version found. */
function detailOf(detail: FaceDetail, { score, pose }: Pick<StoredDetection['faces'][number], 'score' | 'pose'>) {
  switch (detail) {
    case 'score':
      return score === undefined ? [] : [{ name: FACE_SCORE_ARGUMENT, value: score.toFixed(2) }];
    case 'pose':
      return pose === undefined ? [] : [{ name: FACE_POSE_ARGUMENT, value: JSON.stringify(pose) }];
  }
}
