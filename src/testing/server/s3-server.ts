import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProgramServer } from './programs.ts';

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
  const server = await startProgramServer({
    name: 'The object store',
    ready: 'S3rver listening',
    launch: (port) =>
      spawn(
        process.execPath,
        [program, '--directory', dir, '--address', '127.0.0.1', '--port', String(port), '--configure-bucket', BUCKET],
        // Deprecations of its old dependencies are no news.
        { stdio: ['ignore', 'pipe', 'ignore'] },
      ),
  });
  const { port, kill, restart } = server;
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
    kill,
    restart,
    close: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
