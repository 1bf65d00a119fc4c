import { expect, test } from 'vitest';
import { figuresOf, NO_TALLY } from '#page/annotations/model/comparison.ts';
import { judge, thresholdSentence } from './thresholds.ts';

const recallOf = (right: number, missed: number, atLeast: number) => {
  const [judged] = judge([{ figure: 'recall', atLeast }], figuresOf({ ...NO_TALLY, right, missed }));
  if (judged === undefined) throw new Error('nothing was judged');
  return judged;
};

test('a figure that is exactly the least is met', () => {
  const judged = recallOf(19, 1, 0.95);
  expect(judged.isMet).toBe(true);
  expect(thresholdSentence(judged)).toBe('Recall 95.0 % is at least 95.0 %.');
});

test('a figure under it is not, and never looks as if it were', () => {
  expect(thresholdSentence(recallOf(18, 2, 0.95))).toBe('Recall 90.0 % is under 95.0 %.');
  const close = recallOf(94_999, 5001, 0.95);
  expect(close.isMet).toBe(false);
  expect(thresholdSentence(close)).toBe('Recall 94.999 % is under 95.0 %.');
});

test.each(['precision', 'recall', 'f1', 'iou'] as const)(
  '%s of nothing meets no least, not even 0, and says why',
  (figure) => {
    const [judged] = judge([{ figure, atLeast: 0 }], figuresOf(NO_TALLY));
    expect(judged?.isMet).toBe(false);
    expect(judged === undefined ? '' : thresholdSentence(judged)).toMatch(/is –, because .* is not met\./);
  },
);
