import type { Result } from '#shared/result.ts';
import { err, ok } from '#shared/result.ts';
import { findByName, namesByLook } from './model/entry-names.ts';
import type { SavedResultFailure } from './saved-result-failure.ts';

/** Files that a saved result may lie in, packed or not, read one by one on demand. */
export type SavedFiles = {
  /** As they are told, with their folders. */
  readonly names: readonly string[];
  /** Reads one; `damaged` when it is missing or broken, `too-large` beyond `maxBytes` or the budget of them all. */
  readonly read: (name: string, maxBytes: number, type: string) => Promise<Result<Blob, SavedResultFailure>>;
};

/** The same by the names that a manifest in `folder` uses. */
export type FilesOfManifest = {
  /** The name under which the file is there. */
  readonly find: (name: string) => string | undefined;
  readonly read: SavedFiles['read'];
};

/** Finds what the manifest in a folder names, although packing and unpacking may have written it differently. */
export function filesBeside(files: SavedFiles, folder: string): FilesOfManifest {
  const byLook = namesByLook(files.names);
  const find = (name: string) => findByName(byLook, folder + name);
  return {
    find,
    read: async (name, maxBytes, type) => {
      const found = find(name);
      return found === undefined ? err('damaged') : files.read(found, maxBytes, type);
    },
  };
}

/** Files that were handed over as they are, as a folder that a browser unpacked by itself. */
export function unpackedFiles(files: ReadonlyMap<string, File>): SavedFiles {
  return {
    names: [...files.keys()],
    read: async (name, maxBytes, type) => {
      const file = files.get(name);
      if (file === undefined) return err('damaged');
      if (file.size > maxBytes) return err('too-large');
      try {
        // Copied, because the folder may go while the picture is still looked at.
        return ok(new Blob([await file.arrayBuffer()], { type }));
      } catch {
        return err('damaged');
      }
    },
  };
}
