import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Usage } from '../ports.ts';
import { watchUsage } from './watch-usage.ts';

let passed: string[];
let usage: Usage | undefined;
const watch = () =>
  watchUsage(
    () => usage,
    { processorMs: 1000, wallMs: 5000, residentBytes: 100 },
    (limit) => passed.push(limit),
  );
/** Lets time go by in steps, in each of which the child works for as long. */
const pass = (steps: number, { stepMs = 1000, workedMs = 0 } = {}) => {
  for (let step = 0; step < steps; step += 1) {
    if (usage !== undefined) usage = { ...usage, processorMs: usage.processorMs + workedMs };
    vi.advanceTimersByTime(stepMs);
  }
};
beforeEach(() => {
  vi.useFakeTimers();
  passed = [];
  usage = { processorMs: 70_000, residentBytes: 10 };
});
afterEach(() => {
  vi.useRealTimers();
});

it('lets a child go on that is given a hundredth of a processor, for as long as it takes', () => {
  watch();
  pass(60, { workedMs: 10 });
  expect(passed).toEqual([]);
});

it('says when its processor time is over, once, and judges by nothing that came before', () => {
  watch();
  pass(4, { workedMs: 249 });
  expect(passed).toEqual([]);
  pass(4, { workedMs: 249 });
  expect(passed).toEqual(['processor']);
});

it('says when it sleeps, and also when it does nothing but beat', () => {
  watch();
  pass(4, { workedMs: 1 });
  expect(passed).toEqual([]);
  pass(2, { workedMs: 1 });
  expect(passed).toEqual(['clock']);
});

it('says soon when it holds too much', () => {
  watch();
  usage = { processorMs: 70_000, residentBytes: 101 };
  pass(1, { stepMs: 250 });
  expect(passed).toEqual(['memory']);
});

it('goes by the clock where nothing is told', () => {
  usage = undefined;
  watch();
  pass(1, { stepMs: 999 });
  expect(passed).toEqual([]);
  pass(1, { stepMs: 1 });
  expect(passed).toEqual(['processor']);
});

it('says nothing once it was ended', () => {
  watch()();
  pass(60);
  expect(passed).toEqual([]);
});
