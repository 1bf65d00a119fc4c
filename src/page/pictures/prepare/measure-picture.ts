import { createWorkerPool } from '#page/platform/worker-pool.ts';
import type { Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import type { MeasuredLink, MeasureRequest } from './measure.ts';
import { POOL_FAILURES } from './protocol.ts';

export type { Measured } from './measure.ts';

const pool = createWorkerPool<MeasureRequest, MeasuredLink, IntakeFailure>({
  create: () => new Worker(new URL('./measure-worker.ts', import.meta.url), { type: 'module' }),
  slots: 1,
  failures: POOL_FAILURES,
});

/**
 * Reads a picture's header and decodes it once, off the main thread, where strangers' bytes may take their time. For
 * pictures that are shown as they are; what is prepared brings all of that along. Never rejects.
 */
export const measurePicture = (blob: Blob, signal?: AbortSignal): Promise<Result<MeasuredLink, IntakeFailure>> =>
  pool.run({ request: { blob }, signal });
