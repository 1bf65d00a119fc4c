import type { Orientation } from '#shared/geometry/orientation.ts';
import type { Size } from '#shared/geometry/spaces.ts';

/**
 * What is known of the file that a picture was made from, beside its name. It is kept with the picture, so that an
 * export names and measures the person's own file after a reload too; the file's bytes are not.
 */
export type HandedOver = {
  /** Path in the folder that was dropped, the folder's own name first, with `/`. Undefined for a file by itself. */
  readonly path: string | undefined;
  /** Upright size of the file's picture in pixels, as OpenCV and browsers read it. */
  readonly size: Size;
  /** How EXIF turns the file: its stored pixels are turned by this to be upright. */
  readonly orientation: Orientation;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
};

/** No path is kept beyond this, in UTF-16 units: Windows ends at 260, Linux at 4096. */
const LONGEST_PATH = 4096;

/**
 * The path within a dropped folder, out of what browsers tell: `/holiday/a.jpg`, `./a.jpg`. Undefined when the file did
 * not come in a folder.
 */
export function pathInFolder(told: string | undefined): string | undefined {
  const parts = (told ?? '')
    .slice(0, LONGEST_PATH)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.length > 1 ? parts.join('/') : undefined;
}
