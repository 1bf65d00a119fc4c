import type { ImageRect, Size } from '#shared/geometry/spaces.ts';

/** Crops to cut out of one picture. Both ends are of one build, so these types are the check. */
export type CutRequest = {
  readonly blob: Blob;
  /** The space of the bounds: the picture in pixels, as it was measured. */
  readonly size: Size;
  readonly bounds: readonly ImageRect[];
  /** Most pixels of a crop; one of fewer is not made larger. */
  readonly most: Size;
};

/** One JPEG for each bound, in their order. */
export type CutCrops = readonly Blob[];

/** `not-decodable`: the browser cannot read the picture, or has no memory for it. `code-missing`: no worker came. */
export type CutFailure = 'not-decodable' | 'code-missing';
