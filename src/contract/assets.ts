import * as z from 'zod/mini';

/** `status` of `POST /assets/` that means success for an image. */
export const ASSET_STATUS_OK = 3;

/** Reply of `POST /assets/` in the exact shape that we send. */
export const uploadAssetReply = z.object({
  status: z.int(),
  url: z.url(),
  message: z.string(),
  fileName: z.string(),
});
export type UploadAssetReply = z.infer<typeof uploadAssetReply>;

/** What we accept as an upload reply: the address is all that the next call needs, so nothing else may cost it. */
export const uploadAssetReplyLenient = z.looseObject({
  url: z.pipe(z.string().check(z.trim()), z.url({ protocol: /^https?$/ })),
  /** What the service calls the picture. Without it the upload cannot be found again there. */
  fileName: z.catch(z.optional(z.string().check(z.trim(), z.minLength(1))), undefined),
});
