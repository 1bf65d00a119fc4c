import type { Size } from '#domain/geometry/spaces.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { WorkerReply, WorkerRequest } from './bitmap-worker.ts';
import { type Cut, covers, cutAround, overviewCut } from './picture-cut.ts';

/** A cut and its pixels. */
export type CutBitmap = { readonly cut: Cut; readonly bitmap: ImageBitmap };

/**
 * The bitmaps that show one picture: an overview of the whole, and a sharp cut of what is seen. A worker makes them;
 * asking never blocks and never repeats. `dispose` closes everything.
 */
export class PictureBitmaps {
  readonly #picture: Size;
  readonly #worker: Worker;
  readonly #changed: () => void;
  #overview: CutBitmap | undefined;
  #sharp: CutBitmap | undefined;
  #pending: Cut | undefined;
  #next: Cut | undefined;

  /**
   * Takes ownership of `source`; `picture` is the size that boxes are measured in, whatever was decoded. `changed` is
   * called for every new bitmap, `failed` when none can be made (no memory for it).
   */
  constructor(source: ImageBitmap, picture: Size, changed: () => void, failed: () => void) {
    this.#picture = picture;
    this.#changed = changed;
    this.#worker = new Worker(new URL('./bitmap-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => this.#receive(data);
    this.#worker.onerror = failed;
    this.#post({ kind: 'open', source, picture }, [source]);
    source.close();
  }

  /** True once there is something to show. */
  get ready(): boolean {
    return this.#overview !== undefined;
  }

  /**
   * The best bitmap at hand for what is seen (device pixels from the picture's corner at `magnification`): one that
   * needs no resampling, else the sharp cut where it holds all of that, else the overview.
   */
  best(seen: Omit<Cut, 'magnification'>, magnification: number): CutBitmap | undefined {
    const sharp = this.#sharp;
    if (this.#overview?.cut.magnification === magnification) return this.#overview;
    return sharp !== undefined && covers(sharp.cut, rescaled(seen, sharp.cut.magnification / magnification))
      ? sharp
      : this.#overview;
  }

  /** Asks for the exact pixels of what is seen, unless they are at hand or on their way. */
  request(seen: Omit<Cut, 'magnification'>, magnification: number): void {
    if (this.#overview === undefined && this.#pending === undefined) {
      this.#ask(overviewCut(this.#picture, magnification));
    }
    const held = [this.#sharp?.cut, this.#overview?.cut, this.#next ?? this.#pending];
    if (held.some((cut) => cut?.magnification === magnification && covers(cut, seen))) return;
    const wanted = cutAround(seen, this.#picture, magnification);
    if (this.#pending === undefined) this.#ask(wanted);
    else this.#next = wanted;
  }

  dispose(): void {
    this.#worker.terminate();
    this.#overview?.bitmap.close();
    this.#sharp?.bitmap.close();
    this.#overview = undefined;
    this.#sharp = undefined;
  }

  #ask(cut: Cut): void {
    this.#pending = cut;
    this.#post({ kind: 'cut', cut }, []);
  }

  #receive(made: WorkerReply): void {
    if (this.#overview === undefined) this.#overview = made;
    else {
      this.#sharp?.bitmap.close();
      this.#sharp = made;
    }
    this.#pending = undefined;
    if (this.#next !== undefined) this.#ask(this.#next);
    this.#next = undefined;
    this.#changed();
  }

  #post(message: WorkerRequest, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }
}

const rescaled = ({ x, y, width, height }: Omit<Cut, 'magnification'>, by: number): Omit<Cut, 'magnification'> => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});

/** Most pixels of a picture that are kept decoded (4 bytes each): a phone's tab has a few hundred megabytes in all. */
const MAX_KEPT_PIXELS = 40_000_000;

/** Options that shrink a picture too large to be kept. */
function affordable({ width, height }: Size): ImageBitmapOptions {
  const share = Math.sqrt(MAX_KEPT_PIXELS / Math.max(1, width * height));
  return share < 1 ? { resizeWidth: Math.round(width * share), resizeQuality: 'medium' } : {};
}

/**
 * Decodes a picture off the page's thread: from its bytes, because browsers decode an `img` element's picture once more
 * on the page's own thread when a bitmap is made of it. `size` is its size in pixels, as far as is known.
 */
export async function decodePicture(
  blob: Blob,
  size: Size,
  signal: AbortSignal,
): Promise<Result<ImageBitmap, 'undecodable' | 'aborted'>> {
  try {
    const bitmap = await createImageBitmap(blob, affordable(size));
    if (!signal.aborted) return ok(bitmap);
    bitmap.close();
    return err('aborted');
  } catch {
    return err(signal.aborted ? 'aborted' : 'undecodable');
  }
}
