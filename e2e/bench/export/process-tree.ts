import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

type Row = readonly number[];

async function processTable(): Promise<Row[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
}

/** Resident memory of each of these processes, in bytes; those that have ended are left out. */
export async function residentBytesOf(pids: readonly number[]): Promise<number[]> {
  return (await processTable()).flatMap(([pid, , kilobytes]) =>
    pid !== undefined && kilobytes !== undefined && pids.includes(pid) ? [kilobytes * 1024] : [],
  );
}

/**
 * Resident memory of a process and everything below it, in bytes. Pages that several share are counted for each, so the
 * true use is lower; growth is what this tells.
 */
export async function residentBytesOfTree(root: number): Promise<number> {
  const rows = await processTable();
  const tree = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of rows) {
      if (pid === undefined || parent === undefined || tree.has(pid) || !tree.has(parent)) continue;
      tree.add(pid);
      grew = true;
    }
  }
  return rows.reduce((sum, [pid, , kilobytes]) => (tree.has(pid ?? -1) ? sum + (kilobytes ?? 0) * 1024 : sum), 0);
}
