import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtobufMessage } from './protobuf.ts';

/** Reads one varint field back, as the format's page describes it. */
function readVarintField(bytes: Uint8Array): { tag: bigint; value: bigint; length: number } {
  const read = (start: number): { value: bigint; end: number } => {
    let value = 0n;
    for (let at = start; ; at += 1) {
      const byte = BigInt(bytes[at] ?? 0);
      value |= (byte & 0x7fn) << BigInt(7 * (at - start));
      if (byte < 0x80n) return { value, end: at + 1 };
    }
  };
  const tag = read(0);
  const number = read(tag.end);
  return { tag: tag.value, value: number.value, length: number.end };
}

describe('the protobuf writer', () => {
  it("writes the examples of the format's own page", () => {
    expect([...new ProtobufMessage().int(1, 150).encode()]).toEqual([0x08, 0x96, 0x01]);
    expect([...new ProtobufMessage().string(2, 'testing').encode()]).toEqual([
      0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67,
    ]);
    const inner = new ProtobufMessage().int(1, 150);
    expect([...new ProtobufMessage().message(3, inner).encode()]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  });

  it('writes a negative number in ten bytes, as two’s complement of 64 bits', () => {
    const encoded = new ProtobufMessage().int(1, -1).encode();
    expect([...encoded]).toEqual([0x08, ...Array<number>(9).fill(0xff), 0x01]);
  });

  it('writes numbers that read back as themselves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (field, value) => {
        const encoded = new ProtobufMessage().int(field, value).encode();
        expect(readVarintField(encoded)).toEqual({ tag: BigInt(field) << 3n, value, length: encoded.length });
      }),
    );
  });

  it('keeps fields in the order in which they were added', () => {
    const encoded = new ProtobufMessage().int(2, 1).int(1, 2).bytes(3, Uint8Array.of(9)).encode();
    expect([...encoded]).toEqual([0x10, 1, 0x08, 2, 0x1a, 1, 9]);
  });
});
