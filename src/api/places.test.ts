import { describe, expect, test } from 'vitest';
import type { CallerKind } from './engine.ts';
import { createPlaces, type Places } from './places.ts';

const MOST = { session: 2, 'configured-bearer': 2, 'strangers-bearer': 1 } as const;

/** Takes places by kind; `got` has the callers that have one, in the order in which they got it. */
function crowd(places: Places) {
  const got: string[] = [];
  const leave = new Map<string, () => void>();
  const take = async (name: string, kind: CallerKind, signal?: AbortSignal) => {
    const place = await places.take(kind, signal);
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
