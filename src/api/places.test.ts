import { describe, expect, test, vi } from 'vitest';
import type { CallerKind } from './engine.ts';
import { createPlaces, type Places } from './places.ts';

const MOST = { session: 2, 'configured-bearer': 2, 'strangers-bearer': 1 } as const;

/** Takes places by kind; `got` has the callers that have one, in the order in which they got it. */
function crowd(places: Places) {
  const got: string[] = [];
  const leave = new Map<string, () => void>();
  const take = async (name: string, kind: CallerKind, signal?: AbortSignal, owner?: string) => {
    const place = await places.take(kind, signal, owner);
    if (!place.ok) return place.error;
    got.push(name);
    leave.set(name, place.value);
    return undefined;
  };
  return { got, take, leave: (name: string) => leave.get(name)?.() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('places by kind of caller', () => {
  test('are never more than a kind may hold, however many ask', async () => {
    const { got, take, leave } = crowd(createPlaces({ most: MOST, line: 9 }));
    for (const name of ['s1', 's2', 's3']) void take(name, 'strangers-bearer');
    for (const name of ['p1', 'p2', 'p3']) void take(name, 'session');
    await settled();
    expect(got).toEqual(['s1', 'p1', 'p2']);
    leave('s1');
    leave('s1');
    await settled();
    expect(got).toEqual(['s1', 'p1', 'p2', 's2']);
  });

  test('go to the kind that holds fewest, in turns where that is equal, and in order within it', async () => {
    const { got, take, leave } = crowd(createPlaces({ all: 2, most: MOST, line: 9 }));
    void take('p1', 'session');
    void take('p2', 'session');
    for (const name of ['p3', 'p4']) void take(name, 'session');
    for (const name of ['s1', 's2']) void take(name, 'strangers-bearer');
    void take('c1', 'configured-bearer');
    await settled();
    for (const name of ['p1', 'p2', 's1', 'c1', 'p3', 's2']) {
      leave(name);
      await settled();
    }
    expect(got).toEqual(['p1', 'p2', 'c1', 's1', 'p3', 's2', 'p4']);
  });

  test('go to the owner who holds fewest within a kind, however long the others’ line is', async () => {
    const { got, take, leave } = crowd(createPlaces({ most: MOST, line: 9 }));
    for (const name of ['a1', 'a2', 'a3', 'a4']) void take(name, 'session', undefined, 'anna');
    for (const name of ['b1', 'b2']) void take(name, 'session', undefined, 'ben');
    await settled();
    for (const name of ['a1', 'a2', 'b1', 'a3']) {
      leave(name);
      await settled();
    }
    expect(got).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
  });

  test('are taken when the gate opens, in the same order as without it', async () => {
    vi.useFakeTimers();
    try {
      let begun = 0;
      let opensIn = 0;
      const gate = {
        waitMs: () => opensIn,
        onBegin: () => {
          begun += 1;
          opensIn = 100;
        },
      };
      const { got, take } = crowd(createPlaces({ most: MOST, line: 9, gate }));
      const later = async () => {
        opensIn = 0;
        await vi.advanceTimersByTimeAsync(100);
      };
      void take('s1', 'strangers-bearer');
      void take('p1', 'session');
      void take('s2', 'strangers-bearer');
      void take('p2', 'session');
      await vi.advanceTimersByTimeAsync(50);
      expect(got).toEqual(['s1']);
      await later();
      expect(got).toEqual(['s1', 'p1']);
      await later();
      await later();
      // The second stranger waits for the first one's place.
      expect(got).toEqual(['s1', 'p1', 'p2']);
      expect(begun).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test('tell who waits, and for how long the first of them has', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const places = createPlaces({ most: MOST, line: 9 });
      const { take, leave } = crowd(places);
      expect(places.line()).toEqual({ waiting: 0, oldestMs: 0 });
      void take('s1', 'strangers-bearer');
      void take('s2', 'strangers-bearer');
      vi.advanceTimersByTime(2_000);
      for (const name of ['p1', 'p2', 'p3']) void take(name, 'session');
      vi.advanceTimersByTime(500);
      expect(places.line()).toEqual({ waiting: 2, oldestMs: 2_500 });
      await settled();
      leave('s1');
      expect(places.line()).toEqual({ waiting: 1, oldestMs: 500 });
    } finally {
      vi.useRealTimers();
    }
  });

  test('are refused where the line is full, with how many stand in it; another kind’s line is its own', async () => {
    const { take } = crowd(createPlaces({ most: MOST, line: 2 }));
    for (const name of ['s1', 's2', 's3']) void take(name, 'strangers-bearer');
    expect(await take('s4', 'strangers-bearer')).toEqual({ code: 'line-full', before: 2 });
    expect(await take('p1', 'session')).toBeUndefined();
  });

  test('are not kept for whoever has left the line', async () => {
    const { got, take, leave } = crowd(createPlaces({ most: MOST, line: 9 }));
    const leaving = new AbortController();
    void take('s1', 'strangers-bearer');
    const left = take('s2', 'strangers-bearer', leaving.signal);
    void take('s3', 'strangers-bearer');
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    leave('s1');
    await settled();
    expect(got).toEqual(['s1', 's3']);
  });

  test('are given back by a server that is about to stop; those who have one keep it', async () => {
    const places = createPlaces({ most: MOST, line: 9 });
    const { got, take, leave } = crowd(places);
    void take('s1', 'strangers-bearer');
    const waiting = take('s2', 'strangers-bearer');
    places.drain();
    expect(await waiting).toEqual({ code: 'restarting' });
    expect(await take('s3', 'strangers-bearer')).toEqual({ code: 'restarting' });
    leave('s1');
    expect(got).toEqual(['s1']);
  });
});
