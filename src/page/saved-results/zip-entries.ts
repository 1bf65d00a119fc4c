import type { FileEntry } from '@zip.js/zip.js';
import { MAX_REPLAY_BYTES, MAX_REPLAY_ENTRIES } from '#contract/replay-file.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { ReplayFailure } from './replay-failure.ts';

/** The files in a ZIP, read one by one on demand. */
export type ZipEntries = {
  /** Unpacks one file; `damaged` when it is missing or broken, `too-large` beyond `maxBytes` or the archive's budget. */
  readonly read: (name: string, maxBytes: number, type: string) => Promise<Result<Blob, ReplayFailure>>;
  readonly has: (name: string) => boolean;
};

/**
 * Opens a ZIP without unpacking anything. Sizes that it states are never believed: what is unpacked is counted as it
 * comes and broken off at the limit, so that a small file cannot become a huge one.
 */
export async function openZip(file: Blob): Promise<Result<ZipEntries, ReplayFailure>> {
  const { BlobReader, configure, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  // Its own workers come from object URLs, which the Content-Security-Policy refuses.
  configure({ useWebWorkers: false });
  const entries = new Map<string, FileEntry>();
  try {
    const reader = new ZipReader(new BlobReader(file));
    let count = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > MAX_REPLAY_ENTRIES) return err('too-large');
      if (!entry.directory && !entry.encrypted) entries.set(entry.filename, entry);
    }
  } catch {
    return err('damaged');
  }
  let budget = MAX_REPLAY_BYTES;
  return ok({
    has: (name) => entries.has(name),
    read: async (name, maxBytes, type) => {
      const entry = entries.get(name);
      if (entry === undefined) return err('damaged');
      const limit = Math.min(maxBytes, budget);
      let tooLarge = false;
      let read = 0;
      const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform: (chunk, controller) => {
          read += chunk.length;
          tooLarge = read > limit;
          if (tooLarge) controller.error(new Error(`More than ${limit} bytes`));
          else controller.enqueue(chunk);
        },
      });
      const content = new Response(counted.readable, { headers: { 'content-type': type } }).blob();
      try {
        const [blob] = await Promise.all([content, entry.getData(counted.writable, { checkSignature: true })]);
        budget -= blob.size;
        return ok(blob);
      } catch {
        await content.catch(() => undefined);
        return err(tooLarge ? 'too-large' : 'damaged');
      }
    },
  });
}
