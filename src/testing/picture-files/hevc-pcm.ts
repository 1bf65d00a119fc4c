import { BitWriter } from './bit-writer.ts';

/**
 * The simplest HEVC picture there is (ITU-T H.265): blocks of 32 × 32 whose samples are stored as they are (PCM), each
 * in a slice of its own. Nothing is compressed, so no encoder is needed, and every decoder can read it.
 */

const BLOCK = 32;

/** One picture's samples, 4:2:0, 8 bits; width and height are multiples of `BLOCK`. */
export type Planes = {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
  readonly blue: Uint8Array;
  readonly red: Uint8Array;
};

const NAL_IDR = 19;
export const PARAMETER_SETS = { vps: 32, sps: 33, pps: 34 } as const;

/** Main still picture, level 4: the 12 bytes that also stand in a file's `hvcC`. */
export const PROFILE_TIER_LEVEL: readonly number[] = [0x03, 0x70, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 120];

/** A NAL unit: two header bytes, then the payload with 3 inserted wherever it would look like a start code. */
function nal(type: number, payload: Uint8Array): Uint8Array {
  const out = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}

/** Section 7.3.2.1. */
const videoParameterSet = (): Uint8Array =>
  nal(
    PARAMETER_SETS.vps,
    new BitWriter()
      .bits(0, 4)
      .flags(1, 1)
      .bits(0, 6)
      .bits(0, 3)
      .flags(1)
      .bits(0xffff, 16)
      .raw(PROFILE_TIER_LEVEL)
      .flags(1)
      .ue(0, 0, 0)
      .bits(0, 6)
      .ue(0)
      .flags(0, 0)
      .trailing(),
  );

/** Section 7.3.2.2: coding blocks of 32 and nothing smaller, PCM of 8 bits in blocks of 32, no loop filter on it. */
const sequenceParameterSet = (width: number, height: number): Uint8Array =>
  nal(
    PARAMETER_SETS.sps,
    new BitWriter()
      .bits(0, 4)
      .bits(0, 3)
      .flags(1)
      .raw(PROFILE_TIER_LEVEL)
      .ue(0, 1, width, height)
      .flags(0)
      .ue(0, 0, 0)
      .flags(1)
      .ue(0, 0, 0)
      .ue(2, 0, 0, 3, 0, 0)
      .flags(0, 0, 0, 1)
      .bits(7, 4)
      .bits(7, 4)
      .ue(2, 0)
      .flags(1)
      .ue(0)
      .flags(0, 0, 0, 0, 0)
      .trailing(),
  );

/** Section 7.3.2.3: every tool off, deblocking too. */
const pictureParameterSet = (): Uint8Array =>
  nal(
    PARAMETER_SETS.pps,
    new BitWriter()
      .ue(0, 0)
      .flags(0, 0)
      .bits(0, 3)
      .flags(0, 0)
      .ue(0, 0, 0)
      .flags(0, 0, 0)
      .ue(0, 0)
      .flags(0, 0, 0, 0, 0, 0, 0)
      .flags(1, 0, 1)
      .flags(0, 0)
      .ue(0)
      .flags(0, 0)
      .trailing(),
  );

/** The arithmetic coder (section 9.3.4.5), as far as a PCM block needs it: one context in its first state, and ends. */
class ArithmeticCoder {
  readonly #out: BitWriter;
  #low = 0;
  #range = 510;
  #outstanding = 0;
  #first = true;

  constructor(out: BitWriter) {
    this.#out = out;
  }

  /** A likely bin in state 0, whose unlikely part is 240 of a full range. */
  likely(): void {
    this.#range -= 240;
  }

  /** A terminating bin of value 1, and the flush behind it; its last bit is the stop bit. */
  terminate(): void {
    this.#low += this.#range - 2;
    this.#range = 2;
    for (; this.#range < 256; this.#range *= 2) this.#renorm();
    this.#put((this.#low >> 9) & 1);
    this.#out.bits(((this.#low >> 7) & 3) | 1, 2);
  }

  #renorm(): void {
    if (this.#low < 256) this.#put(0);
    else if (this.#low >= 512) {
      this.#low -= 512;
      this.#put(1);
    } else {
      this.#low -= 256;
      this.#outstanding += 1;
    }
    this.#low *= 2;
  }

  #put(bit: number): void {
    if (this.#first) this.#first = false;
    else this.#out.bits(bit, 1);
    for (; this.#outstanding > 0; this.#outstanding -= 1) this.#out.bits(1 - bit, 1);
  }
}

const block = (plane: Uint8Array, stride: number, left: number, top: number, side: number): Uint8Array =>
  Uint8Array.from(
    { length: side * side },
    (_, at) => plane[(top + Math.floor(at / side)) * stride + left + (at % side)] ?? 0,
  );

/** Sections 7.3.6 and 7.3.8: a slice that holds one PCM block. */
function slice(planes: Planes, index: number): Uint8Array {
  const columns = planes.width / BLOCK;
  const addressBits = Math.ceil(Math.log2(columns * (planes.height / BLOCK)));
  const out = new BitWriter();
  out.flags(index === 0 ? 1 : 0, 0).ue(0);
  if (index > 0) out.bits(index, addressBits);
  // Slice type I, no change of the quantiser, then byte_alignment().
  out.ue(2).ue(0).bits(1, 1).align();
  const head = new ArithmeticCoder(out);
  head.likely(); // part_mode: one block
  head.terminate(); // pcm_flag
  out.align();
  const left = (index % columns) * BLOCK;
  const top = Math.floor(index / columns) * BLOCK;
  out.raw(block(planes.luma, planes.width, left, top, BLOCK));
  out.raw(block(planes.blue, planes.width / 2, left / 2, top / 2, BLOCK / 2));
  out.raw(block(planes.red, planes.width / 2, left / 2, top / 2, BLOCK / 2));
  new ArithmeticCoder(out).terminate(); // end_of_slice_segment_flag
  return nal(NAL_IDR, out.aligned());
}

/** The picture as NAL units: its parameter sets, and its slices. */
export function encodePcm(planes: Planes): {
  readonly vps: Uint8Array;
  readonly sps: Uint8Array;
  readonly pps: Uint8Array;
  readonly slices: readonly Uint8Array[];
} {
  const count = (planes.width / BLOCK) * (planes.height / BLOCK);
  return {
    vps: videoParameterSet(),
    sps: sequenceParameterSet(planes.width, planes.height),
    pps: pictureParameterSet(),
    slices: Array.from({ length: count }, (_, index) => slice(planes, index)),
  };
}
