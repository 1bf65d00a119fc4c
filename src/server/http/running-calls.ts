import { setTimeout } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { ServerContext, ServerEnv } from './env.ts';

/** How many calls there are, without files that are fetched, and how many of them somebody pays for. */
export type CallCounts = { readonly calls: number; readonly paid: number };

/** The calls that are being answered now; a stop lets them end. */
export type RunningCalls = {
  /** True once the server is about to stop: nothing new is taken. */
  readonly isDraining: boolean;
  /** From now on nothing new is taken. */
  drain(): void;
  /** Counts a call, from its arrival until its answer has left or its caller has. */
  readonly track: MiddlewareHandler<ServerEnv>;
  /** Those whose answer is not written yet. */
  count(): CallCounts;
  /** Resolves when there is none any more, of all or of the paid ones, or after so many milliseconds. */
  ended(which: 'all' | 'paid', timeoutMs: number): Promise<void>;
};

/** Where calls go; everything else hands out files, or says how the server is. */
const CALLS = /^\/(?:v1|engines|app)(?:\/|$)/;

/** Whether an answer is written, if not sent; false where a test calls without a socket. */
const isAnswered = (outgoing: NonNullable<ServerContext['env']>['outgoing']) => outgoing?.writableEnded === true;

export function createRunningCalls(): RunningCalls {
  type Entry = {
    readonly isCall: boolean;
    isPaid: boolean;
    readonly outgoing: NonNullable<ServerContext['env']>['outgoing'];
  };
  const running = new Set<Entry>();
  const waiting = new Set<() => void>();
  let isDraining = false;
  const isEnded = (which: 'all' | 'paid') => ![...running].some(({ isPaid }) => which === 'all' || isPaid);
  return {
    get isDraining() {
      return isDraining;
    },
    drain: () => {
      isDraining = true;
    },
    track: async (c, next) => {
      const outgoing = c.env?.outgoing;
      const entry: Entry = { isCall: CALLS.test(c.req.path), isPaid: false, outgoing };
      const end = () => {
        running.delete(entry);
        for (const look of waiting) look();
      };
      running.add(entry);
      outgoing?.once('close', end);
      c.set('call', {
        markPaid: () => {
          entry.isPaid = true;
        },
      });
      try {
        await next();
      } finally {
        if (outgoing === undefined) end();
      }
      // The next call on this connection would be refused.
      if (isDraining) c.res.headers.set('connection', 'close');
    },
    count: () => {
      const calls = [...running].filter(({ isCall, outgoing }) => isCall && !isAnswered(outgoing));
      return { calls: calls.length, paid: calls.filter(({ isPaid }) => isPaid).length };
    },
    ended: async (which, timeoutMs) => {
      if (isEnded(which)) return;
      const giveUp = new AbortController();
      const late = setTimeout(timeoutMs, undefined, { signal: giveUp.signal }).catch(() => {});
      let look = () => {};
      const ended = new Promise<void>((resolve) => {
        look = () => {
          if (isEnded(which)) resolve();
        };
      });
      waiting.add(look);
      await Promise.race([ended, late]);
      waiting.delete(look);
      giveUp.abort();
    },
  };
}

/** What a person at the terminal reads while a stop waits; undefined when it waits for nothing. */
export function finishingSentence({ calls, paid }: CallCounts, drainMs: number): string | undefined {
  const again = 'Ctrl-C again stops at once';
  if (calls === 0) {
    return drainMs === 0 ? undefined : `Answering new calls with 503 for ${drainMs / 1000} s before ending; ${again}`;
  }
  const which =
    paid === 0
      ? ''
      : calls === 1
        ? ', a paid one'
        : `, ${paid === 1 ? 'one' : paid === calls ? 'all' : paid} of them paid`;
  return `Finishing ${calls} ${calls === 1 ? 'call' : 'calls'}${which}; ${again}`;
}
