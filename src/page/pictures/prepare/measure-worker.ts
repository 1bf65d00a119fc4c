import { serveWorkerPool } from '#page/platform/worker-pool.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { type MeasuredLink, type MeasureRequest, measureLink } from './measure.ts';

/** The worker behind `measurePicture`. */

serveWorkerPool<MeasureRequest, MeasuredLink, IntakeFailure>(
  ({ blob }): Promise<Result<MeasuredLink, IntakeFailure>> =>
    measureLink(blob).then(ok, () => err({ code: 'preparation-failed' })),
);
