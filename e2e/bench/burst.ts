import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type RunningServer, startServer } from '../fixtures/server.ts';
import { createBareEngine } from './bare-engine.ts';
import { recognize, upload } from './client.ts';
import { type BenchPicture, differentGroups } from './pictures.ts';
import { familyOf } from './processes.ts';
import type { Figure, Section } from './report.ts';

const COUNT = 50;
const loopDelayHook = fileURLToPath(new URL('./loop-delay.mjs', import.meta.url));

const loopDelay = z.object({ samples: z.number(), p50: z.number(), p99: z.number(), max: z.number() });

/**
 * Fifty different pictures at once, each uploaded and detected over a connection of its own: is each answered with
 * the right faces, and does the server's event loop stay free? Once more with the detector killed in the middle.
 */
export async function benchBurst(): Promise<Section[]> {
  const pictures = await differentGroups(COUNT);
  const engine = await createBareEngine();
  const rightFaces: string[] = [];
  for (const { bytes } of pictures) rightFaces.push(JSON.stringify(await engine.detect(bytes)));
  await engine.release();
  return [
    {
      title: 'Burst',
      conditions: `${COUNT} different pictures at once, upload and detection; event-loop delay of the server at 1 ms resolution`,
      figures: [
        ...(await burst('burst', pictures, rightFaces, () => Promise.resolve())),
        ...(await burst('burst with the detector killed', pictures, rightFaces, killDetector)),
      ],
    },
  ];
}

async function burst(
  name: string,
  pictures: readonly BenchPicture[],
  rightFaces: readonly string[],
  inTheMiddle: (server: RunningServer) => Promise<void>,
): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'facebound-bench-'));
  const delayFile = join(folder, 'loop-delay.json');
  const server = await startServer({
    nodeArgs: ['--import', loopDelayHook],
    env: { FACEBOUND_LOOP_DELAY_FILE: delayFile },
  });
  try {
    // The detector is warm and the code is loaded when the burst begins.
    const [first] = pictures;
    if (first !== undefined) await recognize(server.origin, await upload(server.origin, first.bytes, first.type));
    server.process.kill('SIGUSR2');
    const startedAt = performance.now();
    let answered = 0;
    let interrupted: Promise<void> | undefined;
    const answers = await Promise.allSettled(
      pictures.map(async ({ bytes, type }) => {
        const found = await recognize(server.origin, await upload(server.origin, bytes, type));
        answered += 1;
        if (answered === Math.floor(COUNT / 3)) interrupted = inTheMiddle(server);
        return JSON.stringify(found);
      }),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    await interrupted;
    const exited = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    await exited;
    const delay = loopDelay.parse(JSON.parse(await readFile(delayFile, 'utf8')));
    const ok = answers.filter(({ status }) => status === 'fulfilled').length;
    const right = answers.filter(
      (answer, index) => answer.status === 'fulfilled' && answer.value === rightFaces[index],
    );
    for (const answer of answers) if (answer.status === 'rejected') console.error(`  ${name}: ${answer.reason}`);
    return [
      { name: `${name}: answered 200`, value: ok, unit: `of ${COUNT}`, aim: { atLeast: COUNT } },
      { name: `${name}: with the right faces`, value: right.length, unit: `of ${COUNT}`, aim: { atLeast: COUNT } },
      { name: `${name}: all answered after`, value: seconds, unit: 's' },
      { name: `${name}: event-loop delay p50`, value: delay.p50, unit: 'ms' },
      { name: `${name}: event-loop delay p99`, value: delay.p99, unit: 'ms', aim: { atMost: 20 } },
      { name: `${name}: event-loop delay max`, value: delay.max, unit: 'ms' },
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills the detector's child as the system does when memory runs out. */
async function killDetector(server: RunningServer): Promise<void> {
  const { pid: serverPid } = server.process;
  const detector = (await familyOf(serverPid ?? 0)).find(({ command }) => command.includes('detector-child'));
  if (detector === undefined) throw new Error('The server has no child to kill');
  process.kill(detector.pid, 'SIGKILL');
}
