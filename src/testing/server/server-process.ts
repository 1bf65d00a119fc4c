import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startTestServer } from './test-server.ts';

/** A test's server in a process of its own, which can be killed at any moment. */
export type ServerProcess = { readonly url: string; readonly process: ChildProcess };

const file = fileURLToPath(import.meta.url);

/** Starts one on a data directory that others may use as well. Its detector finds two faces in everything. */
export async function startServerProcess(dataDir: string): Promise<ServerProcess> {
  const loader = pathToFileURL(createRequire(file).resolve('tsx')).href;
  const child = fork(file, [dataDir], {
    execArgv: ['--import', loader],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [url]: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof url !== 'string') throw new Error('The server told no address');
  return { url, process: child };
}

if (process.argv[1] === file) {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit());
  const server = await startTestServer({ dataDir: process.argv[2] ?? '' });
  process.send?.(server.url);
}
