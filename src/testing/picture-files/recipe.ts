/** A picture file to be made for a test. JSON only, so that a test in the browser can ask for it. */
export type PictureRecipe = {
  readonly format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'bmp' | 'tiff' | 'heic';
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation; the stored pixels are turned so that the tag makes them upright. */
  readonly orientation?: number;
  /** Writes a GPS position, a camera and an artist into EXIF. */
  readonly gps?: boolean;
  /** Makes the middle of the picture transparent. */
  readonly transparent?: boolean;
  /** An alpha channel in which nothing is transparent. */
  readonly opaqueAlpha?: boolean;
  readonly progressive?: boolean;
  readonly cmyk?: boolean;
  readonly sixteenBit?: boolean;
  /** Embeds the Display P3 profile. */
  readonly displayP3?: boolean;
  readonly quality?: number;
  /** Keeps every pixel as it is, where the format has a way to lose some. */
  readonly lossless?: boolean;
  /** Grain as of a camera in the dark, so that each row takes its share of the file. */
  readonly grain?: boolean;
  /** Number of frames; each later one is blue all over. */
  readonly frames?: number;
};
