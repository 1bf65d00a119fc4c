import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Resident memory of a process and everything below it, in bytes. Pages that several share are counted for each, so the
 * true use is lower; growth is what this tells.
 */
export async function residentBytesOfTree(root: number): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
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
