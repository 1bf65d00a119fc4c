import { z } from 'zod';
import { faceBoundValue, type RecognizeFacesReply } from '#contract/recognize-faces.ts';
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
      /** Sizes of the two in bytes, by which damage is noticed; earlier versions did not write them. */
      cropBytes: z.int().positive().optional(),
      featureBytes: z.int().positive().optional(),
    }),
  ),
});
export type StoredDetection = z.infer<typeof storedDetection>;

const resource = (name: string, url: string) => ({ name, type: 'image', url, marginTop: 0, countInRow: 1 });

/** A detection in the vendor's exact shape, with addresses below `base`; `faceItems` is absent when there is no face. */
export function detectionReply(detection: StoredDetection, base: string): RecognizeFacesReply {
  const faceItems = detection.faces.map(({ bound, crop, feature }, index) => ({
    name: `face_${index}`,
    resources: [resource('face', fileUrl(base, crop)), resource('face_feature', fileUrl(base, feature))],
    arguments: [
      {
        name: 'face_bound',
        value: JSON.stringify({ x: bound.x, y: bound.y, width: bound.width, height: bound.height }),
      },
    ],
  }));
  return {
    status: 0,
    message: '',
    ...(faceItems.length > 0 ? { faceItems } : {}),
    mediaInfo: { type: 'image', duration: 0, width: detection.width, height: detection.height },
  };
}
