import { describe, expect, test } from 'vitest';
import { pairByName } from './pair-by-name.ts';

const named = (pictureName: string) => ({ fileName: 'coco.json', pictureName });
const file = (fileName: string) => ({ fileName, pictureName: undefined });
const at = (path: string) => ({ name: path.split('/').at(-1) ?? path, path });
const pairs = (
  ...args: Parameters<
    typeof pairByName<ReturnType<typeof named> | ReturnType<typeof file>, { name: string; path: string }>
  >
) => pairByName(...args).map(([told, { path }]) => [told.pictureName ?? told.fileName, path]);

describe('what is told of pictures in folders', () => {
  test('finds its own of two with one name, however much of the path either tells', () => {
    const pictures = [at('/data/faces/val/1.jpg'), at('/data/faces/train/1.jpg')];
    expect(pairs([named('train/1.jpg'), named('val/1.jpg')], pictures)).toEqual([
      ['train/1.jpg', '/data/faces/train/1.jpg'],
      ['val/1.jpg', '/data/faces/val/1.jpg'],
    ]);
  });

  test('finds its own where only a folder far up differs', () => {
    const pictures = [at('set/val/a/b/c/d/1.jpg'), at('set/train/a/b/c/d/1.jpg')];
    expect(pairs([named('train/a/b/c/d/1.jpg')], pictures)).toEqual([
      ['train/a/b/c/d/1.jpg', 'set/train/a/b/c/d/1.jpg'],
    ]);
  });

  test.each([
    ['set/images/val/7.jpg', 'set/labels/val/7.txt'],
    ['set/val/images/7.jpg', 'set/val/labels/7.txt'],
    ['JPEGImages/val/7.jpg', 'Annotations/val/7.xml'],
  ])('labels in a folder of their own belong to %s', (picture, label) => {
    const other = picture.replace('val', 'train');
    expect(pairs([file(label)], [at(other), at(picture)])).toEqual([[label, picture]]);
  });

  test('one that names another picture belongs to none', () => {
    expect(pairs([named('b.jpg')], [at('a.jpg')])).toEqual([]);
  });
});
