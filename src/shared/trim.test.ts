import { expect, test } from 'vitest';
import { trimEndWhile, withoutLastEnding } from './trim.ts';

test('only what stands at the end goes', () => {
  const isSlash = (letter: string) => letter === '/';
  expect(trimEndWhile('/a//b//', isSlash)).toBe('/a//b');
  expect(trimEndWhile('///', isSlash)).toBe('');
  expect(trimEndWhile('a', isSlash)).toBe('a');
});

test('each letter at the end is asked about once', () => {
  let asked = 0;
  trimEndWhile(`a${'/'.repeat(99)}b${'/'.repeat(99)}`, (letter) => {
    asked += 1;
    return letter === '/';
  });
  expect(asked).toBe(100);
});

test.each([
  ['team.jpg', 'team'],
  ['a.b.png', 'a.b'],
  ['team', 'team'],
  ['.jpg', ''],
])('%j without its ending is %j', (name, stem) => {
  expect(withoutLastEnding(name)).toBe(stem);
});
