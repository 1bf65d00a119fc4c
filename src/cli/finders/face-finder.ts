import type { Detection } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { Result } from '#shared/result.ts';

export type Found = {
  readonly detection: Detection;
  /** Upright size of the picture in pixels. */
  readonly size: Size;
};

/** Why there are no faces, in words: of this picture, behind its name, or of all that follow, as a sentence. */
export type FindFailure =
  | { readonly kind: 'picture'; readonly reason: string }
  | { readonly kind: 'nobody-there'; readonly sentence: string };

/** Who finds the faces: a detector of our own, or a server. */
export type FaceFinder = {
  /** How many pictures are looked at best at a time. */
  readonly atOnce: number;
  /** Rejects with the signal's reason when it aborts. */
  find(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Result<Found, FindFailure>>;
  close(): Promise<void>;
};
