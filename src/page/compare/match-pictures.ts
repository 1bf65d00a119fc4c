import { useEffect, useMemo, useState } from 'react';
import { type Comparison, compareBoxes } from '#page/annotations/index.ts';
import { createWorkerPool } from '#page/platform/worker-pool.ts';
import type { MatchFailure, MatchRequest } from './match-protocol.ts';
import type { ComparedBoxes } from './model/compared.ts';

/** Up to so many faces are matched at once, within a frame; more of them in a worker. */
const AT_ONCE = 200;

const pool = createWorkerPool<MatchRequest, readonly Comparison[], MatchFailure>({
  create: () => new Worker(new URL('./match-worker.ts', import.meta.url), { type: 'module' }),
  slots: 1,
  failures: { cancelled: 'no-worker', died: 'no-worker', missing: 'no-worker' },
});

/** What was matched, by the boxes and the threshold: of two hundred pictures one changes at a time. */
const known = new WeakMap<ComparedBoxes, Map<number, Comparison>>();

function note(boxes: ComparedBoxes, from: number, comparison: Comparison): Comparison {
  const those = known.get(boxes) ?? new Map<number, Comparison>();
  known.set(boxes, those.set(from, comparison));
  return comparison;
}

const matchHere = (boxes: ComparedBoxes, from: number): Comparison =>
  known.get(boxes)?.get(from) ?? note(boxes, from, compareBoxes(boxes.found, boxes.truth, from));

async function matchInWorker(boxes: readonly ComparedBoxes[], from: number): Promise<void> {
  const outcome = await pool.run({ request: { boxes, from } });
  for (const [index, each] of boxes.entries()) {
    const comparison = outcome.ok ? outcome.value[index] : undefined;
    if (comparison === undefined) matchHere(each, from);
    else note(each, from, comparison);
  }
}

/** Boxes of pictures with their matches; `from` is the threshold that these are of. */
export type Matched = {
  readonly from: number;
  readonly comparisons: ReadonlyMap<ComparedBoxes, Comparison>;
};

const matchedOf = (all: readonly ComparedBoxes[], from: number): Matched => ({
  from,
  comparisons: new Map(all.map((boxes) => [boxes, matchHere(boxes, from)])),
});

/**
 * Matches the boxes of all pictures. While a worker is at it there is what was matched last, so that figures follow a
 * slider without a gap; undefined before anything was.
 */
export function useMatched(all: readonly ComparedBoxes[], from: number): Matched | undefined {
  const [settled, setSettled] = useState<{ readonly all: readonly ComparedBoxes[]; readonly matched: Matched }>();
  const isSettled = settled?.all === all && settled.matched.from === from;
  const missing = useMemo(() => {
    const open = all.filter((boxes) => known.get(boxes)?.get(from) === undefined);
    const faces = open.reduce((sum, { found, truth }) => sum + found.length + truth.length, 0);
    return faces > AT_ONCE ? open : [];
  }, [all, from]);
  const here = useMemo(() => (missing.length === 0 ? matchedOf(all, from) : undefined), [missing, all, from]);
  useEffect(() => {
    if (missing.length === 0) return;
    let isWanted = true;
    void matchInWorker(missing, from).then(() => {
      if (isWanted) setSettled({ all, matched: matchedOf(all, from) });
    });
    return () => {
      isWanted = false;
    };
  }, [missing, all, from]);
  if (here !== undefined) return here;
  return isSettled ? settled.matched : settled?.matched;
}
