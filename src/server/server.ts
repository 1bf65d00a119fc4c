import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { longestUploadMs } from '#api/contract-routes.ts';
import { createEmbeddedEngine } from '#api/embedded/embedded-engine.ts';
import { createLocalRecognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures, type StoppedPictures } from '#api/embedded/stopped-pictures.ts';
import type { Engine } from '#api/engine.ts';
import { RESTARTING } from '#api/engine-failure.ts';
import type { FileStore } from '#api/files/stores.ts';
import type { OpenApiDocument } from '#api/openapi/servers.ts';
import { createPlaces } from '#api/places.ts';
import { problemResponse } from '#api/problem.ts';
import { KLING_PLACES, shareOutCalls, shareOutUploads, UPLOAD_PLACES } from '#api/share-out.ts';
import type { Detector, DetectorWatch } from '#detector/detector.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { createApp } from './app.ts';
import { createEndedOnDisk } from './auth/ended-sessions.ts';
import { bracketed, createOwnOrigins, isUnspecifiedHost } from './auth/own-origins.ts';
import { createOwnSecrets } from './auth/own-secrets.ts';
import { createPasswordThrottle } from './auth/password-throttle.ts';
import { loadSecret } from './auth/secret.ts';
import { createSessions } from './auth/sessions.ts';
import type { ServerConfig } from './config.ts';
import { createKlingEngine } from './engines/kling/kling-engine.ts';
import { createFileOwners } from './files/file-owners.ts';
import { openFiles } from './files/open-files.ts';
import { listen } from './http/listen.ts';
import { type CallCounts, createRunningCalls } from './http/running-calls.ts';
import type { Logger } from './log.ts';
import { timedStore, timedVendor } from './metrics/figures.ts';
import { startFigures } from './metrics/start-figures.ts';
import { loadBuiltPage } from './page/built-page.ts';
import { createPageInUse } from './page-in-use.ts';
import { createPaidOnce } from './paid-once.ts';
import { createPictureChecker, type PictureChecker } from './picture-check/picture-checker.ts';
import { startCheckChild } from './picture-check/start-check-child.ts';
import { createReadiness } from './readiness.ts';
import { createLinkFetcher, type LinkLimits } from './safe-fetch/fetch-picture.ts';
import type { SharedState } from './shared-state/shared-state.ts';
import { createSteadyClock, type SteadyClock } from './steady-clock.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from './timeouts.ts';

export type RunningServer = {
  /** Address to open, e.g. `http://127.0.0.1:4173`. */
  readonly address: string;
  readonly port: number;
  /** What is being answered. */
  unfinished(): CallCounts;
  /**
   * Stops. New calls are answered 503 until the end, `drainMs` at least; what waits for the detector is given back. Paid
   * calls are finished within a call's own limit, the others beside them, or for a moment.
   */
  close(): Promise<void>;
};

/** How long calls that nobody pays for may go on when the server stops, in milliseconds. */
const CLOSE_GRACE_MS = 3_000;
/** How long the last answers may take to leave, in milliseconds; then connections that are still open are cut. */
const LAST_ANSWERS_MS = 500;
const CLOSE_IDLE_EVERY_MS = 50;
/** Most calls of each kind of caller that wait for a place at an engine; later ones are told to come again. */
const LONGEST_LINE = 128;

/**
 * Has faces found as the configuration says: in this process, by workers behind a queue, or by those and this process
 * among them. The queue's code is loaded only here, and what it is made of is part of the build.
 */
async function startRecognition(options: {
  readonly config: ServerConfig;
  readonly logger: Logger;
  readonly startDetector: (watch?: DetectorWatch) => Detector;
  readonly watch: DetectorWatch | undefined;
  readonly detectorVersion: string;
  readonly files: FileStore;
  readonly stopped: StoppedPictures;
  /** What is to be closed, the last one first. */
  readonly closing: (() => Promise<unknown>)[];
}) {
  const { config, files, stopped, detectorVersion, closing } = options;
  const detector = config.role === 'web' ? undefined : options.startDetector(options.watch);
  const local =
    detector === undefined ? undefined : createLocalRecognition({ detector, files, stopped, detectorVersion });
  if (config.queue === undefined) {
    if (local === undefined) throw new Error('Without a queue this process has to detect');
    return { recognition: local, local, detector, queue: undefined };
  }
  const { joinAsWeb, joinAsWorker } = await import('./cluster/join-queue.ts');
  const common = { ...options, queue: config.queue };
  if (local !== undefined && detector !== undefined) {
    closing.push(() => local.close());
    const worker = await joinAsWorker({ ...common, recognition: local, detector });
    closing.push(() => worker.close());
  }
  return { ...(await joinAsWeb(common)), local, detector };
}

/** What replicas know together. Its code is loaded only here, and what it is made of is part of the build. */
async function shareState(url: string, clock: SteadyClock, logger: Logger): Promise<SharedState> {
  const { openSharedState } = await import('./shared-state/shared-state.ts');
  return openSharedState({ url, clock, logger });
}

/**
 * Builds everything from the configuration and serves it. The port is opened first, so that a busy one costs no time
 * and starts no detector. The error is one line for the person who starts the server.
 */
export async function startServer(options: {
  readonly config: ServerConfig;
  readonly version: string;
  readonly logger: Logger;
  readonly pageDir: string;
  readonly startDetector: (watch?: DetectorWatch) => Detector;
  /** Looks at uploads and links; in processes of its own unless a test has something else do it. */
  readonly checker?: PictureChecker;
  /** Changes whenever the detector could answer differently. */
  readonly detectorVersion: string;
  /** The contract as a document; see `openApiDocument`. */
  readonly openApi: OpenApiDocument;
  readonly linkLimits?: Partial<LinkLimits>;
  /** Name servers for links; the system's unless told otherwise. */
  readonly nameServers?: readonly string[];
  readonly timeouts?: Partial<Timeouts>;
}): Promise<Result<RunningServer, string>> {
  const { config, version, logger } = options;
  const timeouts: Timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  let app: ReturnType<typeof createApp> | undefined;
  const server = createServer(
    {
      // The longest upload; what it waits for within is timed where it is read.
      requestTimeout: longestUploadMs(timeouts) + 30_000,
      headersTimeout: 20_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    },
    // Until all is there, as by a server that is about to begin anew: with a time to wait, and nothing was sent on.
    getRequestListener((request, env) => app?.fetch(request, env) ?? problemResponse(RESTARTING), {
      overrideGlobalObjects: false,
      // Stands in for a `Host` that HTTP/1.0 need not send: a balancer asks `/healthz` without. The guard, which reads the
      // header itself, still refuses everything else.
      hostname: 'localhost',
    }),
  );
  // Whoever asks and then does not read would otherwise keep a socket, and perhaps an open file, for ever.
  server.timeout = timeouts.silence;

  const listening = await listen(server, config.host, config.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const closing: (() => Promise<unknown>)[] = [];
  const calls = createRunningCalls();
  let engines: readonly Engine[] = [];
  const close = async () => {
    calls.drain();
    for (const engine of engines) engine.drain();
    // Still listening: who comes now hears that it is for a moment only. A paid call began before this, so that all its
    // time is over when this is.
    const began = performance.now();
    await Promise.all([
      setTimeout(config.drainMs),
      calls.ended('all', Math.max(config.drainMs, CLOSE_GRACE_MS)).then(() => {
        const longest = timeouts.fields + timeouts.call + CLOSE_GRACE_MS;
        return calls.ended('paid', Math.max(0, longest - (performance.now() - began)));
      }),
    ]);
    const drained = new Promise((resolve) => server.close(resolve));
    // Those that finish an answer only now become idle only now.
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    const grace = new AbortController();
    setTimeout(LAST_ANSWERS_MS, undefined, { signal: grace.signal }).then(
      () => server.closeAllConnections(),
      () => {},
    );
    server.closeIdleConnections();
    await drained;
    clearInterval(idle);
    grace.abort();
    await Promise.allSettled(closing.toReversed().map((end) => end()));
  };

  try {
    const counted =
      config.metrics === undefined ? ok(undefined) : await startFigures({ at: config.metrics, version, logger });
    if (!counted.ok) throw new Error(counted.error);
    const figures = counted.value;
    if (figures !== undefined) closing.push(() => figures.close());
    const clock = createSteadyClock();
    const secret = config.secret ?? (await loadSecret(config.dataDir));
    const { disk, store, files: kept } = await openFiles({ config, secret, clock, logger });
    const files = figures === undefined ? kept : timedStore(kept, figures);
    closing.push(async () => files.close());
    const state = config.queue === undefined ? undefined : await shareState(config.queue.url, clock, logger);
    if (state !== undefined) closing.push(async () => state.close());
    const owners =
      state?.owners ?? (await createFileOwners({ dataDir: config.dataDir, clock, withRoom: disk.withRoom }));
    const endedSessions = state?.endedSessions ?? (await createEndedOnDisk({ dataDir: config.dataDir, clock }));
    const sessions = createSessions({ secret, accessKey: config.accessKey, endedSessions, clock });
    const paidOnce = state?.paidOnce ?? (await createPaidOnce({ dataDir: config.dataDir }));
    const origins = createOwnOrigins({ configured: config.origins, listenHost: config.host, port: () => port });
    const links = createLinkFetcher({
      linkHosts: config.linkHosts,
      userAgent: `Facebound/${version}`,
      nameServers: options.nameServers,
      spool: files.spool,
      ...(options.linkLimits === undefined ? {} : { limits: options.linkLimits }),
    });
    closing.push(() => links.close());
    const page = await loadBuiltPage(options.pageDir);
    const stopped = createStoppedPictures();
    const checker =
      options.checker ??
      createPictureChecker({
        startChild: startCheckChild,
        stopped,
        logger,
        onDown: figures && (() => figures.onChildDown('check')),
      });
    const { recognition, local, detector, queue } = await startRecognition({
      ...options,
      files,
      stopped,
      closing,
      watch: figures?.detector,
    });
    figures?.watchChild('check', () => checker.residentBytes?.());
    if (detector !== undefined) figures?.watchChild('detector', () => detector.usage?.()?.residentBytes);
    if (local !== undefined) figures?.watchQueue('detector', local.backlog);
    if (queue !== undefined) figures?.watchQueue('shared', queue.backlog);
    const pageInUse = createPageInUse((isInUse) => detector?.stepBack(isInUse));
    closing.push(
      () => checker.close(),
      async () => pageInUse.close(),
    );
    const ownEngine = createEmbeddedEngine({
      recognition,
      detectorVersion: options.detectorVersion,
      files,
      owners,
      checkUpload: (upload, claimed, call) =>
        checker.checkUpload({ path: files.pathOf(upload), digest: upload.digest }, claimed, call),
      fetchLink: (link, call) => links.fetchPicture(link, 'detected', call),
      belowOurBase: origins.pathOf,
    });
    const liveService = createKlingEngine({
      baseUrl: config.useapiBaseUrl,
      timeoutMs: timeouts.call,
      userAgent: `Facebound/${version}`,
    });
    const embedded = shareOutUploads(ownEngine, createPlaces({ most: UPLOAD_PLACES, line: LONGEST_LINE }));
    const timedService = figures === undefined ? liveService : timedVendor(liveService, figures);
    const kling = shareOutCalls(timedService, createPlaces({ most: KLING_PLACES, line: LONGEST_LINE }));
    engines = [embedded, kling];
    closing.push(
      () => embedded.close(),
      () => kling.close(),
    );
    app = createApp({
      detectorVersion: options.detectorVersion,
      config,
      version,
      logger,
      origins,
      sessions,
      ownSecrets: createOwnSecrets({ ...config, signingSecret: secret }),
      passwordThrottle:
        config.accessKey === undefined
          ? undefined
          : createPasswordThrottle({
              key: config.accessKey,
              ...(state === undefined ? {} : { tries: state.tries, digestKey: secret }),
            }),
      engines: { embedded, kling },
      calls,
      readiness: createReadiness({ detector, queue, disk, store, logger }),
      paidOnce,
      files,
      openApi: options.openApi,
      owners,
      links,
      checker,
      pageInUse,
      page,
      timeouts,
      figures,
    });
  } catch (error) {
    await close();
    return err(error instanceof Error ? error.message : String(error));
  }
  const host = isUnspecifiedHost(config.host) ? '127.0.0.1' : bracketed(config.host);
  return ok({ address: config.origins[0] ?? `http://${host}:${port}`, port, unfinished: calls.count, close });
}
