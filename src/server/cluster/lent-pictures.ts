import { isLentName } from '#api/files/stored-name.ts';
import type { FileStore } from '#api/files/stores.ts';

/** Removes a picture that was lent for one look; anything else stays. */
export async function removeLent(files: Pick<FileStore, 'removeUnless'>, name: string): Promise<void> {
  if (isLentName(name)) await files.removeUnless([name], async () => new Set());
}
