import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** Programs that tests of a cluster start; `.ci/run` installs them. */
export const CLUSTER_PROGRAMS = ['redis-server', 'haproxy'] as const;
export type ClusterProgram = (typeof CLUSTER_PROGRAMS)[number];

/** Where Debian keeps what only root has in its path. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin'];

/** The path of a program; undefined where this machine has none. Without it a test is skipped, except in CI. */
export function findProgram(name: ClusterProgram): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...MORE_FOLDERS];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** For `describe.skipIf`: whether one of these is missing. A whole run says so once (`e2e/tools/cluster-programs.ts`). */
export const lacks = (...names: readonly ClusterProgram[]): boolean =>
  names.some((name) => findProgram(name) === undefined);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts on a port that was free a moment ago, and on another one when somebody was faster. */
export async function onFreePort<T>(start: (port: number) => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const started = await start(await freePort());
    if (started !== undefined) return started;
  }
  throw new Error('No port was free');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A server of a test's own, which may be killed and started again on its port. */
export type ProgramServer = {
  readonly port: number;
  readonly pid: number;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** Starts a server on a free port and waits until it says `ready`. It does not outlive the test run. */
export async function startProgramServer(options: {
  /** As in "Redis did not start again". */
  readonly name: string;
  readonly launch: (port: number) => ChildProcess;
  readonly ready: string;
}): Promise<ProgramServer> {
  const launch = (port: number) => untilSays(options.launch(port), options.ready);
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
  return {
    port,
    get pid() {
      return running.child.pid ?? 0;
    },
    kill: end,
    restart: async () => {
      await end();
      const child = await launch(port);
      if (child === undefined) throw new Error(`${options.name} did not start again`);
      running = { child, port };
    },
    close: async () => {
      process.off('exit', endAtOnce);
      await end();
    },
  };
}

/** Resolves once it says so; to undefined when it ended before, as on a port that somebody else has. */
function untilSays(child: ChildProcess, ready: string): Promise<ChildProcess | undefined> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => resolve(undefined));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4096);
      if (said.includes(ready)) resolve(child);
    });
  });
}
