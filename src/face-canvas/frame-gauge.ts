/** From this mean time of a frame on, the main thread has no room for smooth resampling, in milliseconds: half a frame. */
const TOO_SLOW_MS = 8;
/** Below this one it has room again; far lower, so that the picture does not flicker between the two. */
const FAST_AGAIN_MS = 2.5;
/** Share of the newest frame in the mean. */
const NEWEST_SHARE = 0.3;

/**
 * Tells whether a moving picture can be resampled smoothly. Where the browser draws canvases on the GPU that costs
 * nothing; without one it takes the main thread a third of a frame, and then a picture that keeps up is worth more
 * than one that is smooth while it moves. At rest the picture is always exact.
 */
export class FrameGauge {
  readonly #channel = new MessageChannel();
  #startedAt: number | undefined;
  #mean = 0;
  #affordable = true;

  constructor() {
    this.#channel.port1.onmessage = () => this.#finish();
  }

  get smoothAffordable(): boolean {
    return this.#affordable;
  }

  /** Measures this frame: from now until it has been handed over, drawing commands carried out and all. */
  measure(): void {
    if (this.#startedAt !== undefined) return;
    this.#startedAt = performance.now();
    // A message is a task of its own, so it comes after the frame that is being made.
    this.#channel.port2.postMessage(undefined);
  }

  dispose(): void {
    this.#channel.port1.close();
  }

  #finish(): void {
    const took = performance.now() - (this.#startedAt ?? performance.now());
    this.#startedAt = undefined;
    this.#mean += (took - this.#mean) * NEWEST_SHARE;
    if (this.#mean > TOO_SLOW_MS) this.#affordable = false;
    else if (this.#mean < FAST_AGAIN_MS) this.#affordable = true;
  }
}
