import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LANDMARKS_FILE, SSD_FILE } from '#detector/models/model-files.ts';

/**
 * Names how this pipeline answers. Raised by hand whenever the same picture may get other boxes, numbers or crops; a
 * test holds recorded answers against it. Answers are remembered under it, so that a build that changes nothing of the
 * pipeline throws none away, and one that does throws all away.
 */
export const PIPELINE = 'facebound-1';

/** The pipeline's name with its networks: a text that changes whenever the detector could answer differently. */
export async function pipelineVersion(modelsDir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [SSD_FILE, LANDMARKS_FILE]) hash.update(await readFile(path.join(modelsDir, file)));
  return `${PIPELINE} ${hash.digest('hex')}`;
}
