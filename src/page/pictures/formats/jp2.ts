import { hasAscii, indexOfAscii, uint32 } from '#shared/formats/bytes.ts';
import { type PictureMetadata, UNKNOWN_METADATA } from '../model/picture-metadata.ts';

/** Reads the size of a JPEG 2000 picture, with or without its boxes (ISO 15444-1, A.5.1 and I.5.3.1). Never throws. */
export function readJp2(bytes: Uint8Array): PictureMetadata {
  if (hasAscii(bytes, 0, '\xff\x4f\xff\x51')) {
    const width = uint32(bytes, 8) - uint32(bytes, 16);
    return {
      ...UNKNOWN_METADATA,
      width: Math.max(0, width),
      height: Math.max(0, uint32(bytes, 12) - uint32(bytes, 20)),
    };
  }
  const header = indexOfAscii(bytes.subarray(0, 4096), 'ihdr');
  if (header < 0) return { ...UNKNOWN_METADATA, complete: false };
  return {
    ...UNKNOWN_METADATA,
    width: uint32(bytes, header + 8),
    height: uint32(bytes, header + 4),
    mayHaveAlpha: true,
  };
}
