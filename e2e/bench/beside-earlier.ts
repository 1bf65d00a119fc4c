import { rm } from 'node:fs/promises';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { projectRoot } from '../tools/build-dir.ts';
import { addScores, scorePicture } from './accuracy.ts';
import { checkOut, type DetectorOf, startDetectorIn } from './detector-of.ts';
import type { BenchPicture } from './pictures.ts';
import type { Section } from './report.ts';
import { mean, median } from './statistics.ts';
import { unseenBytes } from './unseen-bytes.ts';

/** Rounds in which both are asked; the first one warms them and does not count. */
const ROUNDS = 6;

type Answer = Awaited<ReturnType<DetectorOf['detect']>>;

/** What a detector told of a picture; milliseconds one for each round that counts. */
type Told = {
  readonly picture: BenchPicture;
  readonly found: readonly ImageRect[];
  readonly ms: readonly number[];
  readonly processorMs: readonly number[];
};

/** The detector as it is here and that of an earlier commit, each in a process of its own, asked in turn. */
export async function besideEarlier(pictures: readonly BenchPicture[], commit: string): Promise<Section> {
  const folder = await checkOut(commit);
  const detectors = await Promise.all([projectRoot, folder].map(startDetectorIn));
  try {
    const told: [Told, Told][] = [];
    for (const picture of pictures) told.push(await askInTurn(picture, detectors));
    const now = told.map(([own]) => own);
    const before = told.map(([, earlier]) => earlier);
    const ratio = (of: (told: Told) => number) => mean(now.map(of)) / mean(before.map(of));
    const pairs = now.flatMap(({ ms }, picture) =>
      ms.map((own, round) => own / (before[picture]?.ms[round] ?? Number.NaN)),
    );
    const score = (told: readonly Told[]) =>
      addScores(told.map(({ picture, found }) => scorePicture(found, picture.truth)));
    return {
      title: `Photographs, beside the detector of ${commit} in the same run`,
      conditions: `${pictures.length} pictures, ${ROUNDS - 1} interleaved pairs each, both from source and bare`,
      figures: [
        { name: 'faces found, before', value: score(before).right, unit: '' },
        { name: 'faces found, now', value: score(now).right, unit: '' },
        { name: 'boxes that are no face, before', value: score(before).wrong, unit: '' },
        { name: 'boxes that are no face, now', value: score(now).wrong, unit: '' },
        { name: 'mean, before', value: mean(before.map(({ ms }) => median(ms))), unit: 'ms' },
        { name: 'mean, now', value: mean(now.map(({ ms }) => median(ms))), unit: 'ms' },
        { name: 'now ÷ before, of means', value: ratio(({ ms }) => median(ms)), unit: '', aim: { atMost: 1.15 } },
        { name: 'now ÷ before, median of pairs', value: median(pairs), unit: '' },
        { name: 'processor time, now ÷ before, of means', value: ratio((told) => median(told.processorMs)), unit: '' },
      ],
    };
  } finally {
    await Promise.all(detectors.map((detector) => detector.stop()));
    await rm(folder, { recursive: true });
  }
}

/** Who goes first alternates, so that neither always finds the processor warm. */
async function askInTurn(picture: BenchPicture, [now, before]: readonly DetectorOf[]): Promise<[Told, Told]> {
  if (now === undefined || before === undefined) throw new Error('Two detectors are compared');
  const answers: { readonly own: Answer; readonly earlier: Answer }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = unseenBytes(picture.bytes);
    const first = await (round % 2 === 0 ? now : before).detect(bytes);
    const second = await (round % 2 === 0 ? before : now).detect(bytes);
    answers.push(round % 2 === 0 ? { own: first, earlier: second } : { own: second, earlier: first });
  }
  const toldOf = (told: readonly Answer[]): Told => ({
    picture,
    found: told[0]?.found ?? [],
    ms: told.slice(1).map(({ ms }) => ms),
    processorMs: told.slice(1).map(({ processorMs }) => processorMs),
  });
  return [toldOf(answers.map(({ own }) => own)), toldOf(answers.map(({ earlier }) => earlier))];
}
