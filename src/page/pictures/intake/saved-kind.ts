/** Bytes that tell a ZIP or JSON: JSON may begin with a byte order mark and spaces. */
const HEAD = 64;

export type SavedKind = 'zip' | 'json';

/** What kind of saved result a file may be, by its first bytes; `undefined` for pictures and everything else. */
export async function savedKind(file: Blob): Promise<SavedKind | undefined> {
  try {
    const head = await file.slice(0, HEAD).text();
    if (head.startsWith('PK\u0003\u0004')) return 'zip';
    // The mark counts as a space.
    return head.trimStart().startsWith('{') ? 'json' : undefined;
  } catch {
    // A folder, or a file that is gone: the ordinary way in says so.
    return undefined;
  }
}
