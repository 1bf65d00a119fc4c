import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a file is called that is not whole yet: Firefox' ending, and ours. */
export const PART = '.part';
/** WebKit's. */
const PARTS = [PART, '.wkdownload'];

/** What a browser needs on the disk; `remove` takes all of it away. */
export type TemporaryFolders = {
  readonly downloads: string;
  readonly handed: string;
  readonly profile: string;
  remove(): Promise<void>;
};

export async function temporaryFolders(engine: string): Promise<TemporaryFolders> {
  const root = await mkdtemp(join(tmpdir(), `facebound-${engine}-`));
  const [downloads, handed, profile] = [join(root, 'downloads'), join(root, 'handed'), join(root, 'profile')];
  for (const folder of [downloads, handed, profile]) await mkdir(folder);
  // A browser that was told to end may write its last for a moment.
  const remove = () => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  return { downloads, handed, profile, remove };
}

/** Names of the files in a folder of downloads that are whole. None that the page saves is empty. */
export async function wholeFiles(downloads: string): Promise<string[]> {
  const names = (await readdir(downloads)).filter((name) => !PARTS.some((ending) => name.endsWith(ending)));
  // Firefox holds a name with an empty file while the part grows under another.
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(downloads, name))).size));
  return names.filter((_, index) => sizes[index] !== 0);
}

/** Removes what lies in a folder, which stays. */
export async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}
