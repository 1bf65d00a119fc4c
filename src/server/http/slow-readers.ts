/** Slower than this, in bytes a second, over as long as `WINDOW_MS`, is slow. */
const SLOW_BYTES_PER_SECOND = 64 * 1024;
const WINDOW_MS = 10_000;

/**
 * Who reads an answer that takes room on the disk for as long as it is read. A slow reader may take its time while there
 * is room, and is cut when somebody else needs it.
 */
export type SlowReaders = {
  /** The body as it is, measured while it is read; `cut` ends it for a reader that is too slow. */
  follow(body: ReadableStream<Uint8Array>, cut: () => void): ReadableStream<Uint8Array>;
  /** Cuts those that are slow now, and tells how many. */
  cutSlow(): number;
};

type Reader = {
  /** Bytes read since `since`. */
  bytes: number;
  since: number;
  /** Whether the last whole window was slow. */
  wasSlow: boolean;
  readonly cut: () => void;
};

export function createSlowReaders(options: { readonly now?: () => number } = {}): SlowReaders {
  const now = options.now ?? (() => performance.now());
  const readers = new Set<Reader>();
  /** Ends a window that is over. */
  const look = (reader: Reader) => {
    const ms = now() - reader.since;
    if (ms < WINDOW_MS) return;
    reader.wasSlow = reader.bytes / (ms / 1000) < SLOW_BYTES_PER_SECOND;
    reader.bytes = 0;
    reader.since = now();
  };
  return {
    follow: (body, cut) => {
      const source = body.getReader();
      const reader: Reader = { bytes: 0, since: now(), wasSlow: false, cut };
      readers.add(reader);
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              // What is asked for now, the piece before has left.
              look(reader);
              const { done, value } = await source.read();
              if (!done) {
                reader.bytes += value.byteLength;
                return controller.enqueue(value);
              }
              readers.delete(reader);
              controller.close();
            } catch (error) {
              readers.delete(reader);
              controller.error(error);
            }
          },
          cancel: (reason) => {
            readers.delete(reader);
            return source.cancel(reason);
          },
        },
        { highWaterMark: 0 },
      );
    },
    cutSlow: () => {
      for (const reader of readers) look(reader);
      const slow = [...readers].filter(({ wasSlow }) => wasSlow);
      for (const { cut } of slow) cut();
      return slow.length;
    },
  };
}
