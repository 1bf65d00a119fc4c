import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { projectRoot } from '../tools/build-dir.ts';

/** The detector of some state of the project, without a server, in a process of its own. */
export type DetectorOf = {
  /** `ms` and `processorMs` (all threads together) are what the engine took there, without the way to it. */
  detect(bytes: Uint8Array): Promise<{ found: ImageRect[]; ms: number; processorMs: number }>;
  stop(): Promise<void>;
};

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const answer = z.object({ faces: z.array(box), ms: z.number(), processorMs: z.number() });

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Starts the detector as it lies in `root`, with networks that its own converter writes. */
export async function startDetectorIn(root: string): Promise<DetectorOf> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-models-'));
  const build = join(root, 'src/detector/node/models/build.ts');
  const env = { ...process.env, FACEBOUND_BUILD_DIR: folder };
  await mkdir(join(folder, 'models'));
  execFileSync(process.execPath, ['--import', tsx, build], { cwd: root, env });
  const child = fork(
    fileURLToPath(new URL('detector-of-process.ts', import.meta.url)),
    [root, join(folder, 'models')],
    {
      serialization: 'advanced',
      execArgv: ['--import', tsx],
    },
  );
  await once(child, 'message');
  return {
    async detect(bytes) {
      child.send({ bytes });
      const [told]: unknown[] = await once(child, 'message');
      const { faces, ms, processorMs } = answer.parse(told);
      return { found: faces.map(({ x, y, width, height }) => imageRect(x, y, width, height)), ms, processorMs };
    },
    async stop() {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true });
    },
  };
}

/** The files of a commit of this project, which use today's packages. The caller removes the folder. */
export async function checkOut(commit: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-before-'));
  const archive = execFileSync('git', ['archive', commit, 'src', 'package.json', 'tsconfig.json'], {
    cwd: projectRoot,
    maxBuffer: 1e9,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
