import * as z from 'zod/mini';

/**
 * Why our own server refused, for a page that chooses its words by code. Only our answers carry one; the vendor's
 * never do, and neither do the bodies that repeat the vendor's word for word.
 */
export const ERROR_REASONS = [
  'bad-request',
  'access-key-required',
  'not-forwarded',
  'forbidden',
  'not-found',
  'result-gone',
  'too-large',
  'unsupported-picture',
  'picture-too-small',
  'at-capacity',
  'server-fault',
  'signed-out-unwritten',
  'not-implemented',
  'link-not-a-picture',
  'link-unreachable',
  'link-forbidden',
  'link-too-slow',
  'unreachable',
  'too-slow',
  'reply-broken',
  'sent-before',
  'restarting',
  'picture-stopped',
  // What an answer of ours needs does not answer itself; it passes.
  'store-away',
  'queue-away',
] as const;
export type ErrorReason = (typeof ERROR_REASONS)[number];

/**
 * The vendor's error form. `code` is present where its page shows it (401) and on answers of our own server, where
 * it repeats the status; those also carry a `reason`.
 */
export const vendorError = z.looseObject({
  error: z.string(),
  code: z.optional(z.int()),
  reason: z.optional(z.string()),
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
