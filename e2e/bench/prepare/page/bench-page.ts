/** One run: how long it took in milliseconds, and what came out. */
export type Timed = { readonly ms: number; readonly bytes: number; readonly width: number; readonly height: number };

/** What the bench calls in its page, all of it on the picture that `load` fetched. */
export type PrepareBenchPage = {
  /** Fetches a picture of the bench's own server. */
  load(path: string): Promise<void>;
  /** The product's own way, in its own worker. */
  ours(): Promise<Timed>;
  /** What one writes first: `createImageBitmap`, a canvas that is at most `longSide` pixels long, `toBlob`. */
  plain(longSide: number): Promise<Timed>;
};

declare global {
  interface Window {
    prepareBench: PrepareBenchPage;
  }
}
