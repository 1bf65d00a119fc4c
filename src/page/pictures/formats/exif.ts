import { hasAscii, uint16, uint32 } from '#shared/formats/bytes.ts';
import { type Orientation, toOrientation } from '#shared/geometry/orientation.ts';

/** What we need of an EXIF block (a small TIFF file; EXIF 2.32, section 4.6). */
export type ExifFacts = { readonly orientation: Orientation; readonly hasLocation: boolean };

export const NO_EXIF: ExifFacts = { orientation: 1, hasLocation: false };

const TAG_ORIENTATION = 0x0112;
const TAG_GPS_DIRECTORY = 0x8825;
const TYPE_SHORT = 3;
const TYPE_LONG = 4;

/** One entry of a TIFF directory; `value` is the number itself or the place of the data, by type and count. */
export type TiffEntry = {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: number;
  /** Place of the value's own four bytes. */
  readonly at: number;
};

/** True when the TIFF header at the start says little endian (`II`). */
export const isLittleEndian = (tiff: Uint8Array): boolean => hasAscii(tiff, 0, 'II');

/** Entries of the directory at `offset`; only those that lie inside the bytes. */
function tiffDirectory(tiff: Uint8Array, offset: number): readonly TiffEntry[] {
  const little = isLittleEndian(tiff);
  if (offset < 8 || offset + 2 > tiff.length) return [];
  const room = Math.floor((tiff.length - offset - 2) / 12);
  const count = Math.min(uint16(tiff, offset, little), room);
  return Array.from({ length: count }, (_, index) => {
    const at = offset + 2 + index * 12;
    const type = uint16(tiff, at + 2, little);
    const items = uint32(tiff, at + 4, little);
    const value = type === TYPE_SHORT && items === 1 ? uint16(tiff, at + 8, little) : uint32(tiff, at + 8, little);
    return { tag: uint16(tiff, at, little), type, count: items, value, at: at + 8 };
  });
}

/** Entries of the first directory of a TIFF file; none when the header is not TIFF's. */
export function firstTiffDirectory(tiff: Uint8Array): readonly TiffEntry[] {
  const little = isLittleEndian(tiff);
  if (!little && !hasAscii(tiff, 0, 'MM')) return [];
  return uint16(tiff, 2, little) === 42 ? tiffDirectory(tiff, uint32(tiff, 4, little)) : [];
}

export const tagValue = (entries: readonly TiffEntry[], tag: number): number | undefined =>
  entries.find((entry) => entry.tag === tag)?.value;

/** All numbers of an entry of SHORT or LONG, as many as lie inside the bytes; none of other types. */
export function tagValues(tiff: Uint8Array, entries: readonly TiffEntry[], tag: number): readonly number[] {
  const little = isLittleEndian(tiff);
  const entry = entries.find((candidate) => candidate.tag === tag);
  if (entry === undefined || (entry.type !== TYPE_SHORT && entry.type !== TYPE_LONG)) return [];
  const bytes = entry.type === TYPE_SHORT ? 2 : 4;
  const start = entry.count * bytes <= 4 ? entry.at : entry.value;
  const count = Math.max(0, Math.min(entry.count, Math.floor((tiff.length - start) / bytes)));
  return Array.from({ length: count }, (_, index) =>
    bytes === 2 ? uint16(tiff, start + index * 2, little) : uint32(tiff, start + index * 4, little),
  );
}

/** Orientation and whether a place is recorded, from the TIFF bytes of an EXIF block. Never throws. */
export function readExif(tiff: Uint8Array): ExifFacts {
  const entries = firstTiffDirectory(tiff);
  const gpsAt = tagValue(entries, TAG_GPS_DIRECTORY);
  return {
    orientation: toOrientation(tagValue(entries, TAG_ORIENTATION) ?? 1),
    // Tag 0 is only the version; a directory with nothing else records no place.
    hasLocation: gpsAt !== undefined && tiffDirectory(tiff, gpsAt).some((entry) => entry.tag !== 0),
  };
}

/** The TIFF bytes of an EXIF block that may begin with `Exif\0\0`. */
export const exifPayload = (block: Uint8Array): Uint8Array =>
  hasAscii(block, 0, 'Exif\x00') ? block.subarray(6) : block;
