import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { NETWORK_FILES } from '#detector/models/model-files.ts';
import { PIPELINE } from '#detector/pipeline/pipeline-name.ts';

/** The pipeline's name with its networks: a text that changes whenever the detector could answer differently. */
export async function pipelineVersion(modelsDir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of NETWORK_FILES) hash.update(await readFile(path.join(modelsDir, file)));
  return `${PIPELINE} ${hash.digest('hex')}`;
}
