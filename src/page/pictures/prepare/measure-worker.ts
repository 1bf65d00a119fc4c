import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { type Inspected, inspect, type MeasureRequest } from './measure.ts';

/** The worker behind `measurePicture`. */

serveWorkerPool<MeasureRequest, Inspected, IntakeFailure>(
  (request): Promise<Result<Inspected, IntakeFailure>> =>
    inspect(request).then(ok, () => err({ code: 'preparation-failed' })),
);
