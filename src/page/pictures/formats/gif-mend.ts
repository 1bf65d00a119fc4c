import { uint8, uint16 } from '#shared/formats/bytes.ts';

/** Most bits of an LZW code (GIF89a, appendix F). */
const MOST_BITS = 12;
const CODES = 2 ** MOST_BITS;

/** Where the first frame's picture lies in the file. */
export type GifFrame = {
  /** Place of its image descriptor. */
  readonly start: number;
  /** Place of its least code size, which its data follow. */
  readonly data: number;
  /** Index of the colour that stands for nothing, or else of the greyest. */
  readonly blank: number;
};

/** What there is of a frame that the file's end cuts off. */
type Walked = {
  /** Its data without the lengths of their blocks. */
  readonly codes: Uint8Array;
  /** How many bits of them are whole codes, how long the next one is, and how many pixels they give. */
  readonly bits: number;
  readonly nextBits: number;
  readonly pixels: number;
};

/**
 * A GIF of its first frame alone, which the file's end cuts off: what is there stays bit for bit, and the pixels that are
 * missing are blank. No browser decodes a GIF as a picture of so many pixels that gives fewer. Undefined when nothing of
 * the frame is there. Never throws.
 */
export function withWholeFrame(
  bytes: Uint8Array<ArrayBuffer>,
  frame: GifFrame,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly complete: boolean } | undefined {
  const wanted = uint16(bytes, frame.start + 5, true) * uint16(bytes, frame.start + 7, true);
  const least = uint8(bytes, frame.data);
  // What the format allows; a picture of two colours has two bits as well.
  if (least < 2 || least > 8 || wanted === 0) return undefined;
  const walked = walkCodes(dataBehind(bytes, frame.data + 1), least, wanted);
  if (walked.pixels === 0) return undefined;
  const out = new BitWriter(walked.codes, walked.bits);
  out.add(2 ** least, walked.nextBits);
  fillUp(out, least, wanted - walked.pixels, Math.min(frame.blank, 2 ** least - 1));
  out.add(2 ** least + 1, least + 1);
  return { bytes: ended(bytes.subarray(0, frame.data + 1), out.bytes()), complete: walked.pixels >= wanted };
}

/** The data of a chain of sub-blocks as far as they go. */
function dataBehind(bytes: Uint8Array, from: number): Uint8Array {
  const data = new Uint8Array(bytes.length - Math.min(from, bytes.length));
  let length = 0;
  for (let at = from; at < bytes.length && uint8(bytes, at) !== 0; at += uint8(bytes, at) + 1) {
    const part = bytes.subarray(at + 1, at + 1 + uint8(bytes, at));
    data.set(part, length);
    length += part.length;
  }
  return data.subarray(0, length);
}

/** Follows the codes without making pixels of them, until they end, or say something that no code can. */
function walkCodes(codes: Uint8Array, least: number, wanted: number): Walked {
  const clear = 2 ** least;
  const lengths = new Uint32Array(CODES).fill(1, 0, clear);
  let size = least + 1;
  let next = clear + 2;
  let before = -1;
  let bits = 0;
  let pixels = 0;
  while (bits + size <= codes.length * 8 && pixels < wanted) {
    const code = readBits(codes, bits, size);
    if (code === clear + 1) break;
    if (code === clear) {
      bits += size;
      size = least + 1;
      next = clear + 2;
      before = -1;
      continue;
    }
    const isNew = code === next && before >= 0 && next < CODES;
    if (code > next || (code === next && !isNew) || (before < 0 && code > clear)) break;
    const previous = before < 0 ? 0 : (lengths[before] ?? 1);
    bits += size;
    pixels += isNew ? previous + 1 : (lengths[code] ?? 1);
    if (before >= 0 && next < CODES) {
      lengths[next] = previous + 1;
      next += 1;
      if (next === 2 ** size && size < MOST_BITS) size += 1;
    }
    before = code;
  }
  return { codes, bits, nextBits: size, pixels };
}

/** So many pixels of one colour, as runs that grow by one pixel each, for as long as codes keep their first size. */
function fillUp(out: BitWriter, least: number, count: number, colour: number): void {
  const clear = 2 ** least;
  const size = least + 1;
  for (let left = count; left > 0; ) {
    out.add(colour, size);
    left -= 1;
    let run = 1;
    for (let code = clear + 2; code < 2 ** size - 1 && run < left; code += 1) {
      run += 1;
      out.add(code, size);
      left -= run;
    }
    out.add(clear, size);
  }
}

/** A file of this head and one frame's data, in blocks, with the file's end. */
function ended(head: Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil(data.length / 255);
  const file = new Uint8Array(head.length + data.length + blocks + 2);
  file.set(head);
  let at = head.length;
  for (let from = 0; from < data.length; from += 255) {
    const part = data.subarray(from, from + 255);
    file[at] = part.length;
    file.set(part, at + 1);
    at += part.length + 1;
  }
  file[at + 1] = 0x3b;
  return file;
}

function readBits(bytes: Uint8Array, from: number, count: number): number {
  const at = from >>> 3;
  const three = uint8(bytes, at) | (uint8(bytes, at + 1) << 8) | (uint8(bytes, at + 2) << 16);
  return (three >>> (from & 7)) & (2 ** count - 1);
}

/** Bits from the lowest of each byte on, behind those that are there already. */
class BitWriter {
  private buffer: Uint8Array<ArrayBuffer>;
  private length: number;

  constructor(before: Uint8Array, bits: number) {
    this.buffer = new Uint8Array(before.length + 4096);
    this.buffer.set(before.subarray(0, Math.ceil(bits / 8)));
    this.length = bits;
    if ((bits & 7) !== 0) this.buffer[bits >>> 3] = uint8(this.buffer, bits >>> 3) & (2 ** (bits & 7) - 1);
  }

  add(value: number, count: number): void {
    const needed = (this.length + count + 7) >>> 3;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    for (let bit = 0; bit < count; bit += 1) {
      const at = this.length + bit;
      if (((value >>> bit) & 1) === 1) this.buffer[at >>> 3] = uint8(this.buffer, at >>> 3) | (1 << (at & 7));
    }
    this.length += count;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, (this.length + 7) >>> 3);
  }
}
