import { describe, expect, test } from 'vitest';
import { createPace, followFlow } from './pace.ts';

/** A pace of 1,000 bytes a second, 500 at once, by a clock of the test's own. */
function paced() {
  let time = 0;
  const pace = createPace({ bytesPerSecond: 1000, burst: 500, now: () => time });
  return { pace, pass: (ms: number) => (time += ms) };
}

describe('a pace', () => {
  test('lets come at once what a pause has room for, and then says how long to wait', () => {
    const { pace, pass } = paced();
    expect(pace.waitMs()).toBe(0);
    pace.add(499);
    expect(pace.waitMs()).toBe(0);
    pace.add(1001);
    expect(pace.waitMs()).toBe(1001);
    pass(1000);
    expect(pace.waitMs()).toBe(1);
    pass(1);
    expect(pace.waitMs()).toBe(0);
  });

  test('keeps nothing of a long pause but that', () => {
    const { pace, pass } = paced();
    pass(3_600_000);
    pace.add(600);
    expect(pace.waitMs()).toBe(101);
  });

  test('counts what begins as what it is expected to bring, until it has brought more, or ended with less', () => {
    const { pace } = paced();
    pace.add(300);
    const small = followFlow(pace, 300);
    pace.add(300);
    const large = followFlow(pace, 300);
    expect(pace.waitMs()).toBe(101);
    small.came(100);
    small.end();
    small.end();
    expect(pace.waitMs()).toBe(0);
    large.came(200);
    large.came(500);
    // 100 of the small one, 700 of the large one.
    expect(pace.waitMs()).toBe(301);
    large.end();
    expect(pace.waitMs()).toBe(301);
  });
});
