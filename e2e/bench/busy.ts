import { type ChildProcess, spawn } from 'node:child_process';
import { startServer } from '../fixtures/server.ts';
import { createBareEngine } from './bare-engine.ts';
import { recognize, upload } from './client.ts';
import { differentGroups } from './pictures.ts';
import type { Section } from './report.ts';

const NEIGHBOURS = 8;
const COUNT = 20;

/** A process in a session of its own that does nothing but take the processor. */
const busyNeighbour = (): ChildProcess =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: process.platform !== 'win32' });

/** Twenty different pictures at once on a machine that is busy with something else: a slow child is no broken one. */
export async function benchBusy(): Promise<Section[]> {
  const pictures = await differentGroups(COUNT);
  const engine = await createBareEngine();
  const rightFaces: string[] = [];
  for (const { bytes } of pictures) rightFaces.push(JSON.stringify(await engine.detect(bytes)));
  await engine.release();
  const server = await startServer();
  const neighbours = Array.from({ length: NEIGHBOURS }, busyNeighbour);
  try {
    const began = performance.now();
    const answers = await Promise.all(
      pictures.map(async ({ bytes, type }) =>
        recognize(server.origin, await upload(server.origin, bytes, type)).then(JSON.stringify, (error: unknown) => {
          console.error(`  busy: ${error}`);
          return undefined;
        }),
      ),
    );
    const seconds = (performance.now() - began) / 1000;
    const ended = server.log().match(/went down/g)?.length ?? 0;
    const right = answers.filter((answer, index) => answer === rightFaces[index]).length;
    return [
      {
        title: 'A machine that is busy with something else',
        conditions: `${COUNT} different pictures at once, upload and detection, beside ${NEIGHBOURS} busy processes in sessions of their own`,
        figures: [
          { name: 'answered with the right faces', value: right, unit: `of ${COUNT}`, aim: { atLeast: COUNT } },
          { name: 'children ended', value: ended, unit: '', aim: { atMost: 0 } },
          { name: 'all answered after', value: seconds, unit: 's' },
        ],
      },
    ];
  } finally {
    for (const neighbour of neighbours) neighbour.kill('SIGKILL');
    await server.stop();
  }
}
