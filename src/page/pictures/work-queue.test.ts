import { afterEach, describe, expect, test, vi } from 'vitest';
import { TEST_TIMEOUTS } from '#testing/test-timeouts.ts';
import { holdWork, pauseWork, preferPicture, resumeWork, whenItsTurn } from './work-queue.ts';
import { workStore } from './work-store.ts';

const never = new AbortController().signal;

/** A call that ends when told to. */
function heldCall() {
  let finish: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { call: () => done, finish };
}

afterEach(() => {
  vi.useRealTimers();
  resumeWork();
  preferPicture(undefined);
});

describe('the queue of calls', () => {
  test('three calls run at once, the next when one has ended', async () => {
    const started: number[] = [];
    const calls = [0, 1, 2, 3].map(() => heldCall());
    const results = calls.map((held, index) =>
      whenItsTurn(`p${index}`, never, () => {
        started.push(index);
        return held.call();
      }),
    );
    expect(started).toEqual([0, 1, 2]);
    calls[1]?.finish();
    await results[1];
    await vi.waitUntil(() => started.length === 4, TEST_TIMEOUTS);
    for (const held of calls) held.finish();
    await Promise.all(results);
  });

  test('while paused nothing starts; the open picture goes first afterwards', async () => {
    pauseWork();
    const order: string[] = [];
    const results = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      whenItsTurn(id, never, async () => {
        order.push(id);
      }),
    );
    preferPicture('d');
    expect(order).toEqual([]);
    resumeWork();
    await Promise.all(results);
    expect(order[0]).toBe('d');
    expect(order.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a call that is cancelled while it waits never runs', async () => {
    pauseWork();
    const controller = new AbortController();
    const call = vi.fn(async () => {});
    const result = whenItsTurn('a', controller.signal, call);
    controller.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    resumeWork();
    await whenItsTurn('b', never, async () => {});
    expect(call).not.toHaveBeenCalled();
  });

  test('a wait that the service asked for holds everything back until it is over, a shorter one does not end it', async () => {
    vi.useFakeTimers();
    holdWork(5000);
    holdWork(1000);
    const call = vi.fn(async () => {});
    const result = whenItsTurn('a', never, call);
    await vi.advanceTimersByTimeAsync(4999);
    expect(call).not.toHaveBeenCalled();
    expect(workStore.getState().heldUntil).toBeDefined();
    await vi.advanceTimersByTimeAsync(1);
    await result;
    expect(call).toHaveBeenCalledOnce();
    expect(workStore.getState().heldUntil).toBeUndefined();
  });

  test.each([3_600_000, 2 ** 32])(
    'a wait of %i ms holds what others ask for no longer than a minute',
    async (asked) => {
      vi.useFakeTimers();
      holdWork(asked);
      const call = vi.fn(async () => {});
      const result = whenItsTurn('a', never, call);
      await vi.advanceTimersByTimeAsync(59_999);
      expect(call).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      await result;
    },
  );
});
