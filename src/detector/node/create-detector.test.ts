import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Detector } from '#detector/detector.ts';
import type { UsageLimit } from '#detector/supervisor/watch-usage.ts';
import { createDetector } from './create-detector.ts';
import { buildModels } from './models/build-models.ts';
import { DRAWN_FACE_FILE } from './models/reference/inputs.ts';

/** Resolves when no process has this id any more. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the detector with its real child', { timeout: 60_000 }, () => {
  const never = new AbortController().signal;
  let folder: string;
  let face: Buffer;
  let detector: Detector | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-detector-'));
    await buildModels(folder);
    face = await readFile(DRAWN_FACE_FILE);
  }, 30_000);
  afterEach(async () => {
    await detector?.close();
    detector = undefined;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const start = (options: { jobLimit?: UsageLimit; queueLimit?: number; reports?: boolean } = {}): Detector => {
    detector = createDetector({ modelsDir: folder, ...options });
    return detector;
  };
  const countFaces = async (from: Detector): Promise<number | string> => {
    const result = await from.detect(face, never);
    return result.ok ? result.value.faces.length : result.error.code;
  };
  const pidOf = ({ childPid }: Detector): number => {
    if (childPid === undefined) throw new Error('there is no child');
    return childPid;
  };

  it('finds a face and brings its crops across as they are', async () => {
    const result = await start().detect(face, never);
    if (!result.ok) throw new Error(result.error.code);
    const [found] = result.value.faces;
    expect(result.value).toMatchObject({ width: 512, height: 512 });
    const JPEG_START = [0xff, 0xd8, 0xff];
    expect([...(found?.crop.subarray(0, 3) ?? [])]).toEqual(JPEG_START);
    expect([...(found?.feature.subarray(0, 3) ?? [])]).toEqual(JPEG_START);
  });

  it('says what is wrong with a picture, does not read documents as pictures, and serves the next one', async () => {
    const serving = start();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="9" height="9"/></svg>';
    for (const bytes of ['no picture', svg]) {
      const answer = await serving.detect(Buffer.from(bytes), never);
      expect(answer).toEqual({ ok: false, error: expect.objectContaining({ code: 'unreadable-picture' }) });
    }
    expect(await countFaces(serving)).toBe(1);
  });

  it('reads every format that browsers show, though the child blocks all other decoders', async () => {
    const serving = start();
    const files = await Promise.all(
      (['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const).map((format) =>
        sharp(face).toFormat(format).toBuffer(),
      ),
    );
    const answers = await Promise.all(files.map((file) => serving.detect(file, never)));
    expect(answers.map((answer) => (answer.ok ? answer.value.faces.length : answer.error))).toEqual(files.map(() => 1));
  });

  it('answers every call although the child is killed in the middle of its work', async () => {
    const serving = start();
    await countFaces(serving);
    const killed = pidOf(serving);
    const answers = Array.from({ length: 6 }, () => countFaces(serving));
    process.kill(killed, 'SIGKILL');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 6 }, () => 1));
    expect(serving.childPid).not.toBe(killed);
  });

  it.skipIf(process.platform === 'win32')('replaces a child that hangs', async () => {
    // It sleeps, so the clock judges it; the one in its place may be slow on a busy machine.
    const serving = start({ jobLimit: { processorMs: 20_000, wallMs: 12_000 } });
    await countFaces(serving);
    const stopped = pidOf(serving);
    process.kill(stopped, 'SIGSTOP');
    expect(await countFaces(serving)).toBe(1);
    await gone(stopped);
    expect(serving.childPid).not.toBe(stopped);
  });

  it('refuses what does not fit into the queue and answers the rest', async () => {
    const serving = start({ queueLimit: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => countFaces(serving)));
    expect(answers).toEqual([1, 1, 'queue-full', 'queue-full', 'queue-full']);
  });

  it('leaves no process behind when it is closed, even in the middle of its work', async () => {
    const serving = start();
    await countFaces(serving);
    const child = pidOf(serving);
    const answer = countFaces(serving);
    await serving.close();
    expect(await answer).toBe('detector-failed');
    await gone(child);
  });

  it('says that the detector failed when there are no models, without naming files of the machine', async () => {
    detector = createDetector({ modelsDir: path.join(folder, 'missing') });
    const result = await detector.detect(face, never);
    expect(result).toEqual({ ok: false, error: expect.objectContaining({ code: 'detector-failed' }) });
    expect(JSON.stringify(result)).not.toContain(folder);
  });

  it('judges its child by what that tells of itself where the machine tells nothing', async () => {
    // Less than any process that runs.
    const judged = start({ reports: true, jobLimit: { processorMs: 20_000, wallMs: 60_000, residentBytes: 1e6 } });
    expect(await countFaces(judged)).toBe('picture-stopped');
    await judged.close();
    expect(await countFaces(start({ reports: true }))).toBe(1);
  });

  it('ends a child whose picture takes more than it may, at once and for good', async () => {
    const serving = start({ jobLimit: { processorMs: 20_000, wallMs: 60_000, residentBytes: 1e6 } });
    expect(await countFaces(serving)).toBe('picture-stopped');
  });

  it.runIf(existsSync('/proc/self/autogroup'))(
    'steps back, not to nothing, and stands beside others again',
    async () => {
      const ready = start();
      await countFaces(ready);
      const niceOf = () => readFile(`/proc/${pidOf(ready)}/autogroup`, 'utf8');
      ready.stepBack(true);
      expect(await niceOf()).toMatch(/nice 3$/m);
      // The system takes a change only so often from who is not privileged.
      await expect
        .poll(() => {
          ready.stepBack(true);
          ready.stepBack(false);
          return niceOf();
        })
        .toMatch(/nice 0$/m);
    },
  );

  it.runIf(process.platform === 'linux')('has a session of its own, which steps back alone', async () => {
    const child = pidOf(start());
    // proc_pid_stat(5): after the name in brackets come state, parent, group and session.
    const session = (await readFile(`/proc/${child}/stat`, 'utf8')).split(') ').at(-1)?.split(' ')[3];
    expect(session).toBe(String(child));
  });

  it('takes its child along when the server is killed', async () => {
    const server = path.join(folder, 'server.mts');
    const module = pathToFileURL(path.join(import.meta.dirname, 'create-detector.ts')).href;
    await writeFile(
      server,
      `import { readFile } from 'node:fs/promises';
       import { createDetector } from ${JSON.stringify(module)};
       const detector = createDetector({ modelsDir: ${JSON.stringify(folder)} });
       await detector.detect(await readFile(${JSON.stringify(DRAWN_FACE_FILE)}), new AbortController().signal);
       process.send(detector.childPid);`,
    );
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const parent = fork(server, { execArgv: ['--import', loader], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [child]: unknown[] = await Promise.race([once(parent, 'message'), once(parent, 'exit')]);
    if (!parent.connected || typeof child !== 'number') throw new Error('the server told no process id');
    parent.kill('SIGKILL');
    await gone(child);
  });
});
