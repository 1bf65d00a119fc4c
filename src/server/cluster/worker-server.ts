import { createServer } from 'node:http';
import { createLocalRecognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import { appPaths } from '#contract/routes.ts';
import type { Detector, DetectorWatch } from '#detector/detector.ts';
import { errorText } from '#shared/error-text.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { bracketed, isUnspecifiedHost } from '../auth/own-origins.ts';
import { loadSecret } from '../auth/secret.ts';
import type { QueueConfig, ServerConfig } from '../config.ts';
import { openFiles } from '../files/open-files.ts';
import { listen } from '../http/listen.ts';
import type { Logger } from '../log.ts';
import { countedMethod } from '../metrics/count-calls.ts';
import { type Figures, timedStore } from '../metrics/figures.ts';
import { startFigures } from '../metrics/start-figures.ts';
import { createReadiness, type Readiness } from '../readiness.ts';
import type { RunningServer } from '../server.ts';
import { createSteadyClock } from '../steady-clock.ts';
import { joinAsWorker } from './join-queue.ts';

/**
 * A process that works for a queue. It answers nobody but whoever asks how it is, at `/healthz` and `/readyz`, and where
 * figures are asked for, with those. Closing it finishes the pictures that it has; what waits is another one's. The error is one line for the person who starts it.
 */
export async function startWorkerServer(options: {
  readonly config: ServerConfig;
  readonly queue: QueueConfig;
  readonly version: string;
  readonly logger: Logger;
  readonly startDetector: (watch?: DetectorWatch) => Detector;
  /** Changes whenever the detector could answer differently. */
  readonly detectorVersion: string;
}): Promise<Result<RunningServer, string>> {
  const { config, version, logger } = options;
  let readiness: (() => Promise<Readiness>) | undefined;
  let figures: Figures | undefined;
  let isClosing = false;
  /** Status and body for a path; undefined where there is nothing. */
  const answer = async (path: string): Promise<readonly [number, unknown] | undefined> => {
    if (path === appPaths.health) return [200, { status: 'ok' }];
    if (path !== appPaths.ready) return undefined;
    if (readiness === undefined || isClosing) return [503, { status: 'not-ready' }];
    const { isReady, ...why } = await readiness();
    return [isReady ? 200 : 503, { status: isReady ? 'ready' : 'not-ready', ...why }];
  };
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const method = request.method ?? '';
    const isAsked = ['GET', 'HEAD', 'OPTIONS'].includes(method);
    const began = performance.now();
    answer(isAsked ? path : '')
      .then((said) => {
        figures?.onAnswer({
          route: said === undefined ? 'unknown' : path,
          method: countedMethod(method),
          status: said?.[0] ?? 404,
          seconds: (performance.now() - began) / 1000,
        });
        response.writeHead(said?.[0] ?? 404, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(method === 'HEAD' || said === undefined ? undefined : JSON.stringify(said[1]));
      })
      .catch((error: unknown) => {
        logger.error('server error', { path, error: errorText(error) });
        response.destroy();
      });
  });
  const listening = await listen(server, config.host, config.port);
  if (!listening.ok) return listening;
  const closing: (() => unknown)[] = [];
  const close = async () => {
    isClosing = true;
    for (const end of closing.splice(0).toReversed()) await end();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  };

  try {
    const counted =
      config.metrics === undefined ? ok(undefined) : await startFigures({ at: config.metrics, version, logger });
    if (!counted.ok) throw new Error(counted.error);
    const counting = counted.value;
    figures = counting;
    if (counting !== undefined) closing.push(() => counting.close());
    const secret = config.secret ?? (await loadSecret(config.dataDir));
    const { disk, store, files: kept } = await openFiles({ config, secret, clock: createSteadyClock(), logger });
    closing.push(() => kept.close());
    const files = counting === undefined ? kept : timedStore(kept, counting);
    const detector = options.startDetector(counting?.detector);
    const recognition = createLocalRecognition({ ...options, detector, files, stopped: createStoppedPictures() });
    closing.push(() => recognition.close());
    const worker = await joinAsWorker({ ...options, recognition, detector, files });
    closing.push(() => worker.close());
    counting?.watchChild('detector', () => detector.usage?.()?.residentBytes);
    counting?.watchQueue('detector', recognition.backlog);
    counting?.watchQueue('shared', worker.backlog);
    readiness = createReadiness({ detector, disk, store, logger });
  } catch (error) {
    await close();
    return err(error instanceof Error ? error.message : String(error));
  }
  const host = isUnspecifiedHost(config.host) ? '127.0.0.1' : bracketed(config.host);
  return ok({
    address: `http://${host}:${listening.value}`,
    port: listening.value,
    unfinished: () => ({ calls: 0, paid: 0 }),
    close,
  });
}
