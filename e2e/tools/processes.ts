import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

const isWindows = process.platform === 'win32';

/** How long a child may take to leave after SIGTERM, in milliseconds, before it is killed. */
const PATIENCE_MS = 5_000;

/** Children that are running now, so that one Ctrl-C ends all of them. */
const running = new Set<ChildProcess>();

/**
 * Starts a program in a process group of its own, so that what it starts in turn (npm → sh → vitest → a browser) can
 * be ended with it. Its output goes to ours and it gets no input, unless `options` says otherwise.
 */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !isWindows,
    ...options,
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Waits for a child's end: its exit code, or 1 when it could not be started or was ended by a signal. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a program to its end and gives its exit code; `timeoutMs` ends it early, as a failure. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { timeoutMs?: number } = {},
): Promise<number> {
  const { timeoutMs, ...spawnOptions } = options;
  const child = start(command, args, spawnOptions);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => void stop(child), timeoutMs);
  const code = await exitOf(child);
  clearTimeout(timer);
  // While everything is being stopped, whoever waits here must not go on to the next program.
  return stoppingSince === undefined ? code : new Promise<never>(() => undefined);
}

/** Runs a script of package.json. */
export const runScript = (script: string, args: readonly string[] = [], options: SpawnOptions = {}): Promise<number> =>
  run('npm', ['run', '--silent', script, '--', ...args], { shell: isWindows, ...options });

/** Ends a child and everything that it started: politely, and by force when it does not listen. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}

/** A terminal, npm and tsx all pass one Ctrl-C on; copies of it that come within this time, in milliseconds, are no second one. */
const SAME_SIGNAL_MS = 1_000;

/** When the first signal came; from then on nothing new begins. */
let stoppingSince: number | undefined;

/**
 * On Ctrl-C or SIGTERM ends every child, then calls `atEnd` and leaves with the code that the signal stands for. A
 * second Ctrl-C does not wait.
 */
export function stopChildrenOnSignal(atEnd: () => void = () => undefined): void {
  const leave = (code: number) => {
    atEnd();
    process.exit(code);
  };
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      if (stoppingSince === undefined) {
        stoppingSince = performance.now();
        void Promise.all([...running].map(stop)).finally(() => leave(code));
      } else if (performance.now() - stoppingSince > SAME_SIGNAL_MS) {
        for (const child of running) signalGroup(child, 'SIGKILL');
        leave(code);
      }
    });
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
