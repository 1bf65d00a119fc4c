import { once } from 'node:events';
import { expect, it } from 'vitest';
import { exitOf, run, start, stop } from './processes.ts';

const node = (script: string) => ['--eval', script] as const;

it('gives the exit code of what it ran', async () => {
  expect(await run(process.execPath, node('process.exit(7)'))).toBe(7);
});

it('counts a program that is not there as a failure', async () => {
  expect(await run('no-such-program-anywhere', [])).toBe(1);
});

it('ends a program that takes longer than it may', async () => {
  expect(await run(process.execPath, node('setInterval(() => {}, 1000)'), { timeoutMs: 500 })).toBe(1);
});

it('ends what a program started in turn', async () => {
  const grandchild = "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  const script = `const child = ${grandchild}; console.log(child.pid); setInterval(() => {}, 1000)`;
  const child = start(process.execPath, node(script), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line]: unknown[] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  const ended = exitOf(child);
  await stop(child);
  await ended;
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
