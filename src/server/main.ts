import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { DetectorWatch } from '#detector/detector.ts';
import { createDetector } from '#detector/node/create-detector.ts';
import { pipelineVersion } from '#detector/node/pipeline-version.ts';
import { errorText } from '#shared/error-text.ts';
import { redisSecrets } from './cluster/redis-address.ts';
import { parseConfig } from './config.ts';
import { finishingSentence } from './http/running-calls.ts';
import { createLogger } from './log.ts';
import { OPENAPI_FILE, readOpenApi } from './openapi-file.ts';
import { startServer } from './server.ts';

/** Says in one line why there is no server, and leaves. */
function refuseToStart(reason: string): never {
  process.stderr.write(`Facebound cannot start: ${reason}.\n`);
  process.exit(1);
}

/** Built, this file lies in `dist/server`, beside `dist/page` and `dist/models`; run from source, in `src/server`. */
const isBuilt = import.meta.url.endsWith('.js');
const buildDir = new URL(isBuilt ? '../' : '../../dist/', import.meta.url);
const packageFile = new URL('../../package.json', import.meta.url);

const config = parseConfig(process.env);
if (!config.ok) refuseToStart(config.error);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageFile, 'utf8')));
const logger = createLogger({
  level: config.value.logLevel,
  write: (line) => process.stderr.write(line),
  secrets: [
    config.value.useapiToken,
    config.value.accessKey,
    config.value.embeddedToken,
    config.value.s3?.secretAccessKey,
    ...redisSecrets(config.value.queue?.url ?? ''),
    process.env['FACEBOUND_SECRET']?.trim(),
  ],
});

const modelsDir = fileURLToPath(new URL('models/', buildDir));
const common = {
  config: config.value,
  version,
  logger,
  startDetector: (watch?: DetectorWatch) => createDetector({ modelsDir, logger, watch }),
  detectorVersion: await pipelineVersion(modelsDir),
};
const { queue, role } = config.value;
const server =
  role === 'worker' && queue !== undefined
    ? await (await import('./cluster/worker-server.ts')).startWorkerServer({ ...common, queue })
    : await startServer({
        ...common,
        pageDir: fileURLToPath(new URL('page/', buildDir)),
        openApi: await readOpenApi(new URL(OPENAPI_FILE, buildDir)),
      });
if (!server.ok) refuseToStart(server.error);

// A bug that nobody caught: say it in the log's own form, redacted, and let the service manager start anew.
process.on('uncaughtException', (error) => {
  logger.error('the server failed', { error: errorText(error) });
  process.exit(1);
});

/** npm and the terminal both hand one Ctrl-C on; copies of it that come within this time, in milliseconds, are no second one. */
const SAME_SIGNAL_MS = 500;
/** `again`: the next signal is a second one, and who sends it does not want to wait. */
let stopping: 'no' | 'begun' | 'again' = 'no';
const stop = () => {
  if (stopping === 'again') process.exit(1);
  if (stopping === 'begun') return;
  stopping = 'begun';
  setTimeout(() => {
    stopping = 'again';
    const sentence = finishingSentence(server.value.unfinished(), config.value.drainMs);
    if (sentence !== undefined) process.stdout.write(`${sentence}\n`);
  }, SAME_SIGNAL_MS);
  server.value.close().then(
    () => process.exit(0),
    (error: unknown) => {
      logger.error('stopping failed', { error: errorText(error) });
      process.exit(1);
    },
  );
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// When the terminal that reads our output goes away, a line that cannot be written must not end the server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.stdout.write(
  role === 'worker'
    ? `Facebound works for its queue; its health is at ${server.value.address}\n`
    : `Facebound is ready at ${server.value.address}\n`,
);
