import { describe, expect, test } from 'vitest';
import { asNumber } from './lenient.ts';

describe('a number', () => {
  test.each([
    ['12', 12],
    [' -3.5 ', -3.5],
    ['7.', 7],
    ['+.5e-3', 0.0005],
    ['0.30000000000000004', 0.30000000000000004],
    ['1.7976931348623157e+308', 1.7976931348623157e308],
  ])('is read from the text %j', (text, number) => {
    expect(asNumber(text)).toBe(number);
  });

  test.each(['', 'x', '1x', '0x10', '1e999', '.', 'Infinity', '1 2'])('is not read from the text %j', (text) => {
    expect(asNumber(text)).toBeUndefined();
  });

  test.each(['1'.repeat(40_000), `${'1'.repeat(40_000)}x`, `0.${'0'.repeat(40_000)}1`])(
    'is not read from a text longer than any number',
    (text) => {
      expect(asNumber(text)).toBeUndefined();
    },
  );
});
