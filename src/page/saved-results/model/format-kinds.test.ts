import { expect, test } from 'vitest';
import { formatKinds } from './format-kinds.ts';

const kinds = (...counts: readonly number[]) => counts.map((count, index) => ({ name: `kind ${index}`, count }));

test.each([
  [kinds(1), '1 box of “kind 0”'],
  [kinds(1, 3), '3 boxes of “kind 1”, 1 of “kind 0”'],
  [
    kinds(7, 6, 5, 4, 3, 2, 1),
    '7 boxes of “kind 0”, 6 of “kind 1”, 5 of “kind 2”, 4 of “kind 3”, 3 of “kind 4”, 3 of other kinds',
  ],
  [[{ name: 'x'.repeat(100), count: 2 }], `2 boxes of “${'x'.repeat(39)}…”`],
])('%j is told as %j', (given, words) => expect(formatKinds(given)).toBe(words));
