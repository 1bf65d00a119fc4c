import { startServer } from '../fixtures/server.ts';
import { recognize, upload } from './client.ts';
import { type BenchPicture, drawnPictures, photographs } from './pictures.ts';
import { familyOf } from './processes.ts';
import type { Section } from './report.ts';
import { mean } from './statistics.ts';
import { unseenBytes } from './unseen-bytes.ts';

const DETECTIONS = 500;
/** Clients at a time: what a small team does. */
const CLIENTS = 2;
const SAMPLE_MS = 100;
const MB = 1e6;

/**
 * Resident memory of the server and its children together through 500 detections of pictures that they have not seen.
 * Pages that they share are counted each time, so the true use is lower.
 */
export async function benchMemory(): Promise<Section[]> {
  const pictures = [...(await photographs()), ...(await drawnPictures())];
  const server = await startServer();
  const samples: { done: number; bytes: number }[] = [];
  let done = 0;
  let isMeasuring = true;
  const measuring = (async () => {
    while (isMeasuring) {
      const family = await familyOf(server.process.pid ?? 0);
      samples.push({ done, bytes: family.reduce((sum, { residentBytes }) => sum + residentBytes, 0) });
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  })();
  try {
    const client = async (picture: (index: number) => BenchPicture | undefined) => {
      for (let next = picture(done); done < DETECTIONS && next !== undefined; next = picture(done)) {
        done += 1;
        await recognize(server.origin, await upload(server.origin, unseenBytes(next.bytes), next.type));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, () => client((index) => pictures[index % pictures.length])));
  } finally {
    isMeasuring = false;
    await measuring;
    await server.stop();
  }
  const meanBetween = (from: number, to: number) =>
    mean(samples.filter((sample) => sample.done >= from && sample.done < to).map(({ bytes }) => bytes)) / MB;
  const middle = meanBetween(DETECTIONS * 0.4, DETECTIONS * 0.7);
  const end = meanBetween(DETECTIONS * 0.7, DETECTIONS);
  return [
    {
      title: 'Memory',
      conditions: `${DETECTIONS} detections of unseen pictures by ${CLIENTS} clients; resident memory of the server and its children together, ${samples.length} samples`,
      figures: [
        { name: 'peak', value: Math.max(...samples.map(({ bytes }) => bytes)) / MB, unit: 'MB', aim: { atMost: 700 } },
        { name: 'mean of detections 200–350', value: middle, unit: 'MB' },
        { name: 'mean of detections 350–500', value: end, unit: 'MB' },
        { name: 'growth between the two', value: (end / middle - 1) * 100, unit: '%', aim: { atMost: 5 } },
      ],
    },
  ];
}
