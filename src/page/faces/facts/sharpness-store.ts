import { createKeyedStore } from '#page/platform/keyed-store.ts';
import { createWorkerPool } from '#page/platform/worker-pool.ts';
import type { Face } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { type FactFrame, isSmallFace } from '../model/face-facts.ts';
import type { MeasureCrops, MeasureFailure } from './measure-crops.ts';

/** The picture that faces were found in, as far as their facts come from it. One object a picture. */
export type FactSource = {
  /** The same bytes have the same key. */
  readonly key: string;
  /** The picture as it is sent and shown. */
  readonly blob: Blob;
  readonly frame: FactFrame;
};

/** Decoding is most of the work, so crops of one picture go together; more would keep a chosen face waiting. */
const MOST_AT_ONCE = 64;
/** So many results are kept. They are numbers; pictures that were closed are measured again. */
const MOST_KEPT = 20_000;

/** By picture and box; `not-measured` where the browser could not. */
const measured = createKeyedStore<number | MeasureFailure>();

type Wanted = { readonly source: FactSource; readonly bound: ImageRect; followers: number };
const wanted = new Map<string, Wanted>();
let isMeasuring = false;

const pool = createWorkerPool<MeasureCrops, readonly number[], MeasureFailure>({
  create: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  slots: 1,
  failures: { cancelled: 'not-measured', died: 'not-measured', missing: 'not-measured' },
});

const keyOf = ({ key, frame: { size } }: FactSource, { bound: { x, y, width, height } }: Face): string =>
  [key, size.width, size.height, x, y, width, height].join(' ');

/** The sharpness of a face where it was measured; see `sharpnessOf`. */
export function knownSharpness(source: FactSource | undefined, face: Face): number | undefined {
  const value = source === undefined ? undefined : measured.get(keyOf(source, face));
  return typeof value === 'number' ? value : undefined;
}

/**
 * Has a face measured while somebody follows it, off the page's thread, and once for each picture and box. A small one
 * never is: nobody asks how sharp it is.
 */
export function followSharpness(source: FactSource | undefined, face: Face, listener: () => void): () => void {
  if (source === undefined || isSmallFace(face, source.frame)) return () => undefined;
  const key = keyOf(source, face);
  if (measured.get(key) !== undefined) return () => undefined;
  const entry = wanted.get(key) ?? { source, bound: face.bound, followers: 0 };
  entry.followers++;
  wanted.set(key, entry);
  const unsubscribe = measured.subscribe(key, listener);
  // What is asked for in one go, by all cards of a list, is measured in one go.
  queueMicrotask(measureNext);
  return () => {
    unsubscribe();
    entry.followers--;
    if (entry.followers === 0 && wanted.get(key) === entry) wanted.delete(key);
  };
}

/** Measures what is followed and not known, the picture that was asked for last first, until nothing is left. */
function measureNext(): void {
  if (isMeasuring) return;
  const source = [...wanted.values()].at(-1)?.source;
  if (source === undefined) return;
  isMeasuring = true;
  void measureSome(source).finally(() => {
    isMeasuring = false;
    measureNext();
  });
}

async function measureSome(source: FactSource): Promise<void> {
  const { blob, frame } = source;
  const isOfIt = ([, entry]: [string, Wanted]) => entry.source.blob === blob && sameSize(entry.source.frame, frame);
  const some = [...wanted].filter(isOfIt).slice(0, MOST_AT_ONCE);
  const bounds = some.map(([, { bound }]) => bound);
  const outcome = await pool.run({ request: { picture: blob, size: frame.size, bounds } });
  const known = [...measured.entries()];
  for (const [key] of known.slice(0, Math.max(0, known.length + some.length - MOST_KEPT))) measured.set(key, undefined);
  for (const [index, [key]] of some.entries()) {
    wanted.delete(key);
    measured.set(key, outcome.ok ? (outcome.value[index] ?? 'not-measured') : outcome.error);
  }
}

const sameSize = (a: FactFrame, b: FactFrame): boolean =>
  a.size.width === b.size.width && a.size.height === b.size.height;
