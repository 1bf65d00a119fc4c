import { err, ok, type Result } from '#shared/result.ts';
import { CALLER_KINDS, type CallerKind, type EngineFailure } from './engine.ts';

/** Why there is no place: the line is full, or what waits is given back because the server is about to stop. */
export type NoPlace = Extract<EngineFailure, { code: 'line-full' | 'restarting' }>;

/**
 * Places that are shared out by kind of caller, so that one kind, however many they are, never takes what another needs.
 * Between kinds the next free place goes to the kind that holds fewest, within a kind to the owner who holds fewest, and
 * else it is first come, first served.
 */
export type Places = {
  /**
   * Waits for a place and gives the function that gives it back (once; again does nothing). Whoever waits leaves the
   * line when `signal` aborts, and is rejected with its reason. `owner` tells callers of a kind apart, where that matters.
   */
  take(kind: CallerKind, signal?: AbortSignal, owner?: string): Promise<Result<() => void, NoPlace>>;
  /** Who waits now, of all kinds together, and for how long the first of them has, in milliseconds: 0 when nobody does. */
  line(): { readonly waiting: number; readonly oldestMs: number };
  /** Gives back, as `restarting`, whoever waits, and whoever would from now on. */
  drain(): void;
};

/** What else has to let a caller begin who would have a place. */
export type Gate = {
  /** Milliseconds until the next may begin; 0 when one may now. */
  waitMs(): number;
  /** One begins. */
  onBegin(): void;
};

/** Longest until a gate is asked again, in milliseconds: it may open sooner than it said. */
const LOOK_AGAIN_MS = 1_000;

type Waiter = {
  readonly owner: string;
  readonly cameAt: number;
  readonly settle: (outcome: 'begin' | 'drained') => void;
};

export function createPlaces(options: {
  /** All places; no limit but the kinds' own unless told. */
  readonly all?: number;
  /** Most places that each kind may hold. */
  readonly most: Readonly<Record<CallerKind, number>>;
  /** Most callers of each kind that wait. */
  readonly line: number;
  readonly gate?: Gate;
}): Places {
  const { gate } = options;
  const all = options.all ?? Number.POSITIVE_INFINITY;
  const kinds = CALLER_KINDS.map((kind) => ({
    kind,
    held: 0,
    /** How many each owner holds who holds any. */
    heldBy: new Map<string, number>(),
    servedAt: 0,
    waiting: [] as Waiter[],
  }));
  const of = (kind: CallerKind) => {
    const found = kinds.find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`Nobody calls as ${kind}`);
    return found;
  };
  let served = 0;
  let isDraining = false;

  const isFreeFor = (one: (typeof kinds)[number]) =>
    one.held < options.most[one.kind] && kinds.reduce((sum, { held }) => sum + held, 0) < all;
  const occupy = (one: (typeof kinds)[number], owner: string) => {
    served += 1;
    one.held += 1;
    one.heldBy.set(owner, (one.heldBy.get(owner) ?? 0) + 1);
    one.servedAt = served;
    gate?.onBegin();
  };
  /** Who of a kind is next; of those who hold equally many the first. */
  const takeFirst = ({ waiting, heldBy }: (typeof kinds)[number]): Waiter | undefined => {
    let best = 0;
    const heldAt = (index: number) => heldBy.get(waiting[index]?.owner ?? '') ?? 0;
    for (let index = 1; index < waiting.length; index += 1) if (heldAt(index) < heldAt(best)) best = index;
    return waiting.splice(best, 1)[0];
  };
  let opening: ReturnType<typeof setTimeout> | undefined;
  /** Lets in whoever may begin now; the others once the gate is open again. */
  const letIn = (): void => {
    for (;;) {
      const next = kinds
        .filter((one) => one.waiting.length > 0 && isFreeFor(one))
        .toSorted((a, b) => a.held - b.held || a.servedAt - b.servedAt)[0];
      if (next === undefined) return;
      const ms = gate?.waitMs() ?? 0;
      if (ms > 0) {
        clearTimeout(opening);
        opening = setTimeout(letIn, Math.min(ms, LOOK_AGAIN_MS));
        return;
      }
      const waiter = takeFirst(next);
      if (waiter === undefined) return;
      occupy(next, waiter.owner);
      waiter.settle('begin');
    }
  };
  const placeOf = (one: (typeof kinds)[number], owner: string) => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      one.held -= 1;
      const others = (one.heldBy.get(owner) ?? 1) - 1;
      if (others === 0) one.heldBy.delete(owner);
      else one.heldBy.set(owner, others);
      letIn();
    };
  };

  return {
    take: async (kind, signal, owner = '') => {
      signal?.throwIfAborted();
      const one = of(kind);
      if (one.waiting.length === 0 && isFreeFor(one) && (gate?.waitMs() ?? 0) === 0) {
        occupy(one, owner);
        return ok(placeOf(one, owner));
      }
      if (isDraining) return err({ code: 'restarting' });
      if (one.waiting.length >= options.line) return err({ code: 'line-full', before: one.waiting.length });
      const outcome = await new Promise<'begin' | 'drained'>((resolve, reject) => {
        const leave = () => {
          one.waiting.splice(one.waiting.indexOf(waiter), 1);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          owner,
          cameAt: performance.now(),
          settle: (settled) => {
            signal?.removeEventListener('abort', leave);
            resolve(settled);
          },
        };
        one.waiting.push(waiter);
        signal?.addEventListener('abort', leave, { once: true });
        // Nobody may have been waiting for the gate.
        letIn();
      });
      return outcome === 'begin' ? ok(placeOf(one, owner)) : err({ code: 'restarting' });
    },
    line: () => {
      const now = performance.now();
      const waiting = kinds.flatMap((one) => one.waiting);
      return {
        waiting: waiting.length,
        oldestMs: waiting.reduce((most, { cameAt }) => Math.max(most, now - cameAt), 0),
      };
    },
    drain: () => {
      isDraining = true;
      clearTimeout(opening);
      for (const { waiting } of kinds) for (const waiter of waiting.splice(0)) waiter.settle('drained');
    },
  };
}
