import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_SHOWN, shorten } from './shorten.ts';

test('a text is shown whole up to its longest, and beyond that as its start, with how long it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 * MAX_SHOWN }), (length) => {
      const text = 'x'.repeat(length);
      const start = `${'x'.repeat(MAX_SHOWN)} … ${length} characters`;
      expect(shorten(text)).toBe(length > MAX_SHOWN ? start : text);
    }),
  );
});
