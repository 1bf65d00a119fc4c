import { describe, expect, it, test } from 'vitest';
import { checkPatterns } from './patterns.ts';
import { readSource } from './read-source.ts';

const check = (source: string, path = 'src/shared/x.ts') => checkPatterns(new Map([[path, source]]));

describe('the patterns of this project', () => {
  it('take no text in more than one way, and none is made at run time', () => {
    const source = readSource();
    expect(source.has('src/shared/lenient.ts')).toBe(true);
    expect(checkPatterns(source)).toEqual([]);
  });
});

describe('the check of patterns', () => {
  test.each([
    String.raw`/^\d+\.?\d*$/`,
    String.raw`/\s+$/`,
    String.raw`/\0+$/`,
    '/<title[^>]*>/i',
    String.raw`/\bemail\b.*\brequired\b/i`,
    '/^(a+)+$/',
    '/^(<!--.*?-->)*<svg/s',
    '/^(?=(a+)+$)b/',
    String.raw`/\p{L}+\p{Lu}$/u`,
    String.raw`/^(\s*)"key":/gm`,
    '/[a-z]/v',
    '/(?<name>a+)+b/',
  ])('refuses %s', (pattern) => {
    expect(check(`export const wrong = ${pattern};`)).toEqual([
      expect.stringContaining(`src/shared/x.ts:1 ${pattern} `),
    ]);
  });

  test.each([
    String.raw`/^\d+(?:\.\d*)?$/`,
    String.raw`/\s+/g`,
    '/^[0-9a-f]{64}$/',
    '/moderat|violat/i',
    String.raw`/^[^\s"]+$/u`,
  ])('accepts %s', (pattern) => {
    expect(check(`export const fine = ${pattern};`)).toEqual([]);
  });

  test.each([
    'new RegExp(text)',
    'RegExp(text)',
    'new globalThis.RegExp(text)',
    '[text].map(RegExp)',
    'name.match(text)',
    'name.search(`a` + text)',
    'name?.matchAll(text)',
  ])('refuses %s', (made) => {
    expect(check(`\nexport const made = (text: string, name: string) => ${made};`)).toEqual([
      'src/shared/x.ts:2 makes a pattern at run time: write it as a literal, or compare texts',
    ]);
  });

  it('accepts patterns as types and by the names of constants', () => {
    const source = `
      const WORD: RegExp = /^[a-z]+$/;
      export const read = (text: string, pattern: RegExp) => text.match(WORD) ?? pattern.exec(text) ?? text.match(/x/);
    `;
    expect(check(source)).toEqual([]);
  });

  it('leaves tests alone', () => {
    expect(check('export const wrong = /\\s+$/;', 'src/shared/x.test.ts')).toEqual([]);
  });

  it('throws on a module that it cannot read, instead of passing it', () => {
    expect(() => check('import {')).toThrow('src/shared/x.ts cannot be parsed');
  });
});
