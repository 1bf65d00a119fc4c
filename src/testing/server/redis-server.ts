import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, startProgramServer } from './programs.ts';

/** A Redis of a test's own, on loopback and in a folder of its own. */
export type RedisServer = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it as a power cut does (SIGKILL), by its pid; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder; resolves when it takes commands. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
};

/**
 * Starts one on a free port and waits until it takes commands. `appendOnly`: every command is on the disk before its
 * answer, so that nothing is lost by `kill`; else it keeps nothing.
 */
export async function startRedis(
  options: { readonly appendOnly?: boolean; readonly password?: string } = {},
): Promise<RedisServer> {
  const program = findProgram('redis-server');
  if (program === undefined) throw new Error('This machine has no redis-server');
  const dir = await mkdtemp(path.join(tmpdir(), 'facebound-redis-'));
  const server = await startProgramServer({
    name: 'Redis',
    ready: 'Ready to accept connections',
    launch: (port) => {
      const args = {
        bind: '127.0.0.1',
        port: String(port),
        dir,
        save: '',
        appendonly: options.appendOnly === true ? 'yes' : 'no',
        appendfsync: 'always',
        ...(options.password === undefined ? {} : { requirepass: options.password }),
      };
      return spawn(
        program,
        Object.entries(args).flatMap(([name, value]) => [`--${name}`, value]),
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
    },
  });
  const { port, kill, restart } = server;
  const secret = options.password === undefined ? '' : `:${encodeURIComponent(options.password)}@`;
  return {
    url: `redis://${secret}127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid;
    },
    kill,
    restart,
    close: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
