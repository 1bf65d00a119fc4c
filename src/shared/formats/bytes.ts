/** Reading numbers and names out of file bytes. Everything past the end reads as 0 or as an empty string. */

export const uint8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

export const uint16 = (bytes: Uint8Array, at: number, littleEndian = false): number =>
  littleEndian ? uint8(bytes, at) | (uint8(bytes, at + 1) << 8) : (uint8(bytes, at) << 8) | uint8(bytes, at + 1);

export const uint24 = (bytes: Uint8Array, at: number, littleEndian = false): number =>
  littleEndian
    ? uint16(bytes, at, true) | (uint8(bytes, at + 2) << 16)
    : (uint16(bytes, at) << 8) | uint8(bytes, at + 2);

export const uint32 = (bytes: Uint8Array, at: number, littleEndian = false): number =>
  littleEndian
    ? uint16(bytes, at, true) + uint16(bytes, at + 2, true) * 0x10000
    : uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2);

/** The bytes as Latin-1 text, which keeps every byte comparable. */
export const latin1 = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** True when the ASCII text stands at this place. */
export const hasAscii = (bytes: Uint8Array, at: number, text: string): boolean =>
  at >= 0 && at + text.length <= bytes.length && latin1(bytes, at, text.length) === text;

/** Place of an ASCII text at or after `from`, or -1. */
export function indexOfAscii(bytes: Uint8Array, text: string, from = 0): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (hasAscii(bytes, at, text)) return at;
  }
  return -1;
}
