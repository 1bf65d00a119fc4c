import { expect, test } from 'vitest';
import { FRAME_MARK } from './page/bench-page.ts';
import { mainThreadWork, parseTraceEvents } from './trace.ts';

const MAIN = { pid: 1, tid: 1 };
const task = (startMs: number, lengthMs: number, thread = MAIN) => ({
  name: 'RunTask',
  ph: 'X',
  ts: startMs * 1000,
  dur: lengthMs * 1000,
  ...thread,
});
const mark = (atMs: number) => ({ name: FRAME_MARK, ph: 'I', ts: atMs * 1000, ...MAIN });

test('a frame’s work is all that ran from its beginning to the next frame’s', () => {
  const events = parseTraceEvents([task(0, 4), mark(1), task(6, 3), task(16, 5), mark(17), task(32, 2), mark(33)]);
  expect(mainThreadWork(events).perFrame).toEqual([7, 5]);
});

test('other threads do not count', () => {
  const worker = { pid: 1, tid: 2 };
  const events = parseTraceEvents([task(0, 4), mark(1), task(2, 60, worker), task(16, 5), mark(17)]);
  expect(mainThreadWork(events)).toEqual({ perFrame: [4], tasks: [4, 5], longTasks: [] });
});

test('processor time counts where the trace has it, not the time on the clock', () => {
  const events = parseTraceEvents([{ ...task(0, 90), tdur: 8000 }, mark(1), task(100, 5), mark(101)]);
  expect(mainThreadWork(events)).toEqual({ perFrame: [8], tasks: [8, 5], longTasks: [] });
});

test('tasks of more than 50 ms are long', () => {
  const events = parseTraceEvents([task(0, 51), mark(1), task(60, 50), mark(61)]);
  expect(mainThreadWork(events).longTasks).toEqual([51]);
});

test('events that cannot be read are passed over', () => {
  expect(parseTraceEvents([{ name: 'RunTask' }, null, 'x', task(0, 1)])).toHaveLength(1);
});
