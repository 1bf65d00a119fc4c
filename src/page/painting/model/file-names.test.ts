import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenSuffix, coveredSuffix, distinctNames, safeStem, uniqueStems } from './file-names.ts';

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('CON.jpg', '..', '../../etc/passwd', 'C:\\x.png', 'a\u202Egnp.exe', '.hidden', 'aux', '-rf.png', ''),
);

describe('a safe stem', () => {
  test('is one path segment that no system refuses, whatever the picture was called', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const stem = safeStem(name);
        expect(stem).not.toBe('');
        expect(stem.length).toBeLessThanOrEqual(80);
        expect(stem).not.toMatch(/[\\/:*?"<>|]|\p{Cc}|\p{Cf}|\p{Cs}/u);
        expect(stem).not.toMatch(/^[.\-\s~]|[.\s]$/);
        expect(stem).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(stem.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['Holiday 2024.HEIC', 'Holiday 2024'],
    ['größe.tar.gz', 'größe.tar'],
    ['../../etc/passwd', 'etc-passwd'],
    ['con.png', 'picture-con'],
    ['=cmd.png', '=cmd'],
    ['', 'picture'],
    ['日本語.jpg', '日本語'],
  ])('of %j is %j', (name, stem) => {
    expect(safeStem(name)).toBe(stem);
  });
});

test('unique stems differ even where case does not count, and stay in order', () => {
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 30 }), (names) => {
      const stems = uniqueStems(names);
      expect(stems).toHaveLength(names.length);
      expect(new Set(stems.map((stem) => stem.toLowerCase())).size).toBe(names.length);
    }),
  );
  expect(uniqueStems(['a.jpg', 'A.png', 'a-2.png'])).toEqual(['a', 'A-2', 'a-2-2']);
});

describe('the name of a picture with covered faces', () => {
  test.each([
    [[], 28, 'blur', '-28-found-faces-blurred'],
    [[], 1, 'blur', '-1-found-face-blurred'],
    [[3], 4, 'pixelate', '-face-3-clear-4-found-faces-in-blocks'],
    [[5, 3, 12], 25, 'blur', '-faces-3-5-12-clear-25-found-faces-blurred'],
    [[1, 2, 3, 4, 5], 2, 'blur', '-5-faces-clear-2-found-faces-blurred'],
  ] as const)('tells who stays clear, and that the others are found ones: %j, %i', (clear, covered, kind, suffix) => {
    expect(coveredSuffix(clear, covered, kind)).toBe(suffix);
  });

  test('counts those that were drawn by hand apart', () => {
    expect(coveredSuffix([], 2, 'blur', 1)).toBe('-2-found-and-1-drawn-faces-blurred');
  });

  test('stays within what file systems take, also for a long name in three-byte letters', () => {
    const name = `${safeStem('顔'.repeat(200))}${coveredSuffix([1000, 1001, 1002, 1003], 8996, 'pixelate')}.png`;
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
  });
});

test('what was made of some faces is named after them, and many are counted', () => {
  expect(chosenSuffix(undefined)).toBe('');
  expect(chosenSuffix([])).toBe('');
  expect(chosenSuffix([7])).toBe('-face-7');
  expect(chosenSuffix([12, 7])).toBe('-faces-7-12');
  expect(chosenSuffix([1, 2, 3, 4, 5])).toBe('-5-faces');
});

test('names in data files stay as they are, and two alike are told apart', () => {
  expect(distinctNames(['IMG_0042.JPG', 'IMG_0042.jpeg', 'a  b.png', 'x'.repeat(80)])).toEqual([
    'IMG_0042.JPG',
    'IMG_0042.jpeg',
    'a  b.png',
    'x'.repeat(80),
  ]);
  expect(distinctNames(['a.jpg', 'a.jpg', 'a (2).jpg', 'a.jpg'])).toEqual([
    'a.jpg',
    'a (3).jpg',
    'a (2).jpg',
    'a (4).jpg',
  ]);
  expect(distinctNames(['Pasted picture', 'Pasted picture', 'b/.hidden', 'b/.hidden'])).toEqual([
    'Pasted picture',
    'Pasted picture (2)',
    'b/.hidden',
    'b/.hidden (2)',
  ]);
});

test('no two names of one export are alike', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a.jpg', 'a (2).jpg', 'a (2) (2).jpg', 'b')), (names) => {
      expect(new Set(distinctNames(names)).size).toBe(names.length);
    }),
  );
});
