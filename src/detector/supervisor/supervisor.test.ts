import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DetectionOutcome } from '../detection.ts';
import type { DetectorHost, HostEvents, Usage } from '../ports.ts';
import type { ToChild } from './messages.ts';
import { DetectorSupervisor } from './supervisor.ts';

/** A child that does nothing by itself: the test plays its part. */
class PuppetChild implements DetectorHost {
  readonly pid = 4711;
  readonly received: ToChild[] = [];
  killed = false;
  isBack = false;
  /** Processor time that the machine tells of it. */
  worked: number | undefined;
  residentBytes = 0;
  readonly #events: HostEvents;

  constructor(events: HostEvents) {
    this.#events = events;
  }
  send(message: ToChild): void {
    this.received.push(message);
  }
  kill(): void {
    this.killed = true;
  }
  usage(): Usage | undefined {
    return this.worked === undefined ? undefined : { processorMs: this.worked, residentBytes: this.residentBytes };
  }
  stepBack(isBack: boolean): void {
    this.isBack = isBack;
  }

  becomeReady(): void {
    this.#events.onMessage({ type: 'ready' });
  }
  /** Answers the job that was sent for a picture with these bytes. */
  answer(name: number): void {
    const message = this.received.find(({ picture }) => picture[0] === name);
    if (message === undefined) throw new Error(`The child never got picture ${name}.`);
    this.#events.onMessage({ type: 'found', job: message.job, outcome: outcomeOf(name) });
  }
  goDown(reason = 'it fell over', isFromOutside = false): void {
    this.#events.onExit({ reason, stderrTail: 'for the log', isFromOutside });
  }
  beKilledByAnOperator(): void {
    this.goDown('it was ended by SIGKILL', true);
  }
  get pictures(): (number | undefined)[] {
    return this.received.map(({ picture }) => picture[0]);
  }
}

/** An outcome that tells which picture it belongs to by its width. */
const outcomeOf = (name: number): DetectionOutcome & { faces: [] } => ({ width: name, height: 1, faces: [] });

const JOB_TIMEOUT_MS = 1000;
const JOB_WALL_MS = 30_000;
const JOB_BYTES = 1e9;
const START_TIMEOUT_MS = 5000;

describe('the supervisor', () => {
  let children: PuppetChild[];
  let supervisor: DetectorSupervisor;
  const never = new AbortController().signal;
  const newest = (): PuppetChild => {
    const child = children.at(-1);
    if (child === undefined) throw new Error('no child was started');
    return child;
  };
  const detect = (name: number, signal = never) => supervisor.detect(Uint8Array.of(name), signal);
  const found = (name: number) => ({ ok: true, value: outcomeOf(name) });
  const failed = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

  beforeEach(() => {
    vi.useFakeTimers();
    children = [];
    supervisor = new DetectorSupervisor({
      startChild: (events) => {
        const child = new PuppetChild(events);
        children.push(child);
        return child;
      },
      queueLimit: 3,
      jobLimit: { processorMs: JOB_TIMEOUT_MS, wallMs: JOB_WALL_MS, residentBytes: JOB_BYTES },
      startLimit: { processorMs: START_TIMEOUT_MS, wallMs: 60_000 },
      logger: undefined,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  describe('with a healthy child', () => {
    it('lets jobs wait until the child is ready, then sends two at a time in the order of the calls', async () => {
      const answers = [1, 2, 3].map((name) => detect(name));
      expect(newest().pictures).toEqual([]);
      newest().becomeReady();
      expect(newest().pictures).toEqual([1, 2]);
      newest().answer(1);
      expect(newest().pictures).toEqual([1, 2, 3]);
      newest().answer(3);
      newest().answer(2);
      expect(await Promise.all(answers)).toEqual([found(1), found(2), found(3)]);
    });

    it('refuses a job when the queue is full and says when to come back', async () => {
      newest().becomeReady();
      const accepted = [1, 2, 3, 4, 5].map((name) => detect(name));
      const refused = await detect(6);
      expect(refused).toEqual({ ok: false, error: { code: 'queue-full', retryAfterSeconds: expect.any(Number) } });
      expect(refused.ok || (refused.error.code === 'queue-full' && refused.error.retryAfterSeconds)).toBeGreaterThan(0);
      newest().answer(1);
      const later = detect(7);
      for (const name of [2, 3, 4, 5, 7]) newest().answer(name);
      expect(await later).toEqual(found(7));
      expect(await Promise.all(accepted)).toEqual([1, 2, 3, 4, 5].map(found));
    });
  });

  describe('beside other programs', () => {
    /** What is told of a picture for which the child worked and waited for so long, in milliseconds. */
    const answerAfter = async (worked: number, waited: number) => {
      newest().worked = 100;
      newest().becomeReady();
      const answer = detect(1);
      newest().worked = 100 + worked;
      vi.setSystemTime(Date.now() + worked + waited);
      vi.advanceTimersByTime(worked + waited);
      newest().answer(1);
      return answer;
    };

    it('tells that a job waited for the processor longer than it was worked on', async () => {
      expect(await answerAfter(300, 900)).toEqual({ ok: true, value: { ...outcomeOf(1), isHeldUp: true } });
    });

    it.each([
      [800, 700, 'it worked longer'],
      [100, 300, 'nobody notices'],
      [400, -150, 'two threads worked'],
    ])('tells nothing where it worked for %i ms and waited for %i: %s', async (worked, waited) => {
      expect(await answerAfter(worked, waited)).toEqual(found(1));
    });
  });

  describe('before the server stops', () => {
    it('gives back what waits and what comes, and finishes what the child works on', async () => {
      newest().becomeReady();
      const answers = [1, 2, 3, 4].map((name) => detect(name));
      supervisor.drain();
      expect(await Promise.all(answers.slice(2))).toEqual([failed('restarting'), failed('restarting')]);
      expect(await detect(5)).toEqual(failed('restarting'));
      newest().answer(1);
      newest().answer(2);
      expect(await Promise.all(answers.slice(0, 2))).toEqual([found(1), found(2)]);
      expect(newest().pictures).toEqual([1, 2]);
    });
  });

  it('gives back what its child takes along when that goes down before a stop', async () => {
    newest().becomeReady();
    const answer = detect(1);
    supervisor.drain();
    newest().goDown();
    expect(await answer).toEqual(failed('restarting'));
  });

  describe('when a caller goes away', () => {
    it('takes a waiting job out of the queue, so that the child never sees it', async () => {
      newest().becomeReady();
      const caller = new AbortController();
      const [first, second, third, fourth] = [detect(1), detect(2), detect(3, caller.signal), detect(4)];
      caller.abort();
      expect(await third).toEqual(failed('cancelled'));
      for (const name of [1, 2, 4]) newest().answer(name);
      expect(await Promise.all([first, second, fourth])).toEqual([found(1), found(2), found(4)]);
      expect(newest().pictures).toEqual([1, 2, 4]);
    });

    it('drops the result of a job that the child already works on, and goes on', async () => {
      newest().becomeReady();
      const caller = new AbortController();
      const [left, next] = [detect(1, caller.signal), detect(2)];
      caller.abort();
      expect(await left).toEqual(failed('cancelled'));
      newest().answer(1);
      newest().answer(2);
      expect(await next).toEqual(found(2));
    });

    it('does not even start for a caller who left before the call', async () => {
      newest().becomeReady();
      expect(await detect(1, AbortSignal.abort())).toEqual(failed('cancelled'));
      expect(newest().pictures).toEqual([]);
    });

    it('does not try a job again that nobody waits for', async () => {
      newest().becomeReady();
      const caller = new AbortController();
      const left = detect(1, caller.signal);
      caller.abort();
      newest().goDown();
      vi.advanceTimersByTime(0);
      newest().becomeReady();
      expect(newest().pictures).toEqual([]);
      expect(await left).toEqual(failed('cancelled'));
    });
  });

  describe('when the child goes down', () => {
    const restart = (): void => {
      vi.advanceTimersToNextTimer();
      newest().becomeReady();
    };

    it('gives its jobs to the next child, one by one, and then goes on as before', async () => {
      newest().becomeReady();
      const answers = [1, 2, 3, 4].map((name) => detect(name));
      newest().goDown();
      vi.advanceTimersByTime(0);
      expect(children).toHaveLength(2);
      newest().becomeReady();
      expect(newest().pictures).toEqual([1]);
      newest().answer(1);
      expect(newest().pictures).toEqual([1, 2]);
      newest().answer(2);
      expect(newest().pictures).toEqual([1, 2, 3, 4]);
      newest().answer(3);
      newest().answer(4);
      expect(await Promise.all(answers)).toEqual([1, 2, 3, 4].map(found));
    });

    it('fails a picture that brings down a child that it has for itself, and only that one', async () => {
      newest().becomeReady();
      const [poison, neighbour] = [detect(1), detect(2)];
      newest().goDown();
      restart();
      newest().goDown();
      expect(await poison).toEqual(failed('picture-stopped'));
      restart();
      newest().answer(2);
      expect(await neighbour).toEqual(found(2));
    });

    it('tries no picture again that was alone with it at the first time', async () => {
      newest().becomeReady();
      const poison = detect(1);
      newest().goDown();
      expect(await poison).toEqual(failed('picture-stopped'));
    });

    it('lets nobody wait for the next one longer because of pictures that bring it down', async () => {
      newest().becomeReady();
      for (const name of [1, 2, 3, 4]) {
        const poison = detect(name);
        newest().goDown();
        expect(await poison).toEqual(failed('picture-stopped'));
        vi.advanceTimersByTime(0);
        newest().becomeReady();
      }
      expect(children).toHaveLength(5);
    });

    it('holds what an operator ends against no picture, and says so when it happens each time', async () => {
      newest().becomeReady();
      const answers = [detect(1), detect(2)];
      for (const _ of [1, 2]) {
        newest().beKilledByAnOperator();
        restart();
        expect(newest().pictures).toEqual([1, 2]);
      }
      newest().answer(2);
      newest().beKilledByAnOperator();
      expect(await Promise.all(answers)).toEqual([failed('interrupted'), found(2)]);
    });

    it('waits longer and longer before the next start while nothing is ever finished', () => {
      const startsWithin = (ms: number): boolean => {
        const before = children.length;
        vi.advanceTimersByTime(ms);
        return children.length > before;
      };
      newest().becomeReady();
      newest().goDown();
      expect(startsWithin(0)).toBe(true);
      newest().goDown();
      expect(startsWithin(200)).toBe(false);
      expect(startsWithin(50)).toBe(true);
      newest().goDown();
      expect(startsWithin(450)).toBe(false);
      expect(startsWithin(50)).toBe(true);
    });

    it('starts at once again after a child that did finish something', async () => {
      newest().becomeReady();
      newest().goDown();
      restart();
      newest().goDown();
      restart();
      const answer = detect(1);
      newest().answer(1);
      await answer;
      const before = children.length;
      newest().goDown();
      vi.advanceTimersByTime(0);
      expect(children).toHaveLength(before + 1);
    });
  });

  describe('when the child hangs', () => {
    it('kills it after the time of one job, and tries that job no second time', async () => {
      newest().becomeReady();
      const answer = detect(1);
      vi.advanceTimersByTime(JOB_TIMEOUT_MS - 1);
      expect(newest().killed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(newest().killed).toBe(true);
      newest().beKilledByAnOperator();
      expect(await answer).toEqual(failed('picture-stopped'));
    });

    it('tries each of two by itself, with half of the time, and fails the one that takes too long again', async () => {
      newest().becomeReady();
      const [slow, behind] = [detect(1), detect(2)];
      vi.advanceTimersByTime(JOB_TIMEOUT_MS);
      newest().goDown();
      vi.advanceTimersByTime(0);
      newest().becomeReady();
      expect(newest().pictures).toEqual([1]);
      vi.advanceTimersByTime(JOB_TIMEOUT_MS / 2);
      expect(newest().killed).toBe(true);
      newest().goDown();
      expect(await slow).toEqual(failed('picture-stopped'));
      vi.advanceTimersByTime(0);
      newest().becomeReady();
      newest().answer(2);
      expect(await behind).toEqual(found(2));
    });

    it('blames nobody for a child whose answer came just too late', async () => {
      newest().becomeReady();
      const [late, behind] = [detect(1), detect(2)];
      vi.advanceTimersByTime(JOB_TIMEOUT_MS);
      newest().answer(1);
      newest().goDown();
      expect(await late).toEqual(found(1));
      vi.advanceTimersByTime(0);
      newest().becomeReady();
      newest().answer(2);
      expect(await behind).toEqual(found(2));
    });

    it('gives every job its own time, however long it waited for others', async () => {
      newest().becomeReady();
      const answers = [1, 2].map((name) => detect(name));
      vi.advanceTimersByTime(JOB_TIMEOUT_MS - 1);
      newest().answer(1);
      vi.advanceTimersByTime(JOB_TIMEOUT_MS - 1);
      expect(newest().killed).toBe(false);
      newest().answer(2);
      await Promise.all(answers);
      vi.advanceTimersByTime(10 * JOB_TIMEOUT_MS);
      expect(newest().killed).toBe(false);
    });
  });

  describe('where the machine tells how much the child worked', () => {
    /** A child with a picture, after it has worked for this long on others. */
    const working = () => {
      newest().worked = 5 * JOB_TIMEOUT_MS;
      newest().becomeReady();
      return detect(1);
    };

    it('lets one that is given no time go on, and has its answer', async () => {
      const answer = working();
      vi.advanceTimersByTime(10 * JOB_TIMEOUT_MS);
      expect(newest().killed).toBe(false);
      newest().answer(1);
      expect(await answer).toEqual({ ok: true, value: { ...outcomeOf(1), isHeldUp: true } });
    });

    it('kills one that has used up its time, soon after, however fast', () => {
      void working();
      vi.advanceTimersByTime(JOB_TIMEOUT_MS / 4);
      newest().worked = 6 * JOB_TIMEOUT_MS;
      vi.advanceTimersByTime(JOB_TIMEOUT_MS / 4);
      expect(newest().killed).toBe(true);
    });

    it('kills one that sleeps, by the clock, and tries its picture once more', async () => {
      const answer = working();
      vi.advanceTimersByTime(JOB_WALL_MS - 1);
      expect(newest().killed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(newest().killed).toBe(true);
      newest().goDown();
      vi.advanceTimersByTime(0);
      newest().worked = 0;
      newest().becomeReady();
      vi.advanceTimersByTime(JOB_WALL_MS / 2);
      newest().goDown();
      expect(await answer).toEqual(failed('picture-stopped'));
    });

    it('kills one that holds too much memory', async () => {
      const answer = working();
      newest().residentBytes = JOB_BYTES + 1;
      vi.advanceTimersByTime(JOB_TIMEOUT_MS / 4);
      expect(newest().killed).toBe(true);
      newest().goDown();
      expect(await answer).toEqual(failed('picture-stopped'));
    });

    it('counts from the start of each job', async () => {
      const first = working();
      newest().worked = 5.9 * JOB_TIMEOUT_MS;
      newest().answer(1);
      await first;
      void detect(2);
      newest().worked = 6.8 * JOB_TIMEOUT_MS;
      vi.advanceTimersByTime(2 * JOB_TIMEOUT_MS);
      expect(newest().killed).toBe(false);
    });
  });

  it('steps back and stands beside the others again with whichever child there is', () => {
    supervisor.stepBack(true);
    expect(newest().isBack).toBe(true);
    newest().becomeReady();
    newest().goDown();
    vi.advanceTimersByTime(0);
    expect(newest().isBack).toBe(true);
    supervisor.stepBack(false);
    expect(newest().isBack).toBe(false);
  });

  describe('when the child cannot be started', () => {
    it('tells waiting callers after the second try, new ones at once, and serves again once it works', async () => {
      const waiting = detect(1);
      newest().goDown('no models');
      vi.advanceTimersByTime(0);
      newest().goDown('no models');
      expect(await waiting).toEqual({ ok: false, error: { code: 'detector-failed', reason: 'no models' } });
      expect(await detect(2)).toEqual(failed('detector-failed'));
      vi.advanceTimersToNextTimer();
      newest().becomeReady();
      const answer = detect(3);
      newest().answer(3);
      expect(await answer).toEqual(found(3));
    });

    it('kills a child that is not ready in time', () => {
      vi.advanceTimersByTime(START_TIMEOUT_MS);
      expect(newest().killed).toBe(true);
    });

    it('gives no job to a child that became ready just too late', async () => {
      const answer = detect(1);
      const late = newest();
      vi.advanceTimersByTime(START_TIMEOUT_MS);
      late.becomeReady();
      expect(late.pictures).toEqual([]);
      late.goDown();
      vi.advanceTimersToNextTimer();
      newest().becomeReady();
      newest().answer(1);
      expect(await answer).toEqual(found(1));
    });
  });

  it('tells whether it can answer: not before a child was ready, nor while none can be started', () => {
    expect(supervisor.state).toBe('starting');
    newest().becomeReady();
    expect(supervisor.state).toBe('ready');
    newest().goDown();
    expect(supervisor.state).toBe('ready');
    for (const _ of [1, 2]) {
      vi.advanceTimersToNextTimer();
      newest().goDown();
    }
    expect(supervisor.state).toBe('failing');
    vi.advanceTimersToNextTimer();
    newest().becomeReady();
    expect(supervisor.state).toBe('ready');
  });

  describe('closing', () => {
    it('answers everyone, kills the child and is done when it is gone', async () => {
      newest().becomeReady();
      const answers = [1, 2, 3].map((name) => detect(name));
      let done = false;
      const closing = supervisor.close().then(() => {
        done = true;
      });
      expect(await Promise.all(answers)).toEqual([1, 2, 3].map(() => failed('detector-failed')));
      expect(newest().killed).toBe(true);
      expect(done).toBe(false);
      newest().goDown();
      await closing;
      await supervisor.close();
      vi.advanceTimersByTime(60_000);
      expect(children).toHaveLength(1);
      expect(await detect(4)).toEqual(failed('detector-failed'));
    });

    it('starts no child that was still to come', async () => {
      newest().becomeReady();
      newest().goDown();
      await supervisor.close();
      vi.advanceTimersByTime(60_000);
      expect(children).toHaveLength(1);
    });
  });
});
