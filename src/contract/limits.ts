/**
 * Limits that the page and the server share, each with its reason. The dropzone, the server's checks and the messages
 * read these, so a number is never written twice.
 */

/** Bytes in a megabyte, as limits are counted: 2²⁰. */
export const MIB = 1024 * 1024;

/** Largest picture that `POST /assets/` takes, in bytes. Vendor's limit ("at most 10 MB"; 10 MB read as 10 · 2²⁰). */
export const MAX_ASSET_BYTES = 10 * MIB;

/** Smallest width and height that `POST /assets/` takes, in pixels. Vendor's limit. */
export const MIN_ASSET_SIDE = 300;

/** Most pixels a picture may decode to, here and in the browser. Ours: 100 megapixels are 400 MB as RGBA. */
export const MAX_DECODED_PIXELS = 100_000_000;

/** Most bytes a picture may take while it is decoded (pixels × channels × bytes of a channel): the largest as RGBA. */
export const MAX_DECODED_BYTES = 4 * MAX_DECODED_PIXELS;

/** Most scans of a JPEG. Ours, as libjpeg-turbo's own fuzzing has it: each scan costs a pass over the whole picture. */
export const MAX_PICTURE_SCANS = 500;

/** Largest file the page reads at all, in bytes. Ours: beyond it a tab may die before it can say anything. */
export const MAX_INTAKE_BYTES = 100 * MIB;

/** Long side, in pixels, to which the page shrinks what it sends. Ours: no detector gains from more. */
export const MAX_SENT_SIDE = 4096;

/** Largest picture that the server fetches from a link, in bytes. Ours: linked photographs are often above 10 MB. */
export const MAX_LINKED_BYTES = 25 * MIB;

/** Whole time that the server gives a linked picture to arrive, in milliseconds. */
export const LINK_TIMEOUT_MS = 15_000;

/** How many redirects the server follows for a linked picture. */
export const MAX_REDIRECTS = 5;

/** Largest JSON request body that the server reads, in bytes. Ours: the longest honest one is a Kolors prompt. */
export const MAX_JSON_BYTES = 64 * 1024;

/** How long the embedded engine keeps uploads and crops, in milliseconds (7 days, as the vendor keeps results). */
export const FILE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Faces smaller than this on a side make a poor Kolors reference, in pixels of the picture. */
export const SMALL_FACE_SIDE = 80;

/** Picture types that `POST /assets/` takes, as the vendor names them. */
export const ASSET_CONTENT_TYPES = ['image/png', 'image/jpeg'] as const;
export type AssetContentType = (typeof ASSET_CONTENT_TYPES)[number];
