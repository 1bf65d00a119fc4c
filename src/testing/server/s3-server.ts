import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onFreePort } from './programs.ts';

/** An object store of a test's own, on loopback and in a folder of its own, with one empty bucket. */
export type S3Server = {
  readonly endpoint: string;
  readonly bucket: string;
  /** What the environment of a server says that keeps its files there, its secret included. */
  readonly env: Readonly<Record<string, string>>;
  /** The file that an object lies in, such as `uploads/….png`. */
  fileOf(key: string): string;
  /** Ends it as a power cut does, by its pid; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
};

const BUCKET = 'facebound';
/** The only account that s3rver knows. It looks at no signature. */
const KEY = 'S3RVER';
/** Where a server keeps things. s3rver removes a folder with its last object, beside whoever writes the next one. */
const FOLDERS = ['files', 'names', 'uploads', 'aside'];

const program = path.join(path.dirname(createRequire(import.meta.url).resolve('s3rver')), '../bin/s3rver.js');

/** Starts one on a free port and waits until it answers. */
export async function startS3(): Promise<S3Server> {
  const dir = await mkdtemp(path.join(tmpdir(), 'facebound-s3-'));
  for (const folder of FOLDERS) {
    await mkdir(path.join(dir, BUCKET, folder), { recursive: true });
    await writeFile(path.join(dir, BUCKET, folder, '.keep'), '');
  }
  const launch = (port: number): Promise<ChildProcess | undefined> =>
    untilListening(
      spawn(
        process.execPath,
        [program, '--directory', dir, '--address', '127.0.0.1', '--port', String(port), '--configure-bucket', BUCKET],
        // Deprecations of its old dependencies are no news.
        { stdio: ['ignore', 'pipe', 'ignore'] },
      ),
    );
  let running = await onFreePort(async (port) => {
    const child = await launch(port);
    return child === undefined ? undefined : { child, port };
  });
  const end = async () => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  // A test run that is ended leaves no server behind.
  const endAtOnce = () => void running.child.kill('SIGKILL');
  process.once('exit', endAtOnce);
  const { port } = running;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    bucket: BUCKET,
    env: {
      FACEBOUND_S3_ENDPOINT: endpoint,
      FACEBOUND_S3_BUCKET: BUCKET,
      FACEBOUND_S3_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: KEY,
      AWS_SECRET_ACCESS_KEY: KEY,
      FACEBOUND_SECRET: '01'.repeat(32),
    },
    fileOf: (key) => path.join(dir, BUCKET, `${key}._S3rver_object`),
    kill: end,
    restart: async () => {
      await end();
      const child = await launch(port);
      if (child === undefined) throw new Error('The object store did not start again');
      running = { child, port };
    },
    close: async () => {
      process.off('exit', endAtOnce);
      await end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves once it listens; to undefined when it ended before, as on a port that somebody else has. */
function untilListening(child: ChildProcess): Promise<ChildProcess | undefined> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => resolve(undefined));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4096);
      if (said.includes('S3rver listening')) resolve(child);
    });
  });
}
