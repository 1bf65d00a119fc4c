import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { CallerKind } from '#api/engine.ts';
import type { Usage } from '#detector/ports.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import type { ToCheckChild } from './messages.ts';
import { type CheckChild, createPictureChecker, type PictureChecker, type StartCheckChild } from './picture-checker.ts';
import { startCheckChild } from './start-check-child.ts';

/** A process that does nothing by itself: the test plays its part. */
class Puppet implements CheckChild {
  readonly pid = 4711;
  readonly received: ToCheckChild[] = [];
  killed = false;
  used: Usage = { processorMs: 0, residentBytes: 0 };
  readonly #events: Parameters<StartCheckChild>[0];
  constructor(events: Parameters<StartCheckChild>[0]) {
    this.#events = events;
  }
  send(message: ToCheckChild): void {
    this.received.push(message);
  }
  usage(): Usage {
    return this.used;
  }
  isBehind = false;
  standBehind(isBehind: boolean): void {
    this.isBehind = isBehind;
  }
  kill(): void {
    this.killed = true;
  }
  becomeReady(): void {
    this.#events.onMessage({ type: 'ready' });
  }
  pass(): void {
    this.#events.onMessage({ type: 'checked', job: this.received.at(-1)?.job ?? 0 });
  }
  goDown(isFromOutside = false): void {
    this.#events.onExit({ reason: 'it fell over', stderrTail: '', isFromOutside });
  }
}

const never = new AbortController().signal;
const passed = { ok: true, value: undefined };
const cancelled = { ok: false, error: { code: 'cancelled' } };
const stopped = { ok: false, error: { code: 'picture-stopped', retryAfterSeconds: 600 } };

describe('the checker', () => {
  let puppets: Puppet[];
  let checker: PictureChecker;
  const puppet = (index: number): Puppet => {
    const found = puppets[index];
    if (found === undefined) throw new Error(`Process ${index} was not started`);
    return found;
  };
  const check = (name: string, signal = never, caller: CallerKind = 'session') =>
    checker.checkLinked({ path: name, digest: name, type: 'image/png' }, { caller, signal });
  /** What was begun goes on as far as it can. */
  const settle = () => vi.advanceTimersByTimeAsync(0);
  /** A check that does not wait behind what the first process is busy with: the second one passes it. */
  const passInSecondProcess = async (name: string) => {
    const checked = check(name);
    await vi.advanceTimersByTimeAsync(300);
    puppet(1).becomeReady();
    await settle();
    puppet(1).pass();
    expect(await checked).toEqual(passed);
  };
  const pathsOf = (one: Puppet) => one.received.map(({ path }) => path);

  beforeEach(() => {
    vi.useFakeTimers();
    puppets = [];
    checker = createPictureChecker({
      stopped: createStoppedPictures(),
      startChild: (events) => {
        const made = new Puppet(events);
        puppets.push(made);
        return made;
      },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('looks at one picture after the other in one process while that is quick', async () => {
    const checks = ['a', 'b', 'c'].map((name) => check(name));
    await settle();
    puppet(0).becomeReady();
    for (const name of ['a', 'b', 'c']) {
      await settle();
      expect(pathsOf(puppet(0)).at(-1)).toBe(name);
      puppet(0).pass();
    }
    expect(await Promise.all(checks)).toEqual([passed, passed, passed]);
    expect(puppets).toHaveLength(1);
  });

  test('starts a second process for who would wait behind a costly picture, and ends it when it is not needed', async () => {
    puppet(0).becomeReady();
    const slow = check('slow');
    const quick = check('quick');
    await vi.advanceTimersByTimeAsync(300);
    puppet(1).becomeReady();
    await settle();
    expect(pathsOf(puppet(1))).toEqual(['quick']);
    puppet(1).pass();
    expect(await quick).toEqual(passed);
    await vi.advanceTimersByTimeAsync(30_000);
    expect([puppet(0).killed, puppet(1).killed]).toEqual([false, true]);
    puppet(1).goDown(true);
    puppet(0).pass();
    expect(await slow).toEqual(passed);
  });

  test('leaves a process for others, however much a stranger sends', async () => {
    puppet(0).becomeReady();
    const poured = ['a', 'b', 'c'].map((name) => check(name, never, 'strangers-bearer'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(puppets).toHaveLength(1);
    await passInSecondProcess('mine');
    for (const _ of poured) {
      puppet(0).pass();
      await settle();
    }
    expect(await Promise.all(poured)).toEqual([passed, passed, passed]);
  });

  test('keeps the process that is idle for others while a stranger ends one after the other', async () => {
    puppet(0).becomeReady();
    const costly = check('costly', never, 'strangers-bearer');
    await passInSecondProcess('mine');
    puppet(0).goDown();
    expect(await costly).toEqual(stopped);
    // One is idle, one starts: the next stranger waits for the start, and who is no stranger waits for nothing.
    const next = check('next', never, 'strangers-bearer');
    await settle();
    const mineAgain = check('mine again');
    await settle();
    expect(pathsOf(puppet(1))).toEqual(['mine', 'mine again']);
    puppet(1).pass();
    puppet(2).becomeReady();
    await settle();
    expect(pathsOf(puppet(2))).toEqual(['next']);
    puppet(2).pass();
    expect(await Promise.all([mineAgain, next])).toEqual([passed, passed]);
  });

  test('gives a process that is free to who is no stranger first', async () => {
    const strangers = check('a', never, 'strangers-bearer');
    await settle();
    const mine = check('b');
    await settle();
    puppet(0).becomeReady();
    await settle();
    expect(pathsOf(puppet(0))).toEqual(['b']);
    puppet(0).pass();
    await settle();
    expect(pathsOf(puppet(0))).toEqual(['b', 'a']);
    puppet(0).pass();
    expect(await Promise.all([strangers, mine])).toEqual([passed, passed]);
  });

  test('lets faces go before a stranger’s picture, and before any that is costly', async () => {
    puppet(0).becomeReady();
    const strangers = check('a', never, 'strangers-bearer');
    await settle();
    expect(puppet(0).isBehind).toBe(true);
    puppet(0).pass();
    const mine = check('b');
    await settle();
    expect(puppet(0).isBehind).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(puppet(0).isBehind).toBe(true);
    puppet(0).pass();
    const next = check('c');
    await settle();
    expect(puppet(0).isBehind).toBe(false);
    puppet(0).pass();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(puppet(0).isBehind).toBe(false);
    expect(await Promise.all([strangers, mine, next])).toEqual([passed, passed, passed]);
  });

  test('starts a process behind the faces of others, and beside them while somebody waits for it who is no stranger', async () => {
    expect(puppet(0).isBehind).toBe(true);
    const strangers = check('a', never, 'strangers-bearer');
    await settle();
    expect(puppet(0).isBehind).toBe(true);
    const mine = check('b');
    await settle();
    expect(puppet(0).isBehind).toBe(false);
    puppet(0).becomeReady();
    await settle();
    puppet(0).goDown(true);
    await settle();
    // Both wait for the next one: the stranger for a second try.
    expect(puppet(1).isBehind).toBe(false);
    puppet(1).becomeReady();
    await settle();
    puppet(1).pass();
    await settle();
    puppet(1).goDown();
    expect(await mine).toEqual(passed);
    // Nobody but the stranger.
    expect(await strangers).toEqual(stopped);
    expect(puppet(2).isBehind).toBe(true);
  });

  test('ends a check whose caller has left, unless it is done at once, and tells the caller without waiting', async () => {
    puppet(0).becomeReady();
    const leaving = new AbortController();
    const left = check('a', leaving.signal);
    await settle();
    leaving.abort();
    expect(await left).toEqual(cancelled);
    expect(puppet(0).killed).toBe(false);
    puppet(0).used = { processorMs: 260, residentBytes: 0 };
    await vi.advanceTimersByTimeAsync(250);
    expect(puppet(0).killed).toBe(true);
    puppet(0).goDown(true);
    const again = check('a');
    await settle();
    puppet(1).becomeReady();
    await settle();
    puppet(1).pass();
    expect(await again).toEqual(passed);
  });

  test('does not begin a check whose caller has left before its turn', async () => {
    puppet(0).becomeReady();
    const leaving = new AbortController();
    const checks = [check('a'), check('b', leaving.signal)];
    await settle();
    leaving.abort();
    puppet(0).pass();
    expect(await Promise.all(checks)).toEqual([passed, cancelled]);
    await settle();
    expect(pathsOf(puppet(0))).toEqual(['a']);
  });

  test.each([
    ['takes too much processor time', { processorMs: 20_000, residentBytes: 0 }],
    ['takes too much memory', { processorMs: 10, residentBytes: 1.1e9 }],
  ])('ends a check that %s, once, and remembers the picture', async (_name, used) => {
    puppet(0).becomeReady();
    const answer = check('a');
    await settle();
    puppet(0).used = used;
    await vi.advanceTimersByTimeAsync(250);
    expect(puppet(0).killed).toBe(true);
    puppet(0).goDown(true);
    expect(await answer).toEqual(stopped);
    expect(await check('a')).toEqual(stopped);
    const other = check('b');
    await settle();
    puppet(1).becomeReady();
    await settle();
    puppet(1).pass();
    expect(await other).toEqual(passed);
  });

  test('remembers a picture that brings its process down, and holds what an operator ends against none', async () => {
    puppet(0).becomeReady();
    const poison = check('poison');
    await settle();
    puppet(0).goDown();
    expect(await poison).toEqual(stopped);

    const innocent = check('innocent');
    for (const index of [1, 2, 3]) {
      await settle();
      puppet(index).becomeReady();
      await settle();
      puppet(index).goDown(true);
    }
    expect(await innocent).toEqual({ ok: false, error: { code: 'interrupted' } });
    const again = check('innocent');
    await settle();
    puppet(4).becomeReady();
    await settle();
    puppet(4).pass();
    expect(await again).toEqual(passed);
  });

  test('tries once more, with less time, what slept', async () => {
    puppet(0).becomeReady();
    const answer = check('a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(puppet(0).killed).toBe(true);
    puppet(0).goDown(true);
    await settle();
    puppet(1).becomeReady();
    await vi.advanceTimersByTimeAsync(30_000);
    puppet(1).goDown(true);
    expect(await answer).toEqual(stopped);
  });

  test('answers everyone when it is closed, and is done when its processes are gone', async () => {
    puppet(0).becomeReady();
    const checks = [check('a'), check('b')];
    await settle();
    const closing = checker.close();
    expect(puppet(0).killed).toBe(true);
    puppet(0).goDown(true);
    await closing;
    expect(await Promise.all(checks)).toEqual([cancelled, cancelled]);
    expect(puppets).toHaveLength(1);
  });
});

describe('the checker with its real process', () => {
  test('looks at pictures on the disk, and at those that come after its end by somebody else', async () => {
    const temporary = await temporaryDir();
    const pids: number[] = [];
    const checker = createPictureChecker({
      stopped: createStoppedPictures(),
      startChild: (events) => {
        const child = startCheckChild(events);
        pids.push(child.pid ?? 0);
        return child;
      },
    });
    const upload = async (name: string, bytes: Uint8Array) => {
      const file = path.join(temporary.dir, name);
      await writeFile(file, bytes);
      return checker.checkUpload({ path: file, digest: name }, 'image/jpeg', { caller: 'session', signal: never });
    };
    const whole = await jpeg(400, 300);
    expect(await upload('whole', whole)).toEqual({ ok: true, value: 'jpg' });
    expect(await upload('small', await jpeg(200, 300))).toEqual({
      ok: false,
      error: { code: 'picture-too-small', width: 200, height: 300 },
    });
    const cut = await upload('cut', whole.subarray(0, whole.length - 200));
    expect(cut).toEqual({ ok: false, error: { code: 'unreadable-picture', reason: 'it is damaged or cut off' } });
    process.kill(pids[0] ?? 0, 'SIGKILL');
    expect(await upload('after', whole)).toEqual({ ok: true, value: 'jpg' });
    expect(pids).toHaveLength(2);
    await checker.close();
    await temporary.remove();
  });
});
