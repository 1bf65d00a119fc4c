/** Starting and stopping, as a person in a terminal meets it. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { buildDir, startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

type Ended = { readonly code: number | null; readonly output: string };

/** Runs the server where it cannot start, to its end. */
async function runToEnd(env: Readonly<Record<string, string>>): Promise<Ended> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facebound-data-'));
  try {
    return await new Promise((resolve) => {
      const options = { env: { PATH: process.env['PATH'], FACEBOUND_DATA_DIR: dataDir, ...env }, timeout: 30_000 };
      const child = execFile(process.execPath, [join(buildDir(), 'server', 'main.js')], options, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

test('a busy port is one clear line and a failure', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : address);
  const { code, output } = await runToEnd({ PORT: port });
  other.close();
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).toContain(port);
});

test('every bad variable is named in one line', async () => {
  const { code, output } = await runToEnd({ PORT: 'many', LOG_LEVEL: 'shout', FACEBOUND_ACCESS_KEY: 'short-secret' });
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toHaveLength(1);
  for (const name of ['PORT', 'LOG_LEVEL', 'FACEBOUND_ACCESS_KEY']) expect(output).toContain(name);
  expect(output).not.toContain('short-secret');
});

test('beyond this machine it does not start without a key', async () => {
  const { code, output } = await runToEnd({ HOST: '0.0.0.0', PORT: '0' });
  expect(code).toBe(1);
  expect(output).toContain('FACEBOUND_ACCESS_KEY');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends it cleanly, its detector too`, async () => {
    const server = await startServer();
    const { process: child } = server;
    const detectors = await childrenOf(child.pid ?? 0);
    const ended = once(child, 'exit');
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    for (const pid of detectors) await expect.poll(() => isAlive(pid)).toBe(false);
    await server.stop();
  });
}

test('starts and detects as ever where what only a cluster needs is not there', async () => {
  // Beside the build, where the packages of an installation are found.
  const lean = await mkdtemp(join(dirname(buildDir()), 'dist.lean-'));
  try {
    expect(await readdir(join(buildDir(), 'server', 'cluster'))).not.toEqual([]);
    await cp(buildDir(), lean, {
      recursive: true,
      filter: (source) => !source.startsWith(join(buildDir(), 'server', 'cluster')),
    });
    const server = await startServer({ build: lean });
    const picture = await readFile(join(buildDir(), 'page', 'samples', 'group.jpg'));
    const authorization = 'Bearer anyone';
    const uploaded = await fetch(`${server.origin}/v1/kling/assets/`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      body: new Uint8Array(picture),
    });
    const { url } = uploadAssetReply.parse(await uploaded.json());
    const found = await fetch(`${server.origin}/v1/kling/images/recognize-faces`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: url }),
    });
    expect(recognizeFacesReply.parse(await found.json()).faceItems).toHaveLength(12);
    await server.stop();
  } finally {
    await rm(lean, { recursive: true, force: true });
  }
});

/** Pids of a process's children; empty where there is no `ps`. */
async function childrenOf(pid: number): Promise<number[]> {
  const ps = spawn('ps', ['-o', 'pid=', '--ppid', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  ps.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  await new Promise((resolve) => ps.once('close', resolve).once('error', resolve));
  return output.split(/\s+/).filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
