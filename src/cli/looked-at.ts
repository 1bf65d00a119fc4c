import type { Detection } from '#shared/face.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/** A picture whose faces were looked for. */
export type LookedAt = {
  /** Name of the file, unique in a run; see `FoundFile.name`. */
  readonly name: string;
  /** Where it is, absolute, with `/`: by its folders a truth tells two of one name apart. */
  readonly path: string;
  /** SHA-256 of the file, hex; undefined where nobody needs it. */
  readonly sha256: string | undefined;
  /** Upright size of the file's picture in pixels: the frame of all numbers that are written. */
  readonly size: Size;
  /** In pixels of its own `size`, a measure of the same upright picture. */
  readonly detection: Detection;
};

/** A picture that could not be looked at, with why, in words that follow its name. */
export type Failed = { readonly name: string; readonly reason: string };
