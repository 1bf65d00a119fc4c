import { createWorkerPool } from '#page/platform/worker-pool.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import type { Inspected, Measured, MeasureRequest } from './measure.ts';
import { POOL_FAILURES } from './protocol.ts';

export type { Measured } from './measure.ts';

const pool = createWorkerPool<MeasureRequest, Inspected, IntakeFailure>({
  create: () => new Worker(new URL('./measure-worker.ts', import.meta.url), { type: 'module' }),
  slots: 1,
  failures: POOL_FAILURES,
});

/**
 * Decodes a picture once as the browser shows it, off the main thread, where strangers' bytes may take their time. For
 * pictures that are shown as they are; what is prepared brings all of that along. Never rejects.
 */
export async function measurePicture(blob: Blob, signal?: AbortSignal): Promise<Result<Measured, IntakeFailure>> {
  const inspected = await pool.run({ request: { blob, unlessCopied: false }, signal });
  if (!inspected.ok) return inspected;
  const { measured } = inspected.value;
  return measured === undefined ? err({ code: 'preparation-failed' }) : ok(measured);
}

/** The same for what a link gave, with what its bytes say of how it must be sent. Never rejects. */
export const inspectLink = (blob: Blob, signal: AbortSignal): Promise<Result<Inspected, IntakeFailure>> =>
  pool.run({ request: { blob, unlessCopied: true }, signal });
