import { expect, test } from 'vitest';
import { createSingleFlight } from './single-flight.ts';

/** Work that ends when it is told to. */
function held() {
  const signals: AbortSignal[] = [];
  const ends: ((value: string) => void)[] = [];
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<string>((resolve) => ends.push(resolve));
  };
  return { signals, ends, work };
}
const never = new AbortController().signal;

test('equal work is done once for all who wait, and anew for those who come later', async () => {
  const flights = createSingleFlight<string>();
  const { ends, work } = held();
  const all = [flights.run('a', never, work), flights.run('a', never, work), flights.run('b', never, work)];
  expect(ends).toHaveLength(2);
  ends[0]?.('first');
  ends[1]?.('other');
  expect(await Promise.all(all)).toEqual(['first', 'first', 'other']);
  void flights.run('a', never, work);
  expect(ends).toHaveLength(3);
});

test('one who leaves takes nothing from the others; the last one ends the work', async () => {
  const flights = createSingleFlight<string>();
  const { signals, work } = held();
  const [one, two] = [new AbortController(), new AbortController()];
  const waiting = [flights.run('a', one.signal, work), flights.run('a', two.signal, work)];
  one.abort();
  expect(await waiting[0]).toBeUndefined();
  expect(signals[0]?.aborted).toBe(false);
  two.abort();
  expect(await waiting[1]).toBeUndefined();
  expect(signals[0]?.aborted).toBe(true);
});

test('nobody joins work that is being cut off', async () => {
  const flights = createSingleFlight<string>();
  const { ends, signals, work } = held();
  const leaving = new AbortController();
  const left = flights.run('a', leaving.signal, work);
  leaving.abort();
  await left;
  const next = flights.run('a', never, work);
  expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
  ends[1]?.('second');
  expect(await next).toBe('second');
  expect(await flights.run('a', leaving.signal, work)).toBeUndefined();
});

test('a failure reaches everyone, and is not kept', async () => {
  const flights = createSingleFlight<string>();
  const fail = () => Promise.reject(new Error('no'));
  await Promise.all([
    expect(flights.run('a', never, fail)).rejects.toThrow('no'),
    expect(flights.run('a', never, fail)).rejects.toThrow('no'),
  ]);
  expect(await flights.run('a', never, async () => 'fine')).toBe('fine');
});
