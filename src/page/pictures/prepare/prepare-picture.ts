import { MAX_INTAKE_BYTES } from '#contract/limits.ts';
import { createWorkerPool } from '#page/platform/worker-pool.ts';
import { err } from '#shared/result.ts';
import type { IntakeFailure } from '../model/intake-failure.ts';
import { workStore } from '../work-store.ts';
import {
  DEFAULT_OPTIONS,
  POOL_FAILURES,
  type PreparedPicture,
  type PrepareOptions,
  type PrepareOutcome,
  type PrepareProgress,
  type PrepareRequest,
} from './protocol.ts';

export type { PreparedPicture, PrepareOptions, PrepareOutcome, PrepareProgress, PrepareStage } from './protocol.ts';
export { DEFAULT_OPTIONS } from './protocol.ts';

/**
 * From this many bytes on a file is a photograph of many megapixels, four bytes each while it is decoded: two of them at
 * once, and a phone ends the page.
 */
const HEAVY_BYTES = 1_500_000;

/** Two at a time keeps a second core busy; more would only multiply the memory of decoded pictures. */
const SLOTS = Math.min(2, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)));

const pool = createWorkerPool<PrepareRequest, PreparedPicture, IntakeFailure, PrepareProgress>({
  create: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  slots: SLOTS,
  failures: POOL_FAILURES,
});

// A person who pauses the work means all of it.
workStore.subscribe(({ paused }, before) => {
  if (paused !== before.paused) pool.hold(paused);
});

/**
 * Makes a file into the picture that is sent and shown: upright, sRGB, free of metadata, PNG or JPEG, at most
 * `MAX_SENT_SIDE` pixels long and `MAX_ASSET_BYTES` heavy, with a note of everything that was changed. Works off the
 * main thread, two at a time but for large ones, none new while the work is paused; aborting `signal` gives the failure `cancelled`. Never
 * rejects.
 */
export function preparePicture(
  file: Blob,
  {
    signal,
    onProgress,
    ...options
  }: Partial<PrepareOptions> & { signal?: AbortSignal; onProgress?: (progress: PrepareProgress) => void } = {},
): Promise<PrepareOutcome> {
  if (file.size > MAX_INTAKE_BYTES) return Promise.resolve(err({ code: 'too-many-bytes', bytes: file.size }));
  onProgress?.({ stage: 'waiting', done: 0 });
  const request = { file, options: { ...DEFAULT_OPTIONS, ...options } };
  return pool.run({ request, signal, onProgress, isHeavy: file.size >= HEAVY_BYTES });
}
