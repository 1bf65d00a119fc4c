import type { Size } from '#shared/geometry/spaces.ts';
import type { WorkerReply, WorkerRequest } from './bitmap-worker.ts';
import { type Cut, covers, cutAround, overviewCut } from './picture-cut.ts';

/** Why a picture is not shown: the browser cannot decode it, or our own code for it could not be fetched. */
export type PictureProblem = 'undecodable' | 'code-missing';

/** A cut and its pixels. */
export type CutBitmap = { readonly cut: Cut; readonly bitmap: ImageBitmap };

/** How long a worker waits for the next picture, in milliseconds: it is empty, but it is a process' worth of code. */
const IDLE_MS = 10_000;

/** A worker that has nothing to do: starting one takes longer than cutting a small picture. */
let idle: { readonly worker: Worker; readonly timer: ReturnType<typeof setTimeout> } | undefined;

function takeWorker(): Worker {
  if (idle === undefined) return new Worker(new URL('./bitmap-worker.ts', import.meta.url), { type: 'module' });
  const { worker, timer } = idle;
  clearTimeout(timer);
  idle = undefined;
  return worker;
}

function keepWorker(worker: Worker): void {
  worker.onmessage = null;
  worker.onerror = null;
  idle?.worker.terminate();
  clearTimeout(idle?.timer);
  const timer = setTimeout(() => {
    worker.terminate();
    idle = undefined;
  }, IDLE_MS);
  idle = { worker, timer };
}

/**
 * The bitmaps that show one picture: an overview of the whole, and a sharp cut of what is seen. A worker makes them;
 * asking never blocks and never repeats. `dispose` closes everything.
 */
export class PictureBitmaps {
  readonly #picture: Size;
  readonly #worker: Worker;
  readonly #changed: () => void;
  readonly #failed: (why: PictureProblem) => void;
  #overview: CutBitmap | undefined;
  #sharp: CutBitmap | undefined;
  #pending: Cut | undefined;
  #next: Cut | undefined;

  /**
   * `picture` is the size in pixels that boxes are measured in, whatever is decoded. `changed` is called for every new
   * bitmap, `failed` when none can be made: the browser cannot decode the bytes, or has no memory for them.
   */
  constructor(blob: Blob, picture: Size, changed: () => void, failed: (why: PictureProblem) => void) {
    this.#picture = picture;
    this.#changed = changed;
    this.#failed = failed;
    this.#worker = takeWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => this.#receive(data);
    // A mistake or a lack of memory comes with a message; a file that could not be fetched is a bare event.
    this.#worker.onerror = (event) => failed('message' in event ? 'undecodable' : 'code-missing');
    this.#post({ kind: 'open', blob, picture });
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
    // Decoding cannot be interrupted, and the next picture would wait for it.
    if (this.ready && this.#pending === undefined) {
      this.#post({ kind: 'close' });
      keepWorker(this.#worker);
    } else this.#worker.terminate();
    this.#overview?.bitmap.close();
    this.#sharp?.bitmap.close();
    this.#overview = undefined;
    this.#sharp = undefined;
  }

  #ask(cut: Cut): void {
    this.#pending = cut;
    this.#post({ kind: 'cut', cut });
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind === 'undecodable') {
      this.#failed('undecodable');
      return;
    }
    const { cut, bitmap } = reply;
    const made: CutBitmap = { cut, bitmap };
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

  #post(message: WorkerRequest): void {
    this.#worker.postMessage(message);
  }
}

const rescaled = ({ x, y, width, height }: Omit<Cut, 'magnification'>, by: number): Omit<Cut, 'magnification'> => ({
  x: x * by,
  y: y * by,
  width: width * by,
  height: height * by,
});
