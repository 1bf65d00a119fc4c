import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as `ps` shows it: its resident memory in bytes, and how it was called. */
export type ProcessRow = {
  readonly pid: number;
  readonly parent: number;
  readonly residentBytes: number;
  readonly command: string;
};

/** A process and its direct children, by `ps`: Linux and macOS have it. */
export async function familyOf(pid: number): Promise<ProcessRow[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,rss=,args='], { maxBuffer: 2 ** 26 });
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([first, second, third, ...command]) => {
      const [own, parent, kilobytes] = [Number(first), Number(second), Number(third)];
      return own === pid || parent === pid
        ? [{ pid: own, parent, residentBytes: kilobytes * 1024, command: command.join(' ') }]
        : [];
    });
}
