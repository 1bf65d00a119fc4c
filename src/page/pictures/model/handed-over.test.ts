import { expect, test } from 'vitest';
import { pathInFolder } from './handed-over.ts';

test.each([
  ['/holiday/IMG_0042.JPG', 'holiday/IMG_0042.JPG'],
  ['./holiday/day 1/a  b.jpeg', 'holiday/day 1/a  b.jpeg'],
  ['holiday/a.jpg', 'holiday/a.jpg'],
  ['./IMG_0042.JPG', undefined],
  ['/IMG_0042.JPG', undefined],
  ['./a\\b.jpg', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j lies in the dropped folder at %j', (told, path) => expect(pathInFolder(told)).toBe(path));
