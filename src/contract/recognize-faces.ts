import { z } from 'zod';

/** The bounding box inside `face_bound.value`: whole pixels of the picture as `mediaInfo` measures it. */
export const faceBoundValue = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
export type FaceBoundValue = z.infer<typeof faceBoundValue>;

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
  status: z.number().int(),
  message: z.string(),
  faceItems: z.array(faceItem).min(1).optional(),
  mediaInfo: z.strictObject({
    type: z.literal('image'),
    duration: z.literal(0),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
  }),
});
export type RecognizeFacesReply = z.infer<typeof recognizeFacesReply>;
