import { expect, test } from 'vitest';
import { findByName, foldersWith, namesByLook } from './entry-names.ts';

const find = (names: readonly string[], wanted: string) => findByName(namesByLook(names), wanted);

test.each([
  ['as it was written', '001-größe/picture.jpg'],
  ['with backslashes', '001-größe\\picture.jpg'],
  ['from here', './001-größe/picture.jpg'],
  ['decomposed, as a Mac writes it', '001-größe/picture.jpg'.normalize('NFD')],
  ['in the letters of an old code page', '001-gr÷ße/picture.jpg'],
  ['in capitals', '001-GRÖSSE/PICTURE.JPG'.replace('SS', 'ß')],
])('a file is found %s', (_how, name) => {
  expect(find(['manifest.json', name, '002-größe/picture.jpg'], '001-größe/picture.jpg')).toBe(name);
});

test('of two that look alike once letters are lost none is guessed', () => {
  expect(find(['a/ö.jpg', 'a/ü.jpg'], 'a/ä.jpg')).toBeUndefined();
});

test('manifests are found in any folder, the outermost first, and never in what a Mac adds', () => {
  const names = [
    'a\\b\\manifest.json',
    '__MACOSX/manifest.json',
    'Manifest.json',
    'a/._manifest.json',
    'x/manifest.json.txt',
  ];
  expect(foldersWith(names, 'manifest.json')).toEqual([
    { name: 'Manifest.json', folder: '' },
    { name: 'a\\b\\manifest.json', folder: 'a/b/' },
  ]);
});
