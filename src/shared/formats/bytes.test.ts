import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uint8, uint16, uint24, uint32 } from './bytes.ts';

test('a number is read as it was written, from either end, wherever it stands', () => {
  const readers = [uint8, uint16, uint24, uint32].map((read, index) => ({ read, size: index + 1 }));
  fc.assert(
    fc.property(
      fc.constantFrom(...readers),
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.nat({ max: 5 }),
      ({ read, size }, written, at) => {
        const digits = [...written.subarray(0, size)];
        const bytes = Uint8Array.from([...new Array<number>(at).fill(7), ...digits]);
        const numberOf = (largestFirst: readonly number[]) => largestFirst.reduce((sum, digit) => 256 * sum + digit, 0);
        expect(read(bytes, at)).toBe(numberOf(digits));
        expect(read(bytes, at, true)).toBe(numberOf(digits.toReversed()));
      },
    ),
  );
});
