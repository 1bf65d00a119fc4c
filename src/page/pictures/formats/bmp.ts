import { uint16, uint32 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';

const CORE_HEADER = 12;
const UNCOMPRESSED = 0;

/** Reads a BMP file's header. A negative height means that rows are stored from the top. Never throws. */
export function readBmp(bytes: Uint8Array): PictureMetadata {
  const core = uint32(bytes, 14, true) === CORE_HEADER;
  const width = core ? uint16(bytes, 18, true) : Math.abs(uint32(bytes, 18, true) | 0);
  const height = core ? uint16(bytes, 20, true) : Math.abs(uint32(bytes, 22, true) | 0);
  const bits = uint16(bytes, core ? 24 : 28, true);
  const compression = core ? UNCOMPRESSED : uint32(bytes, 30, true);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const needed = compression === UNCOMPRESSED ? uint32(bytes, 10, true) + rowBytes * height : 0;
  return { ...UNKNOWN_METADATA, width, height, mayHaveAlpha: bits === 32, complete: bytes.length >= needed };
}
