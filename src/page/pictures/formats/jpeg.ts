import { joinBytes } from '#shared/join-bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { hasAscii, indexOfAscii, uint8, uint16 } from './bytes.ts';
import { type ExifFacts, exifPayload, NO_EXIF, readExif } from './exif.ts';
import { profileColour } from './icc.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;

/**
 * More than any writer makes: a large profile is 255 segments, extended XMP some hundreds, a scan has a table or two. A
 * file of nothing but tiny segments would take a hundred times as long to read as a photograph.
 */
const MAX_SEGMENTS = 10_000;

type Segment = { readonly marker: number; readonly start: number; readonly end: number };

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** Place of the marker that ends a scan's data: the next 0xff that is neither stuffed nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = uint8(bytes, at + 1);
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}

/**
 * Segments up to the end of the first picture; `complete` tells whether that end was reached (ITU T.81, annex B).
 * Undefined when there are more than `MAX_SEGMENTS`.
 */
function walk(
  bytes: Uint8Array,
): { readonly segments: readonly Segment[]; readonly end: number; readonly complete: boolean } | undefined {
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= bytes.length || (at + 2 <= bytes.length && uint8(bytes, at + 1) === EOI)) {
    if (uint8(bytes, at) !== 0xff) return { segments, end: at, complete: false };
    const marker = uint8(bytes, at + 1);
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker.
      continue;
    }
    if (marker === EOI) return { segments, end: at, complete: segments.some((segment) => segment.marker === SOS) };
    if (marker === SOI || isRestart(marker) || marker === 0x01) {
      at += 2;
      continue;
    }
    const headerEnd = at + 2 + uint16(bytes, at + 2);
    if (uint16(bytes, at + 2) < 2 || headerEnd > bytes.length) return { segments, end: at, complete: false };
    const end = marker === SOS ? endOfScan(bytes, headerEnd) : headerEnd;
    if (segments.length === MAX_SEGMENTS) return undefined;
    segments.push({ marker, start: at, end });
    at = end;
  }
  return { segments, end: bytes.length, complete: false };
}

const isJfif = (bytes: Uint8Array, segment: Segment): boolean => hasAscii(bytes, segment.start + 4, 'JFIF\x00');
const isIcc = (bytes: Uint8Array, segment: Segment): boolean =>
  segment.marker === APP2 && hasAscii(bytes, segment.start + 4, 'ICC_PROFILE\x00');
const isAdobe = (bytes: Uint8Array, segment: Segment): boolean =>
  segment.marker === APP14 && hasAscii(bytes, segment.start + 4, 'Adobe');

/** What decoding needs of a segment: all of it, nothing, or a part (JFIF with a thumbnail, Adobe's with more behind it). */
function keptPart(bytes: Uint8Array<ArrayBuffer>, segment: Segment): Uint8Array<ArrayBuffer> | undefined {
  const whole = bytes.subarray(segment.start, segment.end);
  if (segment.marker === APP0) return isJfif(bytes, segment) ? jfifWithoutThumbnail(whole) : undefined;
  if (segment.marker === COM) return undefined;
  if (segment.marker < APP0 || segment.marker > APP15) return whole;
  if (isAdobe(bytes, segment)) return adobeAlone(whole);
  return isIcc(bytes, segment) ? whole : undefined;
}

/** JFIF 1.02: marker, length 16, identifier, version, density, then the thumbnail's size and pixels. */
function jfifWithoutThumbnail(segment: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (segment.length <= 18) return segment;
  const bare = segment.slice(0, 18);
  bare.set([0, 16], 2);
  bare.set([0, 0], 16);
  return bare;
}

/** Adobe's segment (T.872, 6.5.3): marker, length 14, then 12 bytes. What stands behind them is anybody's words. */
function adobeAlone(segment: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (segment.length <= 16) return segment;
  const alone = segment.slice(0, 16);
  alone.set([0, 14], 2);
  return alone;
}

function readExifSegments(bytes: Uint8Array, segments: readonly Segment[]): ExifFacts {
  const exif = segments.find(({ marker, start }) => marker === APP1 && hasAscii(bytes, start + 4, 'Exif\x00'));
  return exif === undefined ? NO_EXIF : readExif(exifPayload(bytes.subarray(exif.start + 4, exif.end)));
}

const xmpTellsLocation = (bytes: Uint8Array, segments: readonly Segment[]): boolean =>
  segments.some(
    ({ marker, start, end }) => marker === APP1 && indexOfAscii(bytes.subarray(start, end), 'GPSLatitude') >= 0,
  );

/** The ICC profile, joined from its numbered segments; nothing when there is none. */
function iccProfile(bytes: Uint8Array, segments: readonly Segment[]): Uint8Array | undefined {
  const parts = segments
    .filter((segment) => isIcc(bytes, segment))
    .toSorted((a, b) => uint8(bytes, a.start + 16) - uint8(bytes, b.start + 16))
    .map(({ start, end }) => bytes.subarray(start + 18, end));
  return parts.length === 0 ? undefined : joinBytes(parts);
}

/** Reads a JPEG file's segments. Never throws, whatever the bytes. */
export function readJpeg(bytes: Uint8Array<ArrayBuffer>): PictureMetadata {
  const walked = walk(bytes);
  // Whole as far as anybody can tell, and without a size: it is called damaged, not cut off.
  if (walked === undefined) return { ...UNKNOWN_METADATA, complete: true };
  const { segments, end, complete } = walked;
  const frame = segments.find((segment) => isFrameHeader(segment.marker));
  const exif = readExifSegments(bytes, segments);
  const profile = iccProfile(bytes, segments);
  const kept = segments.map((segment) => keptPart(bytes, segment));
  const pieces = [bytes.subarray(0, 2), ...kept.filter((part) => part !== undefined), Uint8Array.of(0xff, EOI)];
  const strippedLength = pieces.reduce((sum, part) => sum + part.length, 0);
  const components = frame === undefined ? 3 : uint8(bytes, frame.start + 9);
  return {
    ...UNKNOWN_METADATA,
    width: frame === undefined ? 0 : uint16(bytes, frame.start + 7),
    height: frame === undefined ? 0 : uint16(bytes, frame.start + 5),
    orientation: exif.orientation,
    colour: components === 4 ? 'cmyk' : profile === undefined ? 'srgb' : profileColour(profile),
    bitsPerChannel: frame === undefined ? 8 : uint8(bytes, frame.start + 4),
    removable: {
      location: exif.hasLocation || xmpTellsLocation(bytes, segments),
      other: strippedLength < bytes.length && (kept.some(lost) || end + 2 < bytes.length || shortened(kept, segments)),
    },
    complete,
    stripped: complete ? joinBytes(pieces) : undefined,
  };
}

const lost = (part: Uint8Array | undefined): boolean => part === undefined;
const shortened = (kept: readonly (Uint8Array | undefined)[], segments: readonly Segment[]): boolean =>
  segments.some(({ start, end }, index) => (kept[index]?.length ?? 0) < end - start);
