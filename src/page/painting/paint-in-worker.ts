import fontUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { err } from '#shared/result.ts';
import type { PaintOutcome, PaintRequest, PaintSource, PaintTask } from './protocol.ts';

/** How long an idle worker is kept, in milliseconds: it holds on to the memory of what it painted last. */
const IDLE_MS = 10_000;

let worker: Worker | undefined;
let idleTimer: ReturnType<typeof setTimeout> | undefined;
/** The last request that was made: the next one begins when it has ended. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Makes something of a picture off the main thread, one request after another: two at once would only multiply the
 * memory of decoded pictures. A request that is cancelled while it runs ends the worker, because neither decoding nor
 * encoding can be interrupted.
 */
export function paintInWorker(source: PaintSource, task: PaintTask, signal: AbortSignal): Promise<PaintOutcome> {
  const outcome = last.then(async () => {
    if (signal.aborted) return err('cancelled' as const);
    const request: PaintRequest = { source, task, font: await loadFont() };
    return run(request, signal);
  });
  last = outcome.catch(() => undefined);
  return outcome;
}

function run(request: PaintRequest, signal: AbortSignal): Promise<PaintOutcome> {
  clearTimeout(idleTimer);
  worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const painting = worker;
  return new Promise((resolve) => {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    const settle = (outcome: PaintOutcome, reusable: boolean) => {
      listening.abort();
      if (!reusable) endWorker();
      else idleTimer = setTimeout(endWorker, IDLE_MS);
      resolve(outcome);
    };
    painting.addEventListener('message', ({ data }: MessageEvent<PaintOutcome>) => settle(data, true), until);
    const failed = (event: Event) => settle(err('message' in event ? 'no-memory' : 'code-missing'), false);
    painting.addEventListener('error', failed, until);
    signal.addEventListener('abort', () => settle(err('cancelled'), false), until);
    if (signal.aborted) settle(err('cancelled'), true);
    else painting.postMessage(request);
  });
}

function endWorker(): void {
  worker?.terminate();
  worker = undefined;
}

let font: Promise<ArrayBuffer | undefined> | undefined;

/** The page's font as bytes; it is in the browser's cache since the page uses it. */
function loadFont(): Promise<ArrayBuffer | undefined> {
  font ??= fetch(fontUrl)
    .then((response) => (response.ok ? response.arrayBuffer() : undefined))
    .catch(() => undefined);
  return font;
}
