import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Pids of the processes that a process started, whose command line holds a text. */
export async function childPids(parent: number, command: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { maxBuffer: 2 ** 26 });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ofWhom, ...args]) => Number(ofWhom) === parent && args.join(' ').includes(command))
    .map(([pid]) => Number(pid));
}
