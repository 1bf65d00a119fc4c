import { firstTiffDirectory, readExif, tagValue } from './exif.ts';
import { type PictureFacts, UNKNOWN_FACTS } from './facts.ts';

const TAG_SUBFILE_TYPE = 254;
const TAG_WIDTH = 256;
const TAG_HEIGHT = 257;
const TAG_SAMPLES_PER_PIXEL = 277;
const TAG_DNG_VERSION = 50706;
const REDUCED_RESOLUTION = 1;

/** Reads the first directory of a TIFF file. Never throws. */
export function readTiff(bytes: Uint8Array): PictureFacts {
  const entries = firstTiffDirectory(bytes);
  const { orientation, hasLocation } = readExif(bytes);
  return {
    ...UNKNOWN_FACTS,
    width: tagValue(entries, TAG_WIDTH) ?? 0,
    height: tagValue(entries, TAG_HEIGHT) ?? 0,
    orientation,
    mayHaveAlpha: (tagValue(entries, TAG_SAMPLES_PER_PIXEL) ?? 3) === 4,
    metadata: { location: hasLocation, other: false },
    complete: entries.length > 0,
  };
}

/** Raw files of most cameras are TIFF whose first picture is a preview (DNG, NEF, ARW): it must not pass as the photo. */
export function isCameraRaw(bytes: Uint8Array): boolean {
  const entries = firstTiffDirectory(bytes);
  return (
    tagValue(entries, TAG_DNG_VERSION) !== undefined ||
    ((tagValue(entries, TAG_SUBFILE_TYPE) ?? 0) & REDUCED_RESOLUTION) === REDUCED_RESOLUTION
  );
}
