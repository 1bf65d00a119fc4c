import { expect, test } from 'vitest';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { compareSet } from './compare.ts';
import type { LookedAt } from './looked-at.ts';
import type { ToldPicture, Truths } from './read-truth.ts';

const SIZE: Size = { width: 400, height: 300 };
const box = (index: number) => imageRect(50 * index, 100, 40, 40);

/** A picture in which these boxes were found, in pixels of a copy of `measured` size. */
function lookedAt(name: string, found: readonly number[], { scale = 1, sha256 = '' } = {}): LookedAt {
  const detection = parseDetection(
    {
      status: 0,
      faceItems: found.map((index) => {
        const { x, y, width, height } = box(index);
        const bound = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
        return { name: '', arguments: [{ name: 'face_bound', value: JSON.stringify(bound) }] };
      }),
      mediaInfo: { width: SIZE.width * scale, height: SIZE.height * scale },
    },
    undefined,
  );
  if (!detection.ok) throw new Error(detection.error.detail);
  return { name, path: `/somewhere/${name}`, sha256: sha256 || undefined, size: SIZE, detection: detection.value };
}

const told = (
  pictureName: string,
  boxes: readonly number[],
  more: { size?: Size; sha256?: string } = {},
): ToldPicture => ({
  fileName: 'truth.json',
  pictureName,
  sha256: more.sha256,
  annotated: {
    pictureName,
    unit: 'pixels',
    size: more.size ?? SIZE,
    orientation: 1,
    boxes: boxes.map((index) => ({
      bound: box(index),
      kind: 'face',
      faceNo: undefined,
      name: undefined,
      ignored: undefined,
    })),
  },
});
const truths = (...pictures: ToldPicture[]): Truths => ({ pictures, isCompared: () => true, notes: [] });

test('pictures are compared in pixels of their files, whatever copy was measured', () => {
  const { total } = compareSet([lookedAt('a.jpg', [0, 1, 2], { scale: 0.5 })], truths(told('a.jpg', [1, 2, 3])), 0.5);
  expect(total).toEqual({ right: 2, wrong: 1, missed: 1, measured: 2, overlap: 2 });
});

test('a picture that the truth does not tell of is in no figure; one that has no faces there is', () => {
  const pictures = [lookedAt('a.jpg', [0]), lookedAt('b.jpg', [0]), lookedAt('c.jpg', [])];
  const { compared, without, total } = compareSet(pictures, truths(told('b.jpg', []), told('c.jpg', [])), 0.5);
  expect([...compared.keys()].map(({ name }) => name)).toEqual(['b.jpg', 'c.jpg']);
  expect(without.map(({ name }) => name)).toEqual(['a.jpg']);
  expect(total).toMatchObject({ right: 0, wrong: 1, missed: 0 });
});

test('a check knows its picture under another name by the file itself', () => {
  const sha256 = 'f'.repeat(64);
  const pictures = [lookedAt('a.jpg', [0]), lookedAt('renamed.jpg', [1], { sha256 })];
  const { compared } = compareSet(pictures, truths(told('a.jpg', [1], { sha256 })), 0.5);
  expect([...compared.keys()].map(({ name }) => name)).toEqual(['renamed.jpg']);
});

test('a truth of another shape, and pictures that were not looked at, are said', () => {
  const turned = told('a.jpg', [0], { size: { width: 300, height: 400 } });
  const { notes } = compareSet([lookedAt('a.jpg', [0])], truths(turned, told('b.jpg', [0])), 0.5);
  expect(notes).toEqual([
    'The truth measures a.jpg in another shape than the file has, so its boxes may be off.',
    'The truth also tells of 1 picture not looked at here.',
  ]);
});
