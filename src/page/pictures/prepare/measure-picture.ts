import type { Measured } from './measure.ts';
import type { WorkOutcome } from './protocol.ts';
import { createWorkerPool } from './worker-pool.ts';

export type { Measured } from './measure.ts';

const pool = createWorkerPool<Blob, Measured>(
  () => new Worker(new URL('./measure-worker.ts', import.meta.url), { type: 'module' }),
  1,
);

/**
 * Decodes a picture once, off the main thread: its upright size in pixels, and a small JPEG of it for the filmstrip. For
 * pictures that are shown as they are; what is prepared brings both along. Never rejects.
 */
export const measurePicture = (blob: Blob): Promise<WorkOutcome<Measured>> => pool.run({ request: blob });
