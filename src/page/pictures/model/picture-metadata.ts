import type { Orientation } from '#shared/geometry/orientation.ts';
import type { ProfileColour } from '../formats/icc.ts';

/** What a file says of its picture before anything is decoded. */
export type PictureMetadata = {
  /** Size of the stored pixels, before turning upright. 0 when the file does not say. */
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** Colours: `srgb` also when the file does not say, as browsers take it. */
  readonly colour: ProfileColour | 'unknown-profile' | 'cmyk';
  /** The ICC profile, for formats whose stored colours our own decoder hands over. */
  readonly profile: Uint8Array | undefined;
  readonly bitsPerChannel: number;
  readonly mayHaveAlpha: boolean;
  readonly animated: boolean;
  readonly removable: {
    /** A place on earth is recorded. */
    readonly location: boolean;
    /** Anything else beside the picture: camera, software, comments, thumbnails, an appended video. */
    readonly other: boolean;
  };
  /** False when the file ends before its picture does, as far as its header tells. */
  readonly complete: boolean;
  /**
   * What `stripped` is beside the file: nothing but bytes of the file's own picture, also where something had to be
   * taken out or the end to be added (`exactly`), or what decodes but may hold more than the picture (`by-guess`).
   */
  readonly mended: 'no' | 'exactly' | 'by-guess';
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
  profile: undefined,
  bitsPerChannel: 8,
  mayHaveAlpha: false,
  animated: false,
  removable: { location: false, other: false },
  complete: true,
  mended: 'no',
  stripped: undefined,
};
