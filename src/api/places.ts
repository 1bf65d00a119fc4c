import { err, ok, type Result } from '#shared/result.ts';
import { CALLER_KINDS, type CallerKind, type EngineFailure } from './engine.ts';

/** Why there is no place: the line is full, or what waits is given back because the server is about to stop. */
export type NoPlace = Extract<EngineFailure, { code: 'line-full' | 'restarting' }>;

/**
 * Places that are shared out by kind of caller, so that one kind, however many they are, never takes what another needs.
 * Within a kind it is first come, first served; between kinds the next free place goes to the kind that holds fewest.
 */
export type Places = {
  /**
   * Waits for a place and gives the function that gives it back (once; again does nothing). Whoever waits leaves the
   * line when `signal` aborts, and is rejected with its reason.
   */
  take(kind: CallerKind, signal?: AbortSignal): Promise<Result<() => void, NoPlace>>;
  /** Gives back, as `restarting`, whoever waits, and whoever would from now on. */
  drain(): void;
};

type Waiter = { readonly settle: (outcome: 'begin' | 'drained') => void };

export function createPlaces(options: {
  /** All places; no limit but the kinds' own unless told. */
  readonly all?: number;
  /** Most places that each kind may hold. */
  readonly most: Readonly<Record<CallerKind, number>>;
  /** Most callers of each kind that wait. */
  readonly line: number;
}): Places {
  const all = options.all ?? Number.POSITIVE_INFINITY;
  const kinds = CALLER_KINDS.map((kind) => ({ kind, held: 0, servedAt: 0, waiting: [] as Waiter[] }));
  const of = (kind: CallerKind) => {
    const found = kinds.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`Nobody calls as ${kind}`);
    return found;
  };
  let served = 0;
  let isDraining = false;

  const isFreeFor = (one: (typeof kinds)[number]) =>
    one.held < options.most[one.kind] && kinds.reduce((sum, { held }) => sum + held, 0) < all;
  const occupy = (one: (typeof kinds)[number]) => {
    served += 1;
    one.held += 1;
    one.servedAt = served;
  };
  const letIn = () => {
    const next = kinds
      .filter((one) => one.waiting.length > 0 && isFreeFor(one))
      .toSorted((a, b) => a.held - b.held || a.servedAt - b.servedAt)[0];
    const waiter = next?.waiting.shift();
    if (next === undefined || waiter === undefined) return;
    occupy(next);
    waiter.settle('begin');
  };
  const placeOf = (one: (typeof kinds)[number]) => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      one.held -= 1;
      letIn();
    };
  };

  return {
    take: async (kind, signal) => {
      signal?.throwIfAborted();
      const one = of(kind);
      if (isFreeFor(one)) {
        occupy(one);
        return ok(placeOf(one));
      }
      if (isDraining) return err({ code: 'restarting' });
      if (one.waiting.length >= options.line) return err({ code: 'line-full', before: one.waiting.length });
      const outcome = await new Promise<'begin' | 'drained'>((resolve, reject) => {
        const leave = () => {
          one.waiting.splice(one.waiting.indexOf(waiter), 1);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          settle: (settled) => {
            signal?.removeEventListener('abort', leave);
            resolve(settled);
          },
        };
        one.waiting.push(waiter);
        signal?.addEventListener('abort', leave, { once: true });
      });
      return outcome === 'begin' ? ok(placeOf(one)) : err({ code: 'restarting' });
    },
    drain: () => {
      isDraining = true;
      for (const { waiting } of kinds) for (const waiter of waiting.splice(0)) waiter.settle('drained');
    },
  };
}
