/** Writes numbers bit by bit, most significant first, as video codecs' syntax tables name them. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #current = 0;
  #used = 0;

  /** u(n): `value` in `count` bits. */
  bits(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit -= 1) {
      this.#current = (this.#current << 1) | (Math.floor(value / 2 ** bit) & 1);
      this.#used += 1;
      if (this.#used === 8) {
        this.#bytes.push(this.#current);
        this.#current = 0;
        this.#used = 0;
      }
    }
    return this;
  }

  /** Flags, one bit each. */
  flags(...values: readonly (0 | 1)[]): this {
    for (const value of values) this.bits(value, 1);
    return this;
  }

  /** ue(v): Exp-Golomb. Signed zero, se(v), is written the same. */
  ue(...values: readonly number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.bits(0, length).bits(value + 1, length + 1);
    }
    return this;
  }

  /** Zero bits up to the next byte. */
  align(): this {
    return this.#used === 0 ? this : this.bits(0, 8 - this.#used);
  }

  /** Whole bytes; only when aligned. */
  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** A one bit, then zero bits up to the next byte. */
  trailing(): Uint8Array {
    this.bits(1, 1).align();
    return Uint8Array.from(this.#bytes);
  }

  /** What was written so far, filled up to a byte. */
  aligned(): Uint8Array {
    this.align();
    return Uint8Array.from(this.#bytes);
  }
}
