import { uint32 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { firstTiffDirectory, isLittleEndian, readExif, type TiffEntry, tagValue, tagValues } from './exif.ts';

const TAG_SUBFILE_TYPE = 254;
const TAG_WIDTH = 256;
const TAG_HEIGHT = 257;
const TAG_BITS_PER_SAMPLE = 258;
const TAG_PHOTOMETRIC = 262;
const PHOTOMETRIC_CMYK = 5;
const TAG_STRIP_OFFSETS = 273;
const TAG_SAMPLES_PER_PIXEL = 277;
const TAG_STRIP_LENGTHS = 279;
const TAG_TILE_OFFSETS = 324;
const TAG_TILE_LENGTHS = 325;
const TAG_DNG_VERSION = 50706;
const REDUCED_RESOLUTION = 1;

/** Reads the first directory of a TIFF file. Never throws. */
export function readTiff(bytes: Uint8Array): PictureMetadata {
  const entries = firstTiffDirectory(bytes);
  const { orientation, hasLocation } = readExif(bytes);
  return {
    ...UNKNOWN_METADATA,
    width: tagValue(entries, TAG_WIDTH) ?? 0,
    height: tagValue(entries, TAG_HEIGHT) ?? 0,
    orientation,
    colour: tagValue(entries, TAG_PHOTOMETRIC) === PHOTOMETRIC_CMYK ? 'cmyk' : 'srgb',
    bitsPerChannel: Math.max(8, tagValues(bytes, entries, TAG_BITS_PER_SAMPLE)[0] ?? 8),
    animated: hasSecondPage(bytes, entries.length),
    mayHaveAlpha:
      tagValue(entries, TAG_PHOTOMETRIC) !== PHOTOMETRIC_CMYK && (tagValue(entries, TAG_SAMPLES_PER_PIXEL) ?? 3) === 4,
    removable: { location: hasLocation, other: false },
    complete: hasAllData(bytes, entries),
  };
}

/** True when every strip or tile of the picture lies inside the file (TIFF 6.0, sections 3 and 15). */
function hasAllData(bytes: Uint8Array, entries: readonly TiffEntry[]): boolean {
  const strips = tagValues(bytes, entries, TAG_STRIP_OFFSETS);
  const offsets = strips.length > 0 ? strips : tagValues(bytes, entries, TAG_TILE_OFFSETS);
  const lengths = tagValues(bytes, entries, strips.length > 0 ? TAG_STRIP_LENGTHS : TAG_TILE_LENGTHS);
  return offsets.length > 0 && offsets.every((offset, index) => offset + (lengths[index] ?? 1) <= bytes.length);
}

/** True when the first directory names a next one (TIFF 6.0, section 2): a second page. */
function hasSecondPage(bytes: Uint8Array, entryCount: number): boolean {
  const little = isLittleEndian(bytes);
  return uint32(bytes, uint32(bytes, 4, little) + 2 + entryCount * 12, little) !== 0;
}

/** Raw files of most cameras are TIFF whose first picture is a preview (DNG, NEF, ARW): it must not pass as the photo. */
export function isCameraRaw(bytes: Uint8Array): boolean {
  const entries = firstTiffDirectory(bytes);
  return (
    tagValue(entries, TAG_DNG_VERSION) !== undefined ||
    ((tagValue(entries, TAG_SUBFILE_TYPE) ?? 0) & REDUCED_RESOLUTION) === REDUCED_RESOLUTION
  );
}
