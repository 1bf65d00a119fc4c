import { copyFile, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDir } from '../fixtures/server.ts';
import { projectRoot } from '../tools/build-dir.ts';
import { run } from '../tools/processes.ts';
import type { Section } from './report.ts';

const MB = 1e6;

/** What a server needs on disk: the packages that it imports, and the build. */
export async function benchInstallSize(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-install-'));
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) {
      await copyFile(join(projectRoot, name), join(folder, name));
    }
    const args = ['ci', '--omit=dev', '--prefer-offline', '--silent'];
    if ((await run('npm', args, { cwd: folder })) !== 0) throw new Error('npm ci --omit=dev failed');
    const packages = await bytesOnDisk(join(folder, 'node_modules'));
    const build = await bytesOnDisk(buildDir());
    return [
      {
        title: 'Size of an installation',
        conditions: 'npm ci --omit=dev, every platform that the packages carry, plus the build output',
        figures: [
          { name: 'packages', value: packages / MB, unit: 'MB' },
          { name: 'build output', value: build / MB, unit: 'MB' },
          { name: 'together', value: (packages + build) / MB, unit: 'MB', aim: { atMost: 200 } },
        ],
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Blocks that a folder's files take, in bytes; a block of `stat` is 512 bytes (POSIX). */
async function bytesOnDisk(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => lstat(join(entry.parentPath, entry.name))),
  );
  return sizes.reduce((sum, { size, blocks }) => sum + (blocks === undefined ? size : blocks * 512), 0);
}
