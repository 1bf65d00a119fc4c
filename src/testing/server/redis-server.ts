import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, onFreePort } from './programs.ts';

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
  const launch = (port: number): Promise<ChildProcess | undefined> => {
    const args = {
      bind: '127.0.0.1',
      port: String(port),
      dir,
      save: '',
      appendonly: options.appendOnly === true ? 'yes' : 'no',
      appendfsync: 'always',
      ...(options.password === undefined ? {} : { requirepass: options.password }),
    };
    const child = spawn(
      program,
      Object.entries(args).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    return untilReady(child);
  };
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
  const secret = options.password === undefined ? '' : `:${encodeURIComponent(options.password)}@`;
  return {
    url: `redis://${secret}127.0.0.1:${port}`,
    port,
    get pid() {
      return running.child.pid ?? 0;
    },
    kill: end,
    restart: async () => {
      await end();
      const child = await launch(port);
      if (child === undefined) throw new Error('Redis did not start again');
      running = { child, port };
    },
    close: async () => {
      process.off('exit', endAtOnce);
      await end();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves once it takes commands; to undefined when it ended before, as on a port that somebody else has. */
function untilReady(child: ChildProcess): Promise<ChildProcess | undefined> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => resolve(undefined));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4096);
      if (said.includes('Ready to accept connections')) resolve(child);
    });
  });
}
