/** One export: how long it took, and the longest time in which the page could not have reacted, in milliseconds. */
export type Timed = { readonly total: number; readonly longestBlock: number; readonly bytes: number };

/** What the bench calls in its page. */
export type ExportBenchPage = {
  /** Our annotated PNG of the 24-megapixel picture with a hundred faces. */
  ours(): Promise<Timed>;
  /** The same by what one writes first: an image, a canvas, a stroke and a number for each face, `toBlob`. */
  plain(): Promise<Timed>;
  /** Begins to export that many pictures as one ZIP into a sink that keeps nothing. */
  beginBatch(count: number): void;
  /** How many pictures of the batch are done, and how many bytes went into the sink. */
  batch(): { readonly done: number; readonly bytes: number; readonly ended: boolean };
};

declare global {
  interface Window {
    exportBench: ExportBenchPage;
  }
}
