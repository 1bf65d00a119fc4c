import { expect, test } from 'vitest';
import { truthOf } from '#page/annotations/index.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { annotatedRecord } from './record-truth.ts';
import type { CheckRecord, Verdict } from './verdict.ts';

const box = (index: number) => imageRect(100 * index, 10, 50, 60);
const recordOf = (verdicts: readonly Verdict[]): CheckRecord => ({
  set: '0'.repeat(32),
  file: 'a'.repeat(64),
  sent: 'a'.repeat(64),
  engine: 'embedded',
  version: '1',
  name: 'team.jpg',
  size: { width: 1000, height: 500 },
  faces: verdicts.map((verdict, index) => ({ faceNo: index + 1, bound: box(index), verdict })),
  missed: [{ id: 1, bound: box(9) }],
  note: '',
  done: false,
  changedAt: 1,
});

test('right faces, drawn ones and drawn places are the truth; a place that nobody drew counts neither way', () => {
  const picture = annotatedRecord(
    recordOf([
      { kind: 'right' },
      { kind: 'wrong', reason: 'not-a-face' },
      { kind: 'wrong', reason: 'double' },
      { kind: 'wrong', reason: 'shifted', place: box(5) },
      { kind: 'wrong', reason: 'wrong-size' },
      { kind: 'wrong', reason: 'other', isFace: false },
      { kind: 'wrong' },
    ]),
  );
  const size = { width: 1000, height: 500 };
  expect(truthOf(picture, size, size, () => true)).toEqual([
    { bound: box(0) },
    { bound: box(5) },
    { bound: box(4), ignored: 'one' },
    { bound: box(9) },
  ]);
});

test('it lies on a picture of another size, too', () => {
  const size = { width: 2000, height: 1000 };
  const [first] = truthOf(annotatedRecord(recordOf([{ kind: 'right' }])), size, size, () => true);
  expect(first?.bound).toEqual(imageRect(0, 20, 100, 120));
});
