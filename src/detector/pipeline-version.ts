import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * A text that changes whenever the detector could answer differently: the hash of its networks and of its built
 * program. Remembered answers are kept under it, so that replicas of one build share them and another build starts
 * afresh. Run from source there is no built program to compare, and every start starts afresh.
 */
export async function detectorVersion(modelsDir: string, program: string | undefined): Promise<string> {
  if (program === undefined) return randomUUID();
  const names = await readdir(modelsDir).catch(() => []);
  const hash = createHash('sha256');
  for (const file of [...names.toSorted().map((name) => path.join(modelsDir, name)), program]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}
