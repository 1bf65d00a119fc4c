import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DetectorHost, HostEvents } from '#detector/ports.ts';
import { fromChild, type ToChild } from '#detector/supervisor/messages.ts';

/** How much of what the child writes to its standard error is kept for `onExit`, in characters. */
const KEPT_STDERR = 2000;

/** Starts the child, one life of the detector in a process of its own. A start that fails ends in `onExit`, too. */
export function startChild(modelsDir: string, events: HostEvents): DetectorHost {
  const { file, execArgv } = findEntry();
  const child = fork(file, [modelsDir], {
    serialization: 'advanced',
    execArgv,
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A session of its own, so that it can step back alone. It ends with its channel all the same.
    detached: process.platform === 'linux',
  });
  let stderrTail = '';
  let gone = false;
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  const leave = (reason: string): void => {
    if (gone) return;
    gone = true;
    process.off('exit', kill);
    events.onExit(reason, stderrTail.trim());
  };
  // Should the server end without closing the detector, a child that is stuck must not stay behind.
  process.once('exit', kill);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-KEPT_STDERR);
  });
  child.on('message', (raw: unknown) => {
    const message = fromChild.safeParse(raw);
    if (message.success) events.onMessage(message.data);
    else kill();
  });
  child.on('disconnect', kill);
  child.on('error', (error) => {
    stderrTail += error.message;
    // A child that never started has no exit to wait for; a message that could not be sent means that it is ending.
    if (child.pid === undefined) leave('the detector could not be started');
    else kill();
  });
  child.on('close', (code, signal) => {
    leave(signal === null ? `the detector ended with code ${code}` : `the detector was ended by ${signal}`);
  });
  return {
    pid: child.pid,
    send: (message) => sendTo(child, message, kill),
    processorMs: () => (child.pid === undefined ? undefined : processorMsOf(child.pid)),
    kill,
  };
}

/** `USER_HZ`, the same on every Linux that Node runs on: ticks a second in `/proc` (proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;

/** See `DetectorHost.processorMs`. Only Linux tells it of another process without asking a program. */
function processorMsOf(pid: number): number | undefined {
  try {
    // After the name in brackets, which may hold anything, come state, parent and so on; utime and stime are 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? (ticks * 1000) / TICKS_A_SECOND : undefined;
  } catch {
    return undefined;
  }
}

function sendTo(child: ChildProcess, message: ToChild, onFailure: () => void): void {
  if (!child.connected) return;
  child.send(message, (error) => {
    if (error !== null) onFailure();
  });
}

/**
 * The child's program: TypeScript beside this file in development and tests, `detector-child.js` in a build, where
 * this very file may have become part of `main.js` or of a chunk one folder below.
 */
function findEntry(): { file: string; execArgv: string[] } {
  const here = fileURLToPath(import.meta.url);
  const folder = path.dirname(here);
  if (here.endsWith('.ts')) {
    const loader = pathToFileURL(createRequire(here).resolve('tsx')).href;
    return { file: path.join(folder, 'child.ts'), execArgv: ['--import', loader] };
  }
  const built = path.join(folder, 'detector-child.js');
  return { file: existsSync(built) ? built : path.join(folder, '..', 'detector-child.js'), execArgv: [] };
}

/** What a process needs to run at all; above all, no secret: the child decodes pictures that anyone may have made. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LC_ALL', 'SystemRoot', 'LD_LIBRARY_PATH'];

function childEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  // glibc keeps a heap per thread and gives little of it back; with two the child stays flat over many pictures.
  environment['MALLOC_ARENA_MAX'] = '2';
  return environment;
}
