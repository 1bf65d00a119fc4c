import type { ImageRect } from '#shared/geometry/spaces.ts';
import { startServer } from '../fixtures/server.ts';
import { addScores, MATCH_IOU, precision, recall, scorePicture } from './accuracy.ts';
import { type BareEngine, createBareEngine } from './bare-engine.ts';
import { recognize, upload } from './client.ts';
import { type BenchPicture, drawnPictures, photographs } from './pictures.ts';
import type { Section } from './report.ts';
import { mean, median, percentile } from './statistics.ts';
import { unseenBytes } from './unseen-bytes.ts';

/** Pairs for each picture; the first one warms both sides and does not count. */
const ROUNDS = 7;

type Measured = {
  readonly picture: BenchPicture;
  readonly found: readonly ImageRect[];
  /** Milliseconds, one for each round that counts. */
  readonly overHttp: readonly number[];
  readonly bare: readonly number[];
  readonly uploads: readonly number[];
};

/**
 * How well and how fast faces are found: photographs where they are on this machine, drawn pictures always. Each
 * round asks the bare engine and the server in turn for the same picture, as bytes that neither has seen.
 */
export async function benchDetection(): Promise<Section[]> {
  const server = await startServer();
  const engine = await createBareEngine();
  try {
    const sections: Section[] = [];
    for (const { title, pictures, hasAims } of [
      { title: 'Detection on photographs', pictures: await photographs(), hasAims: true },
      { title: 'Detection on drawn pictures', pictures: await drawnPictures(), hasAims: false },
    ]) {
      if (pictures.length === 0) continue;
      const measured: Measured[] = [];
      for (const picture of pictures) measured.push(await measure(picture, engine, server.origin));
      sections.push(summarise(title, measured, hasAims));
    }
    return sections;
  } finally {
    await engine.release();
    await server.stop();
  }
}

async function measure(picture: BenchPicture, engine: BareEngine, origin: string): Promise<Measured> {
  const overHttp: number[] = [];
  const bare: number[] = [];
  const uploads: number[] = [];
  let found: ImageRect[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = unseenBytes(picture.bytes);
    const { value: url, ms: uploadMs } = await timed(() => upload(origin, bytes, picture.type));
    const askServer = () => timed(() => recognize(origin, url));
    const askEngine = () => timed(() => engine.detect(bytes));
    // Who goes first alternates, so that neither always finds the processor warm.
    const serverFirst = round % 2 === 0;
    const first = serverFirst ? await askServer() : await askEngine();
    const second = serverFirst ? await askEngine() : await askServer();
    const [http, direct] = serverFirst ? [first, second] : [second, first];
    if (JSON.stringify(http.value) !== JSON.stringify(direct.value)) {
      throw new Error(`${picture.name}: the server and the bare engine found different faces`);
    }
    found = http.value;
    if (round === 0) continue;
    overHttp.push(http.ms);
    bare.push(direct.ms);
    uploads.push(uploadMs);
  }
  return { picture, found, overHttp, bare, uploads };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}

function summarise(title: string, measured: readonly Measured[], hasAims: boolean): Section {
  const score = addScores(measured.map(({ picture, found }) => scorePicture(found, picture.truth)));
  const http = measured.map(({ overHttp }) => median(overHttp));
  const bare = measured.map((one) => median(one.bare));
  const ratios = measured.flatMap((one) => one.overHttp.map((ms, index) => ms / (one.bare[index] ?? Number.NaN)));
  return {
    title,
    conditions: `${measured.length} pictures, ${score.right + score.missed} faces, match at IoU ≥ ${MATCH_IOU}, ${ROUNDS - 1} interleaved pairs each, caches off; both sides decode, infer, find landmarks, encode crops`,
    figures: [
      { name: 'recall', value: recall(score), unit: '', ...(hasAims && { aim: { atLeast: 0.97 } }) },
      { name: 'precision', value: precision(score), unit: '', ...(hasAims && { aim: { atLeast: 0.97 } }) },
      { name: 'faces missed', value: score.missed, unit: '' },
      { name: 'boxes that are no face', value: score.wrong, unit: '' },
      { name: 'bare engine, median', value: median(bare), unit: 'ms' },
      { name: 'bare engine, mean', value: mean(bare), unit: 'ms', ...(hasAims && { aim: { atMost: 150 } }) },
      { name: 'bare engine, p90', value: percentile(bare, 0.9), unit: 'ms' },
      { name: 'through HTTP, median', value: median(http), unit: 'ms' },
      { name: 'through HTTP, mean', value: mean(http), unit: 'ms', ...(hasAims && { aim: { atMost: 150 } }) },
      { name: 'through HTTP, p90', value: percentile(http, 0.9), unit: 'ms' },
      {
        name: 'HTTP ÷ bare, median of pairs',
        value: median(ratios),
        unit: '',
        ...(hasAims && { aim: { atMost: 1.15 } }),
      },
      { name: 'upload, median (timed apart)', value: median(measured.flatMap(({ uploads }) => uploads)), unit: 'ms' },
    ],
  };
}
