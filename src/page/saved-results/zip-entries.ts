import type { FileEntry } from '@zip.js/zip.js';
import { MAX_SAVED_RESULT_BYTES, MAX_SAVED_RESULT_ENTRIES } from '#contract/saved-result-file.ts';
import { fetchCode } from '#page/platform/fetched-code.ts';
import { joinBytes } from '#shared/join-bytes.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SavedFiles } from './saved-files.ts';
import type { SavedResultFailure } from './saved-result-failure.ts';

/**
 * Opens a ZIP without unpacking anything. Sizes that it states are never believed: what is unpacked is counted as it
 * comes and broken off at the limit, so that a small file cannot become a huge one.
 */
export async function openZip(file: Blob): Promise<Result<SavedFiles, SavedResultFailure>> {
  const { BlobReader, configure, ZipReader } = await fetchCode(() => import('@zip.js/zip.js/lib/zip-core-native.js'));
  // Its own workers come from object URLs, which the Content-Security-Policy refuses.
  configure({ useWebWorkers: false });
  const entries = new Map<string, FileEntry>();
  try {
    const reader = new ZipReader(new BlobReader(file));
    let count = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      if (++count > MAX_SAVED_RESULT_ENTRIES) return err('too-large');
      if (!entry.directory && !entry.encrypted) entries.set(entry.filename, entry);
    }
  } catch {
    return err('damaged');
  }
  let budget = MAX_SAVED_RESULT_BYTES;
  return ok({
    names: [...entries.keys()],
    read: async (name, maxBytes, type) => {
      const entry = entries.get(name);
      if (entry === undefined) return err('damaged');
      const limit = Math.min(maxBytes, budget);
      const pieces: Uint8Array[] = [];
      let read = 0;
      // Collected here and not read as a stream: Firefox reports one that breaks off whoever takes its failure.
      const collect = new WritableStream<Uint8Array>({
        write: (piece) => {
          read += piece.length;
          if (read > limit) throw new Error(`More than ${limit} bytes`);
          pieces.push(piece);
        },
      });
      try {
        await entry.getData(collect, { checkSignature: true });
      } catch {
        return err(read > limit ? 'too-large' : 'damaged');
      }
      budget -= read;
      return ok(new Blob([joinBytes(pieces)], { type }));
    },
  });
}
