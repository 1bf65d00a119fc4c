import { z } from 'zod';

/**
 * The vendor's error form. `code` is present where its page shows it (401) and on answers of our own server, where
 * it repeats the status.
 */
export const vendorError = z.looseObject({
  error: z.string(),
  code: z.number().int().optional(),
});
export type VendorError = z.infer<typeof vendorError>;

/** The vendor's 401, word for word. */
export const UNAUTHORIZED: VendorError = { error: 'Unauthorized', code: 401 };

/** The vendor's 400 for a missing picture, word for word. */
export const IMAGE_REFERENCE_REQUIRED: VendorError = { error: 'Parameter imageReference is required' };

/** The vendor's 400 for an upload of another type. The vendor lists more kinds; these are the two that we take. */
export const contentTypeNotSupported = (contentType: string): VendorError => ({
  error: `Content-Type ${contentType} is not supported. Valid values: image/png,image/jpeg`,
});
