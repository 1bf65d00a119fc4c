import { expect, test } from 'vitest';
import { createStoppedPictures } from './stopped-pictures.ts';

test('a picture is remembered for ten minutes, from the last time that it stopped something', () => {
  let now = 0;
  const stopped = createStoppedPictures(() => now);
  expect(stopped.secondsLeft('a')).toBeUndefined();
  expect(stopped.remember('a')).toBe(600);
  now += 121_000;
  expect(stopped.secondsLeft('a')).toBe(479);
  expect(stopped.secondsLeft('b')).toBeUndefined();
  stopped.remember('a');
  now += 599_999;
  expect(stopped.secondsLeft('a')).toBe(1);
  now += 1;
  expect(stopped.secondsLeft('a')).toBeUndefined();
});

test('no more are remembered than a server has room for', () => {
  const stopped = createStoppedPictures(() => 0);
  for (let count = 0; count <= 10_000; count += 1) stopped.remember(String(count));
  expect([stopped.secondsLeft('0'), stopped.secondsLeft('1')]).toEqual([undefined, 600]);
});
