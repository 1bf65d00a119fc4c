/** What decoding a picture will take, read from its header by ourselves, before any decoder sees a byte of it. */
export type PictureHeader = {
  /** Pixels of the file, not turned; 0 when the header does not say. */
  readonly width: number;
  readonly height: number;
  /** Bytes that decoding holds for each pixel: channels × bytes of a channel. */
  readonly bytesPerPixel: number;
  /** Passes over the whole picture; 1 except in JPEG. */
  readonly scans: number;
  /** The ICC profile, unpacked; why it cannot be looked at; undefined without one. */
  readonly profile: Uint8Array | 'too-long' | 'several' | undefined;
};

/** Longest ICC profile that is unpacked, in bytes. The largest of printing presses have less than half of it. */
export const MAX_PROFILE_BYTES = 8 * 1024 * 1024;
