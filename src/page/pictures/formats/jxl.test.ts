import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJp2 } from './jp2.ts';
import { readJxl } from './jxl.ts';

/** Bits, lowest first, behind the two bytes that begin a JPEG XL picture. */
function codestream(...fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, at) => Math.floor(value / 2 ** at) % 2),
  );
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((sum, bit, index) => sum + bit * 2 ** index, 0),
  );
  return Uint8Array.from([0xff, 0x0a, ...bytes]);
}

const box = (type: string, data: Uint8Array): Uint8Array =>
  Uint8Array.from([0, 0, 0, data.length + 8, ...Array.from(type, (letter) => letter.charCodeAt(0)), ...data]);

describe('the size of a JPEG XL picture', () => {
  test.each([
    ['with two sides', codestream([0, 1], [1, 2], [472, 13], [0, 3], [1, 2], [709, 13]), 710, 473],
    ['with a proportion', codestream([0, 1], [1, 2], [899, 13], [5, 3]), 1600, 900],
    ['with sides of eights', codestream([1, 1], [14, 5], [0, 3], [19, 5]), 160, 120],
    ['with very long sides', codestream([0, 1], [3, 2], [99_999, 30], [1, 3]), 100_000, 100_000],
  ])('%s', (_name, bytes, width, height) => {
    expect(readJxl(bytes)).toMatchObject({ width, height, complete: true });
    const boxed = Uint8Array.from([
      ...box('JXL ', Uint8Array.of(13, 10, 135, 10)),
      ...box('ftyp', new Uint8Array(12)),
      ...box('jxlc', bytes),
    ]);
    expect(readJxl(boxed)).toMatchObject({ width, height });
    const parts = Uint8Array.from([
      ...box('jbrd', new Uint8Array(9)),
      ...box('jxlp', Uint8Array.from([0, 0, 0, 0, ...bytes])),
    ]);
    expect(readJxl(parts)).toMatchObject({ width, height });
  });
});

test('the size of a JPEG 2000 picture, with and without boxes', () => {
  const view = new DataView(new ArrayBuffer(40));
  for (const [at, value] of [
    [0, 0xff4fff51],
    [8, 810],
    [12, 573],
    [16, 100],
    [20, 100],
  ] as const)
    view.setUint32(at, value);
  expect(readJp2(new Uint8Array(view.buffer))).toMatchObject({ width: 710, height: 473 });
  const ihdr = Uint8Array.of(0, 0, 1, 0xd9, 0, 0, 2, 0xc6, 0, 3, 7, 7, 0, 0);
  expect(
    readJp2(Uint8Array.from([...box('jP  ', Uint8Array.of(13, 10, 135, 10)), ...box('ihdr', ihdr)])),
  ).toMatchObject({
    width: 710,
    height: 473,
  });
});

test('any bytes are read without end or error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(readJxl(bytes).width).toBeGreaterThanOrEqual(0);
      expect(readJp2(bytes).width).toBeGreaterThanOrEqual(0);
    }),
  );
});
