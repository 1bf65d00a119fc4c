import { expect, test } from 'vitest';
import { isSideFile } from './side-files.ts';

test.each(['._IMG_1.JPG', 'IMG_1.AAE', 'IMG_1.xmp', 'Thumbs.db', '.DS_Store', 'desktop.ini', 'ehthumbs.db', 'Icon\r'])(
  '%j lies beside pictures',
  (name) => expect(isSideFile({ name })).toBe(true),
);

test.each(['IMG_1.JPG', '_IMG.jpg', '.hidden.jpg', 'notes.txt', 'team.json', 'xmp', 'a.aae.jpg'])(
  '%j was meant',
  (name) => expect(isSideFile({ name, path: `holiday/${name}` })).toBe(false),
);

test('what lies in a folder of a program was not meant', () => {
  expect(isSideFile({ name: 'a.jpg', path: '__MACOSX/holiday/a.jpg' })).toBe(true);
  expect(isSideFile({ name: 'SYNOPHOTO_THUMB_M.jpg', path: 'holiday/@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg' })).toBe(true);
});
