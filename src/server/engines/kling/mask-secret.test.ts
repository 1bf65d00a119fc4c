import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecret } from './mask-secret.ts';

const masked = (secret: string | undefined, pieces: readonly Buffer[]) => {
  const mask = maskSecret(secret);
  return Buffer.concat([...pieces.map((piece) => mask.push(piece)), mask.end()]);
};

test('a secret is found however the bytes are cut, and the length stays', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant('user:12-ab'), fc.string({ maxLength: 12 }))),
      fc.array(fc.nat(200)),
      (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.byteLength)).toSorted((a, b) => a - b),
          bytes.byteLength,
        ];
        const pieces = places.slice(1).map((end, index) => Buffer.from(bytes.subarray(places[index], end)));
        const result = masked('user:12-ab', pieces);
        expect(result.byteLength).toBe(bytes.byteLength);
        expect(result.includes('user:12-ab')).toBe(false);
        expect(result.toString('latin1')).toBe(bytes.toString('latin1').replaceAll('user:12-ab', '*'.repeat(10)));
      },
    ),
  );
});

test('without a secret nothing changes', () => {
  const bytes = Buffer.from('anything');
  expect(masked(undefined, [bytes])).toEqual(bytes);
  expect(masked('', [bytes])).toEqual(bytes);
});
