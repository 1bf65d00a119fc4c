import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TypedNumber } from './typed-number.ts';

const typed = (digits: string, highest: number, pause = 200) => {
  const number = new TypedNumber();
  return [...digits].map((digit, index) => number.take(digit, highest, index * pause));
};

describe('typed digits', () => {
  test('count at once and go on to the longer number', () => {
    expect(typed('17', 28)).toEqual([1, 17]);
    expect(typed('20', 28)).toEqual([2, 20]);
    expect(typed('512', 1000)).toEqual([5, 51, 512]);
  });

  test('begin anew where no longer number is possible', () => {
    expect(typed('37', 28)).toEqual([3, 7]);
    expect(typed('17', 7)).toEqual([1, 7]);
    expect(typed('171', 28)).toEqual([1, 17, 1]);
  });

  test('begin anew after a pause', () => {
    expect(typed('17', 28, 900)).toEqual([1, 7]);
  });

  test('that lead to no number end it without becoming another one', () => {
    expect(typed('293', 28)).toEqual([2, 29, 3]);
  });

  test('are not taken when they begin with 0', () => {
    expect(typed('0', 28)).toEqual([undefined]);
    expect(typed('30', 28)).toEqual([3, undefined]);
  });

  test('typed without a pause always end at the number meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (meant, more) => {
        expect(typed(String(meant), meant + more).at(-1)).toBe(meant);
      }),
    );
  });
});
