import { expect, test } from 'vitest';
import { createMemoryFiles } from '#testing/api/memory-stores.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import type { CallerKind } from '../engine.ts';
import { createLocalRecognition } from './recognition.ts';
import { createStoppedPictures } from './stopped-pictures.ts';

const recognitionOf = (detector: ReturnType<typeof createFakeDetector>) =>
  createLocalRecognition({
    detector,
    files: createMemoryFiles(),
    stopped: createStoppedPictures(),
    detectorVersion: 'test',
  });

/** Asks for pictures by name; `loaded` has those whose bytes were read, in that order. */
function asking() {
  const detector = createFakeDetector();
  const release = detector.hold();
  const recognition = recognitionOf(detector);
  const loaded: string[] = [];
  const ask = (name: string, caller: CallerKind) => {
    const load = async () => {
      loaded.push(name);
      return new Uint8Array(1);
    };
    // A signal of its own, as every call has one.
    const { signal } = new AbortController();
    return recognition.recognize({ digest: name, load, key: undefined }, { caller, signal });
  };
  return { detector, release, recognition, loaded, ask };
}

test('only pictures that are next at the detector are read; the others wait as what they are on the disk', async () => {
  const { detector, release, loaded, ask } = asking();
  const calls = ['a', 'b', 'c', 'd', 'e'].map((name) => ask(name, 'session'));
  await expect.poll(() => detector.calls).toBe(3);
  expect(loaded).toHaveLength(3);
  release();
  for (const call of calls) expect((await call).ok).toBe(true);
});

test('a stranger’s pictures, however many, leave a place at the detector, and their line ends', async () => {
  const { detector, release, loaded, ask } = asking();
  const poured = Array.from({ length: 80 }, (_, index) => ask(`stranger ${index}`, 'strangers-bearer'));
  const refused: unknown[] = [];
  for (const call of poured) void call.then((answer) => answer.ok || refused.push(answer.error));
  await expect.poll(() => refused).toEqual(Array(14).fill({ code: 'line-full', before: 64 }));
  expect(detector.calls).toBe(2);
  const mine = ask('mine', 'session');
  await expect.poll(() => loaded).toContain('mine');
  const next = ask('next', 'session');
  release();
  expect([(await mine).ok, (await next).ok]).toEqual([true, true]);
  // Kinds take turns, so that this was not behind all of theirs.
  expect(loaded.indexOf('next')).toBeLessThan(8);
  await Promise.all(poured);
});

test('what waits for the detector is given back when the server is about to stop', async () => {
  const { detector, release, recognition, ask } = asking();
  const calls = ['a', 'b', 'c', 'd'].map((name) => ask(name, 'session'));
  await expect.poll(() => detector.calls).toBe(3);
  recognition.drain();
  const restarting = { ok: false, error: { code: 'restarting' } };
  // Whichever came last waits.
  expect(await Promise.race(calls)).toEqual(restarting);
  expect(await ask('e', 'session')).toEqual(restarting);
  release();
  expect((await Promise.all(calls)).filter(({ ok }) => ok)).toHaveLength(3);
});

test('what the detector has is finished when its caller leaves, belongs to them, and is shared with whoever asks', async () => {
  const { detector, release, recognition, loaded } = await asking();
  const leaving = new AbortController();
  const kept: string[] = [];
  const load = async () => {
    loaded.push('read');
    return new Uint8Array(1);
  };
  const left = recognition.recognize(
    { digest: 'a', load, key: undefined },
    {
      caller: 'session',
      signal: leaving.signal,
      keep: async (names) => void kept.push(...names),
    },
  );
  await expect.poll(() => detector.calls).toBe(1);
  leaving.abort();
  expect(await left).toEqual({ ok: false, error: { code: 'cancelled' } });
  const { signal } = new AbortController();
  const others = (['session', 'strangers-bearer'] as const).map((caller) =>
    recognition.recognize({ digest: 'a', load, key: undefined }, { caller, signal }),
  );
  release();
  const [mine, theirs] = await Promise.all(others);
  expect(mine).toEqual(theirs);
  if (!mine?.ok) throw new Error('nothing was found');
  expect(kept).toEqual(mine.value.files);
  expect([detector.calls, loaded]).toEqual([1, ['read']]);
});

test('a picture whose caller leaves while it waits is not even read', async () => {
  const { detector, release, recognition, loaded, ask } = await asking();
  const before = ['a', 'b', 'c'].map((name) => ask(name, 'session'));
  await expect.poll(() => detector.calls).toBe(3);
  const leaving = new AbortController();
  const left = recognition.recognize(
    {
      digest: 'd',
      load: async () => {
        loaded.push('d');
        return new Uint8Array(1);
      },
      key: undefined,
    },
    { caller: 'session', signal: leaving.signal },
  );
  leaving.abort();
  expect(await left).toEqual({ ok: false, error: { code: 'cancelled' } });
  release();
  await Promise.all(before);
  expect(loaded).not.toContain('d');
});
