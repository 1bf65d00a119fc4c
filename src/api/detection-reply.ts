import { z } from 'zod';
import { faceBoundValue, type RecognizeFacesReply } from '#contract/recognize-faces.ts';
import { appPaths } from '#contract/routes.ts';

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

/** Address of a stored file. */
export const fileUrl = (publicOrigin: string, name: string): string => `${publicOrigin}${appPaths.files}/${name}`;

const resource = (name: string, url: string) => ({ name, type: 'image', url, marginTop: 0, countInRow: 1 });

/** A detection in the vendor's exact shape; `faceItems` is absent when there is no face. */
export function detectionReply(detection: StoredDetection, publicOrigin: string): RecognizeFacesReply {
  const faceItems = detection.faces.map(({ bound, crop, feature }, index) => ({
    name: `face_${index}`,
    resources: [
      resource('face', fileUrl(publicOrigin, crop)),
      resource('face_feature', fileUrl(publicOrigin, feature)),
    ],
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
