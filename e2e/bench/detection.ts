import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { TURNS } from '#detector/pipeline/quarter-turn.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { startServer } from '../fixtures/server.ts';
import { projectRoot } from '../tools/build-dir.ts';
import { addScores, MATCH_IOU, precision, recall, scorePicture } from './accuracy.ts';
import { type BareEngine, createBareEngine } from './bare-engine.ts';
import { besideEarlier } from './beside-earlier.ts';
import { recognize, upload } from './client.ts';
import { figuresByKind, overlaps } from './detection-kinds.ts';
import { createOriginalDetector, type OriginalDetector } from './original-detector.ts';
import { type BenchPicture, drawnPictures, photographs } from './pictures.ts';
import type { Section } from './report.ts';
import { mean, median, percentile } from './statistics.ts';
import { unseenBytes } from './unseen-bytes.ts';

/** Pairs for each picture; the first one warms both sides and does not count. */
const ROUNDS = 4;

/** Rounds in which the original detector is asked as well; it is slow and repeats itself well. */
const ORIGINAL_ROUNDS = 2;

type Measured = {
  readonly picture: BenchPicture;
  readonly found: readonly ImageRect[];
  /** Milliseconds, one for each round that counts. */
  readonly overHttp: readonly number[];
  readonly bare: readonly number[];
  /** Processor time of the bare engine, all its threads together: other programs do not make it longer. */
  readonly worked: readonly number[];
  readonly uploads: readonly number[];
  /** Looks of the bare engine, in those at a square of the usual side. */
  readonly passes: number;
  /** What the original detector found, and its milliseconds, where it was asked. */
  readonly original: { readonly found: readonly ImageRect[]; readonly ms: readonly number[] } | undefined;
};

/**
 * How well and how fast faces are found: photographs where they are on this machine, drawn pictures always. Each
 * round asks the bare engine and the server in turn for the same picture, as bytes that neither has seen. `before` is a
 * commit whose detector the photographs are shown to as well.
 */
export async function benchDetection(before: string | undefined): Promise<Section[]> {
  const server = await startServer();
  const engine = await createBareEngine();
  const original = await createOriginalDetector();
  try {
    const sections: Section[] = [];
    for (const { title, pictures, hasAims } of [
      { title: 'Detection on photographs', pictures: await photographs(), hasAims: true },
      { title: 'Detection on drawn pictures', pictures: await drawnPictures(), hasAims: false },
    ]) {
      if (pictures.length === 0) continue;
      const measured: Measured[] = [];
      for (const picture of pictures) {
        const startedAt = performance.now();
        measured.push(await measure(picture, engine, server.origin, hasAims ? original : undefined));
        console.error(`${picture.name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      }
      sections.push(summarise(title, measured, hasAims));
      if (hasAims) sections.push(besideOriginal(measured));
    }
    if (before !== undefined) sections.push(await besideEarlier(await photographs(), before));
    return [...sections, await turnedSamples(engine)];
  } finally {
    await engine.release();
    await server.stop();
  }
}

async function measure(
  picture: BenchPicture,
  engine: BareEngine,
  origin: string,
  original: OriginalDetector | undefined,
): Promise<Measured> {
  const originalMs: number[] = [];
  let originalFound: ImageRect[] = [];
  let passes = 0;
  const overHttp: number[] = [];
  const bare: number[] = [];
  const worked: number[] = [];
  const uploads: number[] = [];
  let found: ImageRect[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = unseenBytes(picture.bytes);
    const { value: url, ms: uploadMs } = await timed(() => upload(origin, bytes, picture.type));
    const askServer = () => timed(() => recognize(origin, url));
    engine.takePasses();
    let processorMs = 0;
    const askEngine = async () => {
      const before = process.cpuUsage();
      const told = await timed(() => engine.detect(bytes));
      const { user, system } = process.cpuUsage(before);
      processorMs = (user + system) / 1000;
      return told;
    };
    // Who goes first alternates, so that neither always finds the processor warm.
    const serverFirst = round % 2 === 0;
    const first = serverFirst ? await askServer() : await askEngine();
    const second = serverFirst ? await askEngine() : await askServer();
    const [http, direct] = serverFirst ? [first, second] : [second, first];
    if (JSON.stringify(http.value) !== JSON.stringify(direct.value)) {
      throw new Error(`${picture.name}: the server and the bare engine found different faces`);
    }
    found = http.value;
    passes = engine.takePasses();
    if (original !== undefined && round < ORIGINAL_ROUNDS) {
      const told = await timed(() => original.detect(bytes));
      originalFound = told.value;
      if (round > 0) originalMs.push(told.ms);
    }
    if (round === 0) continue;
    overHttp.push(http.ms);
    bare.push(direct.ms);
    worked.push(processorMs);
    uploads.push(uploadMs);
  }
  const beside = original === undefined ? undefined : { found: originalFound, ms: originalMs };
  return { picture, found, overHttp, bare, worked, uploads, passes, original: beside };
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
      { name: 'overlap with the label (IoU), median', value: median(overlaps(measured)), unit: '' },
      ...figuresByKind(measured),
      { name: 'looks at 512 px a picture, mean', value: mean(measured.map(({ passes }) => passes)), unit: '' },
      { name: 'looks, most', value: Math.max(...measured.map(({ passes }) => passes)), unit: '' },
      { name: 'bare engine, median', value: median(bare), unit: 'ms' },
      { name: 'bare engine, mean', value: mean(bare), unit: 'ms', ...(hasAims && { aim: { atMost: 150 } }) },
      { name: 'bare engine, p90', value: percentile(bare, 0.9), unit: 'ms' },
      { name: 'bare engine, processor time, mean', value: mean(measured.map((one) => median(one.worked))), unit: 'ms' },
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

/** The original library on the same pictures in the same run. */
function besideOriginal(measured: readonly Measured[]): Section {
  const asked = measured.flatMap(({ picture, original, bare }) =>
    original === undefined ? [] : [{ picture, found: original.found, ms: median(original.ms), ours: median(bare) }],
  );
  const score = addScores(asked.map(({ picture, found }) => scorePicture(found, picture.truth)));
  const ours = mean(asked.map((one) => one.ours));
  const theirs = mean(asked.map(({ ms }) => ms));
  return {
    title: 'face-api.js on TensorFlow.js, WASM, in the same run',
    conditions: `whole picture once, score ≥ 0.5, decoding included; no crops, no landmarks; ${ORIGINAL_ROUNDS - 1} rounds`,
    figures: [
      { name: 'recall', value: recall(score), unit: '' },
      { name: 'precision', value: precision(score), unit: '' },
      { name: 'overlap with the label (IoU), median', value: median(overlaps(asked)), unit: '' },
      { name: 'mean', value: theirs, unit: 'ms' },
      { name: 'our bare engine ÷ it, of means', value: ours / theirs, unit: '' },
    ],
  };
}

const samples = z.array(z.object({ name: z.string(), faceCount: z.number() }));

/** The drawn samples of the page, each in four turns. */
async function turnedSamples(engine: BareEngine): Promise<Section> {
  const folder = join(projectRoot, 'public', 'samples');
  const figures: Section['figures'][number][] = [];
  for (const { name, faceCount } of samples.parse(JSON.parse(await readFile(join(folder, 'samples.json'), 'utf8')))) {
    const file = await readFile(join(folder, `${name}.jpg`));
    for (const turn of TURNS) {
      engine.takePasses();
      const found = await engine.detect(await sharp(file).rotate(turn).jpeg({ quality: 95 }).toBuffer());
      const most = name === 'crowd' ? 1 : 0;
      figures.push({
        name: `${name}, ${turn}°: faces more or less than ${faceCount}`,
        value: Math.abs(found.length - faceCount),
        unit: '',
        aim: { atMost: most },
      });
      figures.push({ name: `${name}, ${turn}°: looks`, value: engine.takePasses(), unit: '' });
    }
  }
  return { title: 'The drawn samples, turned', conditions: 'bare engine, turned clockwise', figures };
}
