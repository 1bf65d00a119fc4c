import * as z from 'zod/mini';

/**
 * The only version with a face reference. The vendor's default became `kling-v3-0` in February 2026, which has none,
 * so a face request must name this one.
 */
export const FACE_REFERENCE_VERSION = 'kling-v2-1';

/** Longest prompt, in UTF-16 units: the strictest way to read the vendor's "at most 2,500 characters". */
export const MAX_PROMPT_LENGTH = 2500;

/** How much of the face is kept. Vendor's limits and default. */
export const FACE_STRENGTH = { min: 1, max: 100, default: 65 } as const;

/** How many pictures one task makes. Vendor's limits and default. */
export const IMAGE_COUNT = { min: 1, max: 9, default: 1 } as const;

/** What one picture costs. Vendor's price. */
export const CREDITS_PER_IMAGE = 1;

/** Shapes of the pictures that Kolors makes, as the vendor names them. */
export const ASPECT_RATIOS = ['1:1', '16:9', '4:3', '3:2', '2:3', '3:4', '9:16', '21:9'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];
export const DEFAULT_ASPECT_RATIO: AspectRatio = '16:9';

/** Body of `POST /images/kolors` with a face reference, in the exact shape that we send. */
export const kolorsFaceRequest = z.strictObject({
  /** Kling account that pays; required by the vendor when several are configured. */
  email: z.optional(z.string().check(z.minLength(1))),
  prompt: z.string().check(
    z.maxLength(MAX_PROMPT_LENGTH),
    z.refine((prompt) => prompt.trim() !== ''),
  ),
  reference: z.literal('face'),
  /** Address that Kling itself can fetch. */
  imageReference: z.url({ protocol: /^https?$/ }),
  /** Which face, counted from 1 in the order of Kling's own reply. None for a picture of that face alone. */
  faceNo: z.optional(z.int().check(z.minimum(1))),
  faceStrength: z.int().check(z.minimum(FACE_STRENGTH.min), z.maximum(FACE_STRENGTH.max)),
  aspect_ratio: z.enum(ASPECT_RATIOS),
  imageCount: z.int().check(z.minimum(IMAGE_COUNT.min), z.maximum(IMAGE_COUNT.max)),
  version: z.literal(FACE_REFERENCE_VERSION),
});
export type KolorsFaceRequest = z.infer<typeof kolorsFaceRequest>;
