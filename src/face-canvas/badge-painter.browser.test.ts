import { expect, test } from 'vitest';
import { stageRect } from '#shared/geometry/spaces.ts';
import { badgeSize, nameBadgeSize } from './badge-painter.ts';

test('numbers are text: they grow with it, small ones too', () => {
  for (const side of [20, 200]) {
    const box = stageRect(0, 0, side, side);
    const usual = badgeSize('12', box, 1);
    expect(badgeSize('12', box, 2)).toEqual({ width: 2 * usual.width, height: 2 * usual.height });
  }
  const named = { label: '12', tone: '#56b4e9', name: 'face_11' };
  const usual = nameBadgeSize(named, 1);
  expect(nameBadgeSize(named, 1.5)).toEqual({ width: 1.5 * usual.width, height: 1.5 * usual.height });
});
