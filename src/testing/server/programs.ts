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
