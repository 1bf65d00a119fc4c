import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { openApiDocument } from '#api/openapi/document.ts';
import type { Detector, DetectorWatch } from '#detector/detector.ts';
import { createDetector } from '#detector/node/create-detector.ts';
import { startWorkerServer } from '#server/cluster/worker-server.ts';
import { parseConfig } from '#server/config.ts';
import { createLogger } from '#server/log.ts';
import { startServer } from '#server/server.ts';
import { createFakeDetector } from './fake-detector.ts';
import { createOwnProcessChecker } from './own-process-checker.ts';

const settings = z.object({
  /** What a person would set. */
  env: z.record(z.string(), z.string()),
  detector: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('real'), modelsDir: z.string() }),
    /** Takes so long for each, one after another, and writes a line for each into this file as it begins. */
    z.object({ kind: z.literal('slow'), ms: z.number(), runsFile: z.string() }),
  ]),
});
export type ProcessSettings = z.infer<typeof settings>;

/** A replica or a worker in a process of its own, which can be killed at any moment. */
export type ClusterProcess = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it as a power cut does (SIGKILL). */
  kill(): Promise<void>;
  /** Has it stop as a service manager does (SIGTERM); resolves with its exit code. */
  stop(): Promise<number | null>;
};

const file = fileURLToPath(import.meta.url);

/** Starts one and waits until it listens. */
export async function startClusterProcess(given: ProcessSettings): Promise<ClusterProcess> {
  const loader = pathToFileURL(createRequire(file).resolve('tsx')).href;
  const child: ChildProcess = fork(file, [JSON.stringify(given)], {
    execArgv: ['--import', loader],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const [url]: unknown[] = await Promise.race([once(child, 'message'), gone]);
  if (typeof url !== 'string' || child.pid === undefined) throw new Error('It told no address');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
    return child.exitCode;
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** The one fake that a cluster is tested with: it finds two faces in everything, as slowly as a detector does. */
function slowDetector(ms: number, runsFile: string): Detector {
  const fake = createFakeDetector();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...fake,
    state: 'ready',
    detect: (bytes, signal) => {
      const turn = last.then(async () => {
        await appendFile(runsFile, `${process.pid}\n`);
        await pause(ms);
        return fake.detect(bytes, signal);
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}

if (process.argv[1] === file) {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit());
  const { env, detector } = settings.parse(JSON.parse(process.argv[2] ?? ''));
  const config = parseConfig({ PORT: '0', LOG_LEVEL: 'error', ...env });
  if (!config.ok) throw new Error(config.error);
  const common = {
    config: config.value,
    version: '0.0.0-test',
    logger: createLogger({ level: config.value.logLevel, write: (line) => process.stderr.write(line) }),
    startDetector: (watch?: DetectorWatch) =>
      detector.kind === 'real'
        ? createDetector({ modelsDir: detector.modelsDir, watch })
        : slowDetector(detector.ms, detector.runsFile),
    detectorVersion: 'cluster test',
  };
  const { role, queue } = config.value;
  const server =
    role === 'worker' && queue !== undefined
      ? await startWorkerServer({ ...common, queue })
      : await startServer({
          ...common,
          pageDir: path.join(config.value.dataDir, 'no-page'),
          openApi: openApiDocument({ version: '0.0.0-test' }),
          checker: createOwnProcessChecker(),
        });
  if (!server.ok) throw new Error(server.error);
  process.on('SIGTERM', () => void server.value.close().then(() => process.exit(0)));
  process.send?.(`http://127.0.0.1:${server.value.port}`);
}
