import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeadline } from './deadline.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the time begins anew with everything that moves, and ends once nothing does', () => {
  const deadline = startDeadline(1_000, new AbortController().signal);
  for (let step = 0; step < 5; step += 1) {
    vi.advanceTimersByTime(900);
    deadline.restart();
  }
  expect(deadline.isOver()).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect([deadline.isOver(), deadline.signal.aborted]).toEqual([true, true]);
});

test('a clock that was stopped stays so', () => {
  const deadline = startDeadline(1_000, new AbortController().signal);
  deadline.stopClock();
  deadline.restart();
  vi.advanceTimersByTime(5_000);
  expect(deadline.isOver()).toBe(false);
});
