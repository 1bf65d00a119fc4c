import { joinBytes } from '#shared/join-bytes.ts';
import { MAX_PROFILE_BYTES, type PictureHeader } from './picture-header.ts';
import { latin1Bytes, viewOf } from './read-bytes.ts';

/** Markers (ITU-T T.81, table B.1). */
const SOF0 = 0xc0;
const SOF15 = 0xcf;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP2 = 0xe2;
/** Below it no marker begins a segment. */
const FIRST_SEGMENT = 0xc0;

/** Place of the next marker's code: after 0xff, and neither 0 (stuffing) nor 0xff (fill). Decoders look for it alike. */
function nextMarker(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const code = bytes[at + 1];
    if (code !== 0 && code !== 0xff) return at + 1;
  }
  return undefined;
}

const isFrame = (marker: number): boolean =>
  marker >= SOF0 && marker <= SOF15 && marker !== DHT && marker !== JPG && marker !== DAC;
const isProgressive = (marker: number): boolean => (marker & 3) === 2;

type Frame = {
  readonly width: number;
  readonly height: number;
  readonly progressive: boolean;
  readonly components: number;
  readonly sampleBytes: number;
  /** Samples for each pixel; less than `components` where colour is stored more coarsely. */
  readonly samplesPerPixel: number;
};

/** A frame header (B.2.2); `segment` begins after its length. */
function readFrame(marker: number, segment: Uint8Array): Frame | undefined {
  const components = segment[5] ?? 0;
  if (segment.length < 6 + 3 * components) return undefined;
  const factors = Array.from({ length: components }, (_, index) => {
    const both = segment[7 + 3 * index] ?? 0x11;
    return { across: both >> 4, down: both & 15 };
  });
  const most = Math.max(...factors.map(({ across }) => across)) * Math.max(...factors.map(({ down }) => down));
  const samples = factors.reduce((sum, { across, down }) => sum + across * down, 0);
  const view = viewOf(segment);
  return {
    width: view.getUint16(3),
    height: view.getUint16(1),
    progressive: isProgressive(marker),
    components,
    sampleBytes: (segment[0] ?? 8) > 8 ? 2 : 1,
    samplesPerPixel: most > 0 ? samples / most : components,
  };
}

/** What a profile's part begins with, then its number and how many there are (ICC.1:2022, B.4), a byte each. */
const ICC = latin1Bytes('ICC_PROFILE\0');
const ICC_HEADER_BYTES = ICC.length + 2;
const MAX_PROFILE_PARTS = 255;

/**
 * Walks the segments of a JPEG up to the first end of image, over the contents of all others, so that neither an EXIF
 * thumbnail nor a second picture counts. Counts scans until there are more than `maxScans`. Damage ends the walk.
 */
export function readJpegHeader(bytes: Uint8Array, maxScans: number): PictureHeader {
  const view = viewOf(bytes);
  let frame: Frame | undefined;
  let scans = 0;
  let hasSeveralScans = false;
  const profileParts: { readonly order: number; readonly part: Uint8Array }[] = [];
  for (let at = nextMarker(bytes, 2); at !== undefined && scans <= maxScans; ) {
    const marker = bytes[at] ?? EOI;
    if (marker === EOI) break;
    if (marker < FIRST_SEGMENT || marker === SOI || (marker >= RST0 && marker <= RST7)) {
      at = nextMarker(bytes, at + 1);
      continue;
    }
    if (at + 3 > bytes.length) break;
    const end = at + 1 + view.getUint16(at + 1);
    const start = at + 3;
    if (end < start || end > bytes.length) break;
    if (isFrame(marker) && frame === undefined) {
      frame = readFrame(marker, bytes.subarray(start, end));
      if (frame === undefined) break;
    }
    if (marker === SOS) {
      scans += 1;
      hasSeveralScans ||= (bytes[start] ?? 0) < (frame?.components ?? 0);
    }
    if (marker === APP2 && profileParts.length < MAX_PROFILE_PARTS && end - start > ICC_HEADER_BYTES) {
      if (ICC.every((byte, index) => byte === bytes[start + index])) {
        profileParts.push({
          order: bytes[start + ICC.length] ?? 0,
          part: bytes.subarray(start + ICC_HEADER_BYTES, end),
        });
      }
    }
    at = nextMarker(bytes, end);
  }
  const profileLength = profileParts.reduce((sum, { part }) => sum + part.length, 0);
  // With several scans all coefficients are held until the last one, two bytes each.
  const isHeld = frame !== undefined && (frame.progressive || hasSeveralScans);
  return {
    width: frame?.width ?? 0,
    height: frame?.height ?? 0,
    bytesPerPixel: frame === undefined ? 1 : isHeld ? 2 * frame.samplesPerPixel : frame.components * frame.sampleBytes,
    scans,
    profile:
      profileParts.length === 0
        ? undefined
        : profileLength > MAX_PROFILE_BYTES
          ? 'too-long'
          : joinBytes(profileParts.toSorted((a, b) => a.order - b.order).map(({ part }) => part)),
  };
}
