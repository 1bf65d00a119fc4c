import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openApiDocument } from '#api/openapi/document.ts';
import type { Detector } from '#detector/detector.ts';
import { parseConfig, type ServerConfig } from '#server/config.ts';
import { createLogger } from '#server/log.ts';
import type { LinkLimits } from '#server/safe-fetch/fetch-picture.ts';
import { startServer } from '#server/server.ts';
import type { Timeouts } from '#server/timeouts.ts';
import { createFakeDetector } from './fake-detector.ts';
import { createOwnProcessChecker } from './own-process-checker.ts';

/** The page's session as a test holds it: the cookie that was set. */
export type TestServer = {
  /** Address that the server listens on, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Every line that was logged so far. */
  readonly log: readonly string[];
  /** Fetches a path of the server. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Opens a session as the page does and returns its `Cookie` header. */
  openSession(accessKey?: string): Promise<string>;
  close(): Promise<void>;
};

/** A folder of its own below the system's, and how to remove it. */
export async function temporaryDir(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'facebound-test-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** The `Cookie` header that a browser would send after this response. */
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

/** A secret where a server must be told one, so that a test need not. */
const secretFor = (env: Readonly<Record<string, string>> = {}) =>
  'FACEBOUND_QUEUE_URL' in env || 'FACEBOUND_S3_ENDPOINT' in env ? { FACEBOUND_SECRET: '01'.repeat(32) } : {};

/** A real server on a free port, with a data directory of its own and a detector that a test can steer. */
export async function startTestServer(
  options: {
    env?: Readonly<Record<string, string>>;
    detector?: Detector;
    /** Uploads and links are looked at in a process of their own, as in the product, which takes a moment to start. */
    hasCheckProcess?: boolean;
    dataDir?: string;
    pageDir?: string;
    linkLimits?: Partial<LinkLimits>;
    nameServers?: readonly string[];
    timeouts?: Partial<Timeouts>;
    /** What the environment cannot say, or only in larger steps. */
    config?: Partial<ServerConfig>;
  } = {},
): Promise<TestServer> {
  const own = options.dataDir === undefined ? await temporaryDir() : undefined;
  const dataDir = options.dataDir ?? own?.dir ?? '';
  const config = parseConfig({ PORT: '0', FACEBOUND_DATA_DIR: dataDir, ...secretFor(options.env), ...options.env });
  if (!config.ok) throw new Error(config.error);
  const log: string[] = [];
  const { useapiToken, accessKey, embeddedToken, s3 } = config.value;
  const server = await startServer({
    config: { ...config.value, ...options.config },
    version: '0.0.0-test',
    logger: createLogger({
      level: 'debug',
      write: (line) => log.push(line),
      secrets: [useapiToken, accessKey, embeddedToken, s3?.secretAccessKey],
    }),
    pageDir: options.pageDir ?? path.join(dataDir, 'no-page'),
    startDetector: () => options.detector ?? createFakeDetector(),
    ...(options.hasCheckProcess === true ? {} : { checker: createOwnProcessChecker() }),
    detectorVersion: 'test',
    openApi: openApiDocument({ version: '0.0.0-test' }),
    ...(options.linkLimits === undefined ? {} : { linkLimits: options.linkLimits }),
    ...(options.nameServers === undefined ? {} : { nameServers: options.nameServers }),
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  if (!server.ok) throw new Error(server.error);
  const url = `http://127.0.0.1:${server.value.port}`;
  const call = (target: string, init?: RequestInit) => fetch(`${url}${target}`, init);
  return {
    url,
    port: server.value.port,
    dataDir,
    log,
    call,
    openSession: async (accessKey) => {
      const response = await call('/app/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify(accessKey === undefined ? {} : { accessKey }),
      });
      if (response.status !== 204) throw new Error(`No session: ${response.status} ${await response.text()}`);
      return cookieOf(response);
    },
    close: async () => {
      await server.value.close();
      await own?.remove();
    },
  };
}
