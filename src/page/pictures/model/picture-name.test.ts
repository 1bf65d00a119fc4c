import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownName, splitName, titledName } from './picture-name.ts';

const FAMILY = '👨‍👩‍👧‍👦';

test('a shown name has nothing in it that turns the direction of writing or is not seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      const shown = shownName(name);
      expect(shown).not.toBe('');
      expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]|\p{Cc}/u);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
  expect(shownName('holiday\u202egnp.exe')).toBe('holidaygnp.exe');
  expect(shownName('two\nlines\t.jpg')).toBe('twolines.jpg');
  expect(shownName(`${FAMILY} שלום.jpg`)).toBe(`${FAMILY} שלום.jpg`);
  expect(shownName('\u200f')).toBe('Picture');
});

describe('a long name', () => {
  test('keeps its end when its start is cut off, and loses no letter', () => {
    expect(splitName('IMG_20260101_holiday_in_Norway_0001.jpg')).toEqual([
      'IMG_20260101_holiday_in_N',
      'orway_0001.jpg',
    ]);
    expect(splitName('team.jpg')).toEqual(['team.jpg', '']);
    expect(splitName('x'.repeat(28))).toEqual(['x'.repeat(28), '']);
    expect(splitName('x'.repeat(29))).toEqual(['x'.repeat(15), 'x'.repeat(14)]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        expect(splitName(name).join('')).toBe(name);
      }),
    );
  });

  test('is never cut inside of a letter', () => {
    const [start, end] = splitName(FAMILY.repeat(40));
    expect(end).toBe(FAMILY.repeat(14));
    expect(start).toBe(FAMILY.repeat(26));
  });

  test('stays whole where letters run from right to left', () => {
    const name = `${'שלום'.repeat(20)} 0001.jpg`;
    expect(splitName(name)).toEqual([name, '']);
  });
});

test('in a title a name of 200 letters is short, and one from right to left keeps its place', () => {
  expect(titledName('team.jpg')).toBe('team.jpg');
  expect(titledName(`${'a'.repeat(196)}.jpg`)).toBe(`${'a'.repeat(45)}…aaaaaaaaaa.jpg`);
  expect(titledName('שלום.jpg')).toBe('\u2068שלום.jpg\u2069');
});
