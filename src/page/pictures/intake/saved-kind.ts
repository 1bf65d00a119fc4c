import { SNIFF_LENGTH, sniff } from '#shared/formats/format.ts';

/** `zip`, `json`: may hold saved results. `data`: other text, which may be about the pictures that come with it. */
export type SavedKind = 'zip' | 'json' | 'data';

/** Data by its name where its bytes say nothing, as of the empty label file of a picture without faces. */
const DATA_ENDING = /\.(?:jsonl?|ndjson|zip|xml|txt|csv|tsv|ya?ml)$/i;

/**
 * What kind of saved result or of other data a file may be, by its first bytes; `undefined` for pictures and everything
 * else. JSON may begin with a byte order mark and spaces, and be a list.
 */
export async function savedKind(file: File): Promise<SavedKind | undefined> {
  try {
    const head = new Uint8Array(await file.slice(0, SNIFF_LENGTH).arrayBuffer());
    const sniffed = sniff(head);
    if (sniffed.kind === 'picture') return undefined;
    if (sniffed.what === 'zip') return 'zip';
    if (sniffed.what === 'text') {
      // The mark counts as a space.
      const [first] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(head).trimStart();
      return first === '{' || first === '[' ? 'json' : 'data';
    }
    return DATA_ENDING.test(file.name) ? 'data' : undefined;
  } catch {
    // A folder, or a file that is gone: the ordinary way in says so.
    return undefined;
  }
}
