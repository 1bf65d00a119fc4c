/**
 * Writer for the protobuf wire format, as far as ONNX needs it: varints and length-delimited fields.
 * https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufMessage {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** An integer field (`int32`, `int64`, `enum`); negative numbers take ten bytes, as the format has it. */
  int(field: number, value: number | bigint): this {
    return this.#varint(BigInt(field) << 3n).#varint(BigInt(value));
  }

  /** A field of raw bytes. The bytes are kept, not copied, until `encode`. */
  bytes(field: number, value: Uint8Array): this {
    return this.#varint((BigInt(field) << 3n) | 2n)
      .#varint(BigInt(value.length))
      .#append(value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufMessage): this {
    return this.bytes(field, value.encode());
  }

  encode(): Uint8Array {
    const encoded = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      encoded.set(chunk, offset);
      offset += chunk.length;
    }
    return encoded;
  }

  #varint(value: bigint): this {
    const septets: number[] = [];
    let rest = BigInt.asUintN(64, value);
    do {
      const septet = Number(rest & 0x7fn);
      rest >>= 7n;
      septets.push(rest === 0n ? septet : septet | 0x80);
    } while (rest !== 0n);
    return this.#append(Uint8Array.from(septets));
  }

  #append(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }
}
