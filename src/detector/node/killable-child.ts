import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ChildEnd, Usage } from '#detector/ports.ts';

/** How much of what the child writes to its standard error is kept for its end, in characters. */
const KEPT_STDERR = 2000;

/** A process of ours that may be ended at any moment: it holds nothing that could be lost. */
export type KillableChild = {
  readonly pid: number | undefined;
  send(message: object): void;
  /** What it uses, as the machine tells it of another process; undefined where it does not. */
  usage(): Usage | undefined;
  kill(): void;
};

/** What ends the children that there are. Should this process end without closing them, one that is stuck must not stay. */
const endings = new Set<() => void>();
const endAll = () => {
  for (const end of endings) end();
};

/**
 * Starts a process that looks at strangers' bytes: without our secrets, in a session of its own, gone when we are. A
 * start that fails ends in `onExit`, too.
 */
export function startKillableChild(options: {
  /** What the log and callers read, as in "the detector ended with code 1". */
  readonly name: string;
  readonly entry: ChildEntry;
  readonly args?: readonly string[];
  /** Gets what came; false when it is nothing that this child says, which ends it. */
  readonly onMessage: (raw: unknown) => boolean;
  /** Exactly once, when it is gone. */
  readonly onExit: (end: ChildEnd) => void;
}): KillableChild {
  const { name } = options;
  const { file, execArgv } = findEntry(options.entry);
  const child = fork(file, options.args ?? [], {
    serialization: 'advanced',
    execArgv,
    env: childEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A session of its own, so that it can step back alone. It ends with its channel all the same.
    detached: process.platform === 'linux',
  });
  let stderrTail = '';
  let gone = false;
  let isOursToEnd = false;
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  const leave = (reason: string, isFromOutside: boolean): void => {
    if (gone) return;
    gone = true;
    endings.delete(kill);
    options.onExit({ reason, stderrTail: stderrTail.trim(), isFromOutside });
  };
  // One listener for all, however many there are.
  if (!process.listeners('exit').includes(endAll)) process.on('exit', endAll);
  endings.add(kill);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-KEPT_STDERR);
  });
  child.on('message', (raw: unknown) => {
    if (options.onMessage(raw)) return;
    isOursToEnd = true;
    kill();
  });
  child.on('disconnect', kill);
  child.on('error', (error) => {
    stderrTail += error.message;
    // A child that never started has no exit to wait for; a message that could not be sent means that it is ending.
    if (child.pid === undefined) leave(`${name} could not be started`, false);
    else kill();
  });
  child.on('close', (code, signal) => {
    if (signal === null) leave(`${name} ended with code ${code}`, false);
    else leave(`${name} was ended by ${signal}`, !isOursToEnd && SENT_BY_SOMEBODY.has(signal));
  });
  return {
    pid: child.pid,
    send: (message) => sendTo(child, message, kill),
    usage: () => (child.pid === undefined ? undefined : usageOf(child.pid)),
    kill,
  };
}

/** Signals that a process does not bring upon itself. */
const SENT_BY_SOMEBODY: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);

/** `USER_HZ`, the same on every Linux that Node runs on: ticks a second in `/proc` (proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;
/** The line of `/proc/<pid>/status` with the memory that a process holds, in kilobytes. */
const RESIDENT = 'VmRSS:';

/** Whether this machine tells what another process uses without asking a program: only Linux does. */
export const tellsUsage = (): boolean => usageOf(process.pid) !== undefined;

function usageOf(pid: number): Usage | undefined {
  try {
    // After the name in brackets, which may hold anything, come state, parent and so on; utime and stime are 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    const lines = readFileSync(`/proc/${pid}/status`, 'latin1').split('\n');
    // Without a size it is a process that has ended, and was not asked for yet.
    const kilobytes = Number.parseInt(
      lines.find((line) => line.startsWith(RESIDENT))?.slice(RESIDENT.length) ?? '',
      10,
    );
    if (!Number.isFinite(ticks + kilobytes)) return undefined;
    return { processorMs: (ticks * 1000) / TICKS_A_SECOND, residentBytes: kilobytes * 1024 };
  } catch {
    return undefined;
  }
}

function sendTo(child: ChildProcess, message: object, onFailure: () => void): void {
  if (!child.connected) return;
  child.send(message, (error) => {
    if (error !== null) onFailure();
  });
}

/** Where a child's program is: TypeScript in development and tests, a file of its own in a build. */
export type ChildEntry = {
  /** `import.meta.url` of the module that starts it. */
  readonly startedFrom: string;
  /** Its program beside that module. */
  readonly source: string;
  /** Its program in a build, beside `main.js`; that very module may be part of it or of a chunk one folder below. */
  readonly built: string;
};

function findEntry({ startedFrom, source, built }: ChildEntry): { file: string; execArgv: string[] } {
  const here = fileURLToPath(startedFrom);
  const folder = path.dirname(here);
  if (here.endsWith('.ts')) {
    const loader = pathToFileURL(createRequire(here).resolve('tsx')).href;
    return { file: path.join(folder, source), execArgv: ['--import', loader] };
  }
  const beside = path.join(folder, built);
  return { file: existsSync(beside) ? beside : path.join(folder, '..', built), execArgv: [] };
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
