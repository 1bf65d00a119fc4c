import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process as `ps` shows it: its resident memory in bytes. */
export type ProcessRow = { readonly pid: number; readonly parent: number; readonly residentBytes: number };

/** A process and its direct children, by `ps`: Linux and macOS have it. */
export async function familyOf(pid: number): Promise<ProcessRow[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([own, parent, kilobytes]) =>
      own !== undefined && parent !== undefined && kilobytes !== undefined && (own === pid || parent === pid)
        ? [{ pid: own, parent, residentBytes: kilobytes * 1024 }]
        : [],
    );
}
