import fontUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { createWorkerPool } from '#page/platform/worker-pool.ts';
import type { Painted, PaintFailure, PaintOutcome, PaintRequest, PaintSource, PaintTask } from './protocol.ts';

/** One at a time: two would only multiply the memory of decoded pictures. */
const pool = createWorkerPool<PaintRequest, Painted, PaintFailure>({
  create: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  slots: 1,
  failures: { cancelled: 'cancelled', died: 'no-memory', missing: 'code-missing' },
});

/** Makes something of a picture off the main thread, one request after another. Never rejects. */
export const paintInWorker = async (source: PaintSource, task: PaintTask, signal: AbortSignal): Promise<PaintOutcome> =>
  pool.run({ request: { source, task, font: await loadFont() }, signal });

let font: Promise<ArrayBuffer | undefined> | undefined;

/** The page's font as bytes; it is in the browser's cache since the page uses it. */
function loadFont(): Promise<ArrayBuffer | undefined> {
  font ??= fetch(fontUrl)
    .then((response) => (response.ok ? response.arrayBuffer() : undefined))
    .catch(() => undefined);
  return font;
}
