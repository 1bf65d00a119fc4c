import { compareBoxes } from '#page/annotations/index.ts';
import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { ok } from '#shared/result.ts';
import type { MatchOutcome, MatchRequest } from './match-protocol.ts';

/** The worker behind `matchInWorker`. */
serveWorkerPool(
  async ({ boxes, from }: MatchRequest): Promise<MatchOutcome> =>
    ok(boxes.map(({ found, truth }) => compareBoxes(found, truth, from))),
);
