import { pairByName, pairWithPictures } from '#page/annotations/index.ts';
import { digestsOf } from '#page/check/index.ts';
import { notifyError, notifyQuietly } from '#page/pictures/intake/intake-notices.ts';
import { type Picture, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { randomId } from '#page/platform/random-id.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { compareWith } from './compare-place.ts';
import { withoutTruthMessage } from './model/compared.ts';
import { boxesIn, type PictureFile, type TruthRecord, type TruthSet } from './model/truth.ts';
import { type BoxSource, kindsToCompare } from './model/truth-file.ts';
import { truthFromVerdicts } from './model/verdicts-as-truth.ts';
import { truthKindsQuestion } from './truth-questions.ts';
import { keepTruth } from './truth-store.ts';

type Told = Extract<BoxSource, { kinds: unknown }>;

/** A source of boxes with the kinds that count as faces. */
export type ChosenTruth = { readonly source: BoxSource; readonly taken: ReadonlySet<string> };

/** Says which kinds count, and asks where none is called a face, head or person. Those that are given up are left out. */
export async function chooseKinds(sources: readonly BoxSource[]): Promise<readonly ChosenTruth[]> {
  const chosen: ChosenTruth[] = [];
  for (const source of sources) {
    const taken =
      source.kind === 'verdicts'
        ? new Set<string>()
        : (kindsToCompare(source) ?? (await truthKindsQuestion.ask({ fileName: source.name, kinds: source.kinds })));
    if (taken !== undefined) chosen.push({ source, taken });
  }
  return chosen;
}

/** The file of a picture, as far as its boxes need it. */
const fileOf = ({ handedOver, size }: Picture): PictureFile => ({
  size: handedOver?.size ?? size,
  orientation: handedOver?.orientation ?? 1,
});

type Candidate = { readonly picture: Picture; readonly name: string; readonly path: string | undefined };

const candidateOf = (picture: Picture): Candidate => ({
  picture,
  name: picture.name,
  path: picture.handedOver?.path,
});

/**
 * Lays a truth beside the pictures that it tells about, and opens the comparison. `together` are the pictures that came
 * with it: they are looked at first, then everything else of the work. Says what it could not be laid beside.
 */
export async function takeTruth(chosen: readonly ChosenTruth[], together: readonly PictureId[]): Promise<void> {
  for (const each of chosen) await takeOne(each, together);
}

async function takeOne({ source, taken }: ChosenTruth, together: readonly PictureId[]): Promise<void> {
  const pictures = onePerFile(picturesOf(workStore.getState()));
  if (pictures.length === 0) {
    notifyError({ title: `${source.name} came without its pictures`, text: 'Drop it together with them.' });
    return;
  }
  const sets =
    source.kind === 'verdicts' ? verdictSets(source, pictures) : [told(source, taken, pictures, new Set(together))];
  let isKept = true;
  for (const { set, records } of sets) {
    if (records.length === 0) continue;
    isKept = (await keepTruth(set, records)) && isKept;
  }
  const records = sets.flatMap((each) => each.records);
  const shapes = sets.flatMap((each) => each.ofAnotherShape);
  if (shapes.length > 0) {
    notifyQuietly(`${source.name} tells another picture’s shape for ${shapes.slice(0, 3).join(', ')}: left out`);
  }
  const last = sets.find((each) => each.records.length > 0);
  if (last === undefined) {
    notifyError({
      title: `None of these pictures is in ${source.name}`,
      text: 'Truth and pictures find each other by file name. Check that they belong together.',
    });
    return;
  }
  const known = new Set(records.map(({ file }) => file));
  const without = pictures.filter((picture) => !known.has(digestsOf(picture)[0] ?? picture.sha256));
  const missing = withoutTruthMessage(
    without.map(({ name }) => name),
    pictures.length,
  );
  if (missing !== undefined) notifyQuietly(missing);
  const lone = source.kind === 'verdicts' ? 0 : source.pictures.length - records.length - shapes.length;
  if (lone > 0) {
    notifyQuietly(
      `${source.name} tells ${lone} ${lone === 1 ? 'more picture that is' : 'more pictures that are'} not here`,
    );
  }
  if (!isKept) notifyQuietly(`${source.name} stays until a reload: this browser keeps nothing for this page`);
  compareWith(last.set.id);
}

/** The same file stands in the work once, although a saved result of it may lie beside it. */
const onePerFile = (pictures: readonly Picture[]): readonly Picture[] => [
  ...new Map(pictures.map((picture) => [digestsOf(picture)[0] ?? picture.sha256, picture])).values(),
];

type TakenSet = {
  readonly set: TruthSet;
  readonly records: readonly TruthRecord[];
  /** Names of pictures that the file tells with another shape than they have. */
  readonly ofAnotherShape: readonly string[];
};

const headOf = (set: string, picture: Picture): Pick<TruthRecord, 'set' | 'file' | 'sent' | 'size'> => ({
  set,
  file: digestsOf(picture)[0] ?? picture.sha256,
  sent: picture.sha256,
  size: fileOf(picture).size,
});

function told(
  source: Told,
  taken: ReadonlySet<string>,
  pictures: readonly Picture[],
  together: ReadonlySet<PictureId>,
): TakenSet {
  const set: TruthSet = { id: randomId(), name: source.name.slice(0, 1000), kind: source.kind, takenAt: Date.now() };
  const first = pairWithPictures(source.pictures, pictures.filter(({ id }) => together.has(id)).map(candidateOf));
  const paired = new Set(first.map(([each]) => each));
  const used = new Set(first.map(([, { picture }]) => picture));
  const pair = first.length === 0 ? pairWithPictures : pairByName;
  const others = pair(
    source.pictures.filter((each) => !paired.has(each)),
    pictures.filter((picture) => !used.has(picture)).map(candidateOf),
  );
  const ofAnotherShape: string[] = [];
  const records = [...first, ...others].flatMap(([{ annotated }, { picture }]): readonly TruthRecord[] => {
    const boxes = boxesIn(annotated, fileOf(picture), (kind) => kind === undefined || taken.has(kind));
    if (boxes === undefined) {
      ofAnotherShape.push(picture.name);
      return [];
    }
    return [{ ...headOf(set.id, picture), boxes: boxes.map(withinReach) }];
  });
  return { set, records, ofAnotherShape };
}

/** What anybody may have written as a number, within what is kept. */
function withinReach<B extends TruthRecord['boxes'][number]>(box: B): B {
  const { x, y, width, height } = box.bound;
  const near = (value: number, least: number) => Math.max(least, Math.min(1e7, value));
  return { ...box, bound: { x: near(x, -1e7), y: near(y, -1e7), width: near(width, 0), height: near(height, 0) } };
}

/** A file of verdicts as truths, one for each reviewer in it. */
function verdictSets(
  { name, check }: Extract<BoxSource, { kind: 'verdicts' }>,
  pictures: readonly Picture[],
): readonly TakenSet[] {
  return check.sets.map(({ id, reviewer }): TakenSet => {
    const own = check.records.filter(({ set }) => set === id);
    const records = pictures.flatMap((picture): readonly TruthRecord[] => {
      const digests = digestsOf(picture);
      const record = own.find(({ file, sent }) => digests.includes(file) || digests.includes(sent));
      if (record === undefined) return [];
      const head = headOf(id, picture);
      return [{ ...head, boxes: truthFromVerdicts(record, head.size).map(withinReach) }];
    });
    const set: TruthSet = {
      id,
      name: reviewer === '' ? name : reviewer,
      kind: 'verdicts',
      takenAt: Date.now(),
    };
    return { set, records, ofAnotherShape: [] };
  });
}
