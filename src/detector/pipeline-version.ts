import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Names how this pipeline answers. Raised by hand whenever the same picture may get other boxes, numbers or crops; a
 * test holds recorded answers against it. Answers are remembered under it, so that a build that changes nothing of the
 * pipeline throws none away, and one that does throws all away.
 */
export const PIPELINE = 'facebound-1';

/** The pipeline's name with its networks: a text that changes whenever the detector could answer differently. */
export async function pipelineVersion(modelsDir: string): Promise<string> {
  const names = await readdir(modelsDir);
  const hash = createHash('sha256');
  for (const name of names.toSorted()) hash.update(await readFile(path.join(modelsDir, name)));
  return `${PIPELINE} ${hash.digest('hex')}`;
}
