import { expect, test } from 'vitest';
import { createSteadyClock } from './steady-clock.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function clockThat() {
  const time = { day: 1_700_000_000_000, steady: 5_000 };
  const clock = createSteadyClock({ now: () => time.day, monotonic: () => time.steady });
  const pass = (ms: number) => {
    time.day += ms;
    time.steady += ms;
  };
  return { time, clock, pass };
}

test.each([8 * DAY, -8 * DAY, DAY + 1])('a jump of %i ms is believed after an hour', (jump) => {
  const { time, clock, pass } = clockThat();
  pass(30 * DAY);
  expect(clock.isSettled()).toBe(true);
  time.day += jump;
  expect(clock.now()).toBe(time.day);
  expect(clock.isSettled()).toBe(false);
  pass(60 * MINUTE);
  expect(clock.isSettled()).toBe(false);
  pass(1);
  expect(clock.isSettled()).toBe(true);
});

test('a jump back to the right time is one as well, and begins the hour anew', () => {
  const { time, clock, pass } = clockThat();
  time.day += 8 * DAY;
  expect(clock.isSettled()).toBe(false);
  pass(50 * MINUTE);
  time.day -= 8 * DAY;
  expect(clock.isSettled()).toBe(false);
  pass(50 * MINUTE);
  expect(clock.isSettled()).toBe(false);
});

test('a correction of less than a day is none, not even many of them', () => {
  const { time, clock } = clockThat();
  for (let count = 0; count < 10; count += 1) {
    time.day += DAY - 1;
    expect(clock.isSettled()).toBe(true);
  }
});
