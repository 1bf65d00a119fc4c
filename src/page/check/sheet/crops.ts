import { createKeyedStore, useKeyed } from '#page/platform/keyed-store.ts';
import { createWorkerPool } from '#page/platform/worker-pool.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import type { CutCrops, CutFailure, CutRequest } from './crop-protocol.ts';

/** What is there of a crop: its address, and the image that has been decoded from it. */
export type Crop =
  | {
      readonly kind: 'there';
      readonly url: string;
      /** Nobody shows it, but while it is held another image of the same address is there at once, without a frame of grey. */
      readonly held: HTMLImageElement;
      readonly bytes: number;
    }
  | { readonly kind: 'failed' };

/** A crop that is to be there, of the picture whose bytes these are. `size` is the space of `bound`. */
export type CropWish = {
  readonly key: string;
  readonly picture: PictureId;
  readonly blob: Blob;
  readonly size: Size;
  readonly bound: ImageRect;
};

/** Pictures that are decoded at once: one more than a core, so that none waits for the page to ask for the next. */
const AT_ONCE = 2;
/** Bytes of crops as JPEG that are kept, those that are wanted now not counted out: a page of a dense screen needs a tenth. */
const MOST_BYTES = 8_000_000;
/** Pixels of a crop on a screen of one pixel a point: the largest tile. Denser screens get up to twice as many. */
const MOST: Size = { width: 128, height: 136 };

const pool = createWorkerPool<CutRequest, CutCrops, CutFailure>({
  create: () => new Worker(new URL('./crop-worker.ts', import.meta.url), { type: 'module' }),
  slots: AT_ONCE,
  failures: { cancelled: 'not-decodable', died: 'not-decodable', missing: 'code-missing' },
});

/** The crops that were cut, the oldest first. */
const crops = createKeyedStore<Crop>();
let wished: readonly CropWish[] = [];
const busy = new Set<PictureId>();
/** Counts how often everything was let go: what was under way then comes too late. */
let visit = 0;

/** What is there of a crop, followed. */
export const useCrop = (key: string): Crop | undefined => useKeyed(crops, key);
export const cropOf = (key: string): Crop | undefined => crops.get(key);
/** Runs whenever a crop came or went, until the returned function is called. */
export const onCrop = (run: (key: string) => void): (() => void) => crops.subscribeAll(run);

/** Has these crops cut, in this order; what was wished before and is not among them is not begun any more. */
export function wishForCrops(wishes: readonly CropWish[]): void {
  wished = wishes;
  cutNext();
}

/** Lets go of all crops: nobody looks at them. */
export function forgetCrops(): void {
  visit += 1;
  wished = [];
  for (const [, crop] of crops.entries()) drop(crop);
  crops.clear();
}

/** Of a picture that is decoded, all the crops that are wished for are cut. */
function cutNext(): void {
  while (busy.size < AT_ONCE) {
    const next = wished.find(({ key, picture }) => crops.get(key) === undefined && !busy.has(picture));
    if (next === undefined) return;
    const { picture, blob, size } = next;
    const those = wished.filter((wish) => wish.picture === picture && crops.get(wish.key) === undefined);
    busy.add(picture);
    void cut(picture, { blob, size }, those);
  }
}

async function cut(picture: PictureId, { blob, size }: Pick<CropWish, 'blob' | 'size'>, those: readonly CropWish[]) {
  const begun = visit;
  const dense = Math.min(2, Math.max(1, globalThis.devicePixelRatio));
  const outcome = await pool.run({
    request: {
      blob,
      size,
      bounds: those.map(({ bound }) => bound),
      most: { width: Math.round(MOST.width * dense), height: Math.round(MOST.height * dense) },
    },
  });
  const made = await Promise.all(those.map((_, index) => shownFrom(outcome.ok ? outcome.value[index] : undefined)));
  // Only now: what is not there yet would be cut a second time.
  busy.delete(picture);
  for (const [index, { key }] of those.entries()) {
    const crop = made[index] ?? FAILED;
    if (begun === visit) crops.set(key, crop);
    else drop(crop);
  }
  letGo();
  cutNext();
}

const FAILED: Crop = { kind: 'failed' };

/** A crop that can be shown without waiting. */
async function shownFrom(blob: Blob | undefined): Promise<Crop> {
  if (blob === undefined) return FAILED;
  const held = new Image();
  const url = URL.createObjectURL(blob);
  held.src = url;
  const crop: Crop = { kind: 'there', url, held, bytes: blob.size };
  try {
    await held.decode();
    return crop;
  } catch {
    drop(crop);
    return FAILED;
  }
}

function drop(crop: Crop): void {
  if (crop.kind === 'there') URL.revokeObjectURL(crop.url);
}

/** Drops the oldest crops above the limit that nobody wishes for. */
function letGo(): void {
  const wanted = new Set(wished.map(({ key }) => key));
  let bytes = 0;
  for (const [, crop] of crops.entries()) bytes += bytesOf(crop);
  for (const [key, crop] of [...crops.entries()]) {
    if (bytes <= MOST_BYTES) return;
    if (wanted.has(key)) continue;
    bytes -= bytesOf(crop);
    crops.set(key, undefined);
    drop(crop);
  }
}

const bytesOf = (crop: Crop): number => (crop.kind === 'there' ? crop.bytes : 0);
