import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isSideFile } from '#page/pictures/model/side-files.ts';
import { errorCode } from '#shared/error-code.ts';
import { SNIFF_LENGTH, sniff } from '#shared/formats/format.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** A file that was named, or that lies in a folder that was. */
export type FoundFile = {
  /** Where it is, absolute. */
  readonly file: string;
  /**
   * What it is called, with `/`: as it was typed, without what leads out of the folder; in a folder with that folder's
   * name first, as the page calls a file of a dropped folder.
   */
  readonly name: string;
  /** Whether it was named itself: then nothing about it is passed over. */
  readonly isNamed: boolean;
};

/** Endings of pictures, of those that cannot be read here as well: their owner wants to hear it. */
const PICTURE_ENDING = /\.(?:jpe?g|jfif|png|webp|gif|tiff?|avif|hei[cf]|bmp|jxl|jp2)$/i;

const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * The files behind what was typed, folders with all that is in them, each once. Passed over in folders: what systems lay
 * beside pictures, and folders whose name begins with a dot. The error is a sentence.
 */
export async function findFiles(
  typed: readonly string[],
  /** Relative paths are in it. */
  from: string,
  signal: AbortSignal,
): Promise<Result<readonly FoundFile[], string>> {
  const found: FoundFile[] = [];
  const known = new Set<string>();
  const add = async (entry: FoundFile) => {
    const real = await realpath(entry.file).catch(() => entry.file);
    if (known.has(real)) return;
    known.add(real);
    found.push(entry);
  };
  const walk = async (folder: string, name: string): Promise<void> => {
    signal.throwIfAborted();
    const real = await realpath(folder);
    // A link that leads back up would never end.
    if (known.has(real)) return;
    known.add(real);
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => inOrder.compare(a.name, b.name))) {
      const inner = { file: path.join(folder, entry.name), name: `${name}/${entry.name}`, isNamed: false };
      if (isSideFile({ name: entry.name, path: inner.name })) continue;
      const kind = entry.isSymbolicLink() ? await stat(inner.file).catch(() => entry) : entry;
      if (kind.isFile()) await add(inner);
      else if (kind.isDirectory() && !entry.name.startsWith('.')) await walk(inner.file, inner.name);
    }
  };
  for (const text of typed) {
    const file = path.resolve(from, text);
    try {
      const kind = await stat(file);
      if (kind.isDirectory()) await walk(file, path.basename(file));
      else await add({ file, name: nameOf(text), isNamed: true });
    } catch (error) {
      if (signal.aborted) throw error;
      return err(`${text} ${fileTrouble(error)}`);
    }
  }
  return ok(found);
}

/** Of files in folders those that are pictures, by their names or by their first bytes; of named ones all. */
export async function picturesAmong(files: readonly FoundFile[]): Promise<readonly FoundFile[]> {
  const pictures: FoundFile[] = [];
  for (const entry of files) {
    if (entry.isNamed || PICTURE_ENDING.test(entry.name) || (await beginsAsPicture(entry.file))) pictures.push(entry);
  }
  return pictures;
}

async function beginsAsPicture(file: string): Promise<boolean> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFF_LENGTH), 0, SNIFF_LENGTH, 0);
      return sniff(buffer.subarray(0, bytesRead)).kind === 'picture';
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}

/** What a file that was typed is called: an absolute path says more of a machine than of a picture. */
function nameOf(typed: string): string {
  if (path.isAbsolute(typed)) return path.basename(typed);
  const parts = path.normalize(typed).split(path.sep);
  return parts.filter((part) => part !== '..' && part !== '.').join('/');
}

/** Why a file cannot be read, in words that follow its name. */
export function fileTrouble(error: unknown): string {
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'is not there';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read';
    case 'EISDIR':
      return 'is a folder';
    default:
      return `cannot be read (${errorCode(error) ?? 'unknown trouble'})`;
  }
}
