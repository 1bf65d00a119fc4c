import type { Orientation } from '#shared/geometry/orientation.ts';
import type { ProfileColour } from '../formats/icc.ts';

/** What a file says of its picture before anything is decoded. */
export type PictureMetadata = {
  /** Size of the stored pixels, before turning upright. 0 when the file does not say. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Colours: `srgb` also when the file does not say, as browsers take it. */
  readonly colour: ProfileColour | 'cmyk';
  readonly bitsPerChannel: number;
  readonly mayHaveAlpha: boolean;
  readonly animated: boolean;
  readonly removable: {
    /** A place on earth is recorded. */
    readonly location: boolean;
    /** Anything else beside the picture: camera, software, comments, thumbnails, an appended video. */
    readonly other: boolean;
  };
  /** False when the file ends before its picture does. */
  readonly complete: boolean;
  /**
   * The same picture without metadata and orientation tag, where that needs no new encoding; nothing when the format
   * is not one of those. Pixels are untouched. In one piece: Firefox recognises a `Blob` by its first piece alone, and
   * calls a picture damaged whose first piece is the two bytes that begin a JPEG.
   */
  readonly stripped: Uint8Array<ArrayBuffer> | undefined;
};

export const UNKNOWN_METADATA: PictureMetadata = {
  width: 0,
  height: 0,
  orientation: 1,
  colour: 'srgb',
  bitsPerChannel: 8,
  mayHaveAlpha: false,
  animated: false,
  removable: { location: false, other: false },
  complete: true,
  stripped: undefined,
};
