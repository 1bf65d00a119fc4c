import { hasAscii, indexOfAscii, uint8, uint16 } from '#shared/formats/bytes.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';
import { type ExifFacts, exifPayload, NO_EXIF, readExif } from './exif.ts';
import { profileColour } from './icc.ts';
import { type CodeTable, MAX_TABLES, readCodeTables, readFrame, walkScan } from './jpeg-scan.ts';

const SOF_SEQUENTIAL_LAST = 0xc1;
const SOF_PROGRESSIVE = 0xc2;
const DHT = 0xc4;
const DRI = 0xdd;
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

/** So many zeros at a file's end, in bytes, are no data of a picture any more. */
const FEWEST_ZEROS = 64;

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

type Walked = {
  readonly segments: readonly Segment[];
  /** Place behind the last of them. */
  readonly end: number;
  /** The marker that ends a picture stands there. */
  readonly ended: boolean;
  /** Something stands between segments that is none; decoders pass over it. */
  readonly hasGaps: boolean;
};

/** Place of the next marker, whatever stands before it: zeros, or what another program left there. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = uint8(bytes, at + 1);
    if (next !== 0 && next !== 0xff) return at;
  }
  return bytes.length;
}

/** Segments up to the end of the first picture (ITU T.81, annex B). Undefined when there are more than `MAX_SEGMENTS`. */
function walk(bytes: Uint8Array): Walked | undefined {
  const segments: Segment[] = [];
  let hasGaps = false;
  let at = 2;
  while (at + 2 <= bytes.length) {
    if (uint8(bytes, at) !== 0xff) {
      hasGaps = true;
      at = nextMarker(bytes, at);
      continue;
    }
    const marker = uint8(bytes, at + 1);
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before any marker.
      continue;
    }
    if (marker === EOI) return { segments, end: at, ended: segments.some(isScan), hasGaps };
    if (marker === 0) {
      hasGaps = true;
      at += 2;
      continue;
    }
    if (marker === SOI || isRestart(marker) || marker === 0x01) {
      at += 2;
      continue;
    }
    const headerEnd = at + 2 + uint16(bytes, at + 2);
    if (uint16(bytes, at + 2) < 2 || headerEnd > bytes.length) return { segments, end: at, ended: false, hasGaps };
    const end = marker === SOS ? endOfScan(bytes, headerEnd) : headerEnd;
    if (segments.length === MAX_SEGMENTS) return undefined;
    segments.push({ marker, start: at, end });
    at = end;
  }
  return { segments, end: bytes.length, ended: false, hasGaps };
}

const isScan = ({ marker }: Segment): boolean => marker === SOS;

/** What is there of a picture: its segments, whether they are all of it, and how the file had to be mended for that. */
type Extent = {
  readonly segments: readonly Segment[];
  readonly complete: boolean;
  readonly mended: PictureMetadata['mended'];
};

/**
 * How much of the picture is there. A file that ends as it should is believed. One without an end is shown by every
 * browser, so the data itself is asked: a sequential scan tells exactly where it ends, and what stands behind it is left
 * out; of a progressive one only the passes are counted, and what stands behind the last cannot be told from it.
 */
function extentOf(bytes: Uint8Array, walked: Walked): Extent {
  const { segments, ended, hasGaps } = walked;
  const asTold: Extent = { segments, complete: ended, mended: hasGaps ? 'exactly' : 'no' };
  const frame = segments.find((segment) => isFrameHeader(segment.marker));
  if (frame === undefined || (ended && !goesOnAfterPicture(bytes, segments, frame))) return asTold;
  if (frame.marker === SOF_PROGRESSIVE) {
    return ended ? asTold : { segments, complete: hasAllPasses(bytes, segments, frame), mended: 'by-guess' };
  }
  if (frame.marker > SOF_SEQUENTIAL_LAST) return ended ? asTold : { segments, complete: false, mended: 'by-guess' };
  const found = walkScans(bytes, segments, frame);
  return ended && !found.complete ? asTold : { ...found, mended: 'exactly' };
}

/** True when segments follow the one scan that holds everything: what was taken for its data may be something else. */
function goesOnAfterPicture(bytes: Uint8Array, segments: readonly Segment[], frame: Segment): boolean {
  const first = segments.findIndex(isScan);
  const scan = segments[first];
  if (scan === undefined || frame.marker > SOF_SEQUENTIAL_LAST) return false;
  const hasAll = uint8(bytes, scan.start + 4) === uint8(bytes, frame.start + 9);
  return hasAll && first < segments.length - 1;
}

/** The segments that belong to a sequential picture, the last scan up to its last byte of data. */
function walkScans(bytes: Uint8Array, segments: readonly Segment[], frame: Segment): Omit<Extent, 'mended'> {
  const shape = readFrame(bytes, frame.start);
  const tables = new Map<number, CodeTable>();
  const missing = new Set(shape.components.map(({ id }) => id));
  const there = withoutZerosAtEnd(bytes);
  const kept: Segment[] = [];
  let tableCount = 0;
  let restartEvery = 0;
  for (const segment of segments) {
    const data = segment.start + 4;
    if (segment.marker === DHT) tableCount += readCodeTables(bytes, data, segment.end, tables);
    if (segment.marker === DRI) restartEvery = uint16(bytes, data);
    if (tableCount > MAX_TABLES) break;
    if (!isScan(segment)) {
      kept.push(segment);
      continue;
    }
    const from = segment.start + 2 + uint16(bytes, segment.start + 2);
    const { end, share } = walkScan(there, segment.start, from, shape, tables, restartEvery);
    if (share === 0) break;
    kept.push({ ...segment, end });
    if (share < 1) break;
    for (let index = 0; index < uint8(bytes, data); index += 1) missing.delete(uint8(bytes, data + 1 + index * 2));
    if (missing.size === 0) return { segments: kept, complete: true };
  }
  return { segments: kept, complete: false };
}

/** A download that stopped often leaves zeros in the place of what did not come, and zeros read like data. */
function withoutZerosAtEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.length - end < FEWEST_ZEROS ? bytes : bytes.subarray(0, end);
}

/** True when every coefficient of every component was sent to its last bit (G.1.1.1): passes may come in any order. */
function hasAllPasses(bytes: Uint8Array, segments: readonly Segment[], frame: Segment): boolean {
  const unsent = new Map(readFrame(bytes, frame.start).components.map(({ id }) => [id, new Set(COEFFICIENTS)]));
  for (const { start } of segments.filter(isScan)) {
    const count = uint8(bytes, start + 4);
    const band = start + 5 + count * 2;
    if ((uint8(bytes, band + 2) & 15) !== 0) continue;
    for (let index = 0; index < count; index += 1) {
      const left = unsent.get(uint8(bytes, start + 5 + index * 2));
      for (let at = uint8(bytes, band); at <= Math.min(uint8(bytes, band + 1), 63); at += 1) left?.delete(at);
    }
  }
  return unsent.size > 0 && [...unsent.values()].every((left) => left.size === 0);
}

const COEFFICIENTS = Array.from({ length: 64 }, (_, index) => index);

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
  const { segments, complete, mended } = extentOf(bytes, walked);
  const end = segments.at(-1)?.end ?? 0;
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
      other:
        strippedLength < bytes.length &&
        (kept.some(lost) || walked.end + 2 < bytes.length || end < lastEnd(walked) || shortened(kept, segments)),
    },
    complete,
    mended,
    // Also of what is cut off: with an end of its own every decoder shows what is there.
    stripped: segments.some(isScan) ? joinBytes(pieces) : undefined,
  };
}

const lastEnd = ({ segments }: Walked): number => segments.at(-1)?.end ?? 0;
const lost = (part: Uint8Array | undefined): boolean => part === undefined;
const shortened = (kept: readonly (Uint8Array | undefined)[], segments: readonly Segment[]): boolean =>
  segments.some(({ start, end }, index) => (kept[index]?.length ?? 0) < end - start);
