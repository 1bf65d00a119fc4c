import { createHash } from 'node:crypto';
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { INPUTS_FILE, NETWORK_FILES, NOTICE_FILE } from '#detector/models/model-files.ts';
import { buildModels, weightsDirectories } from './build-models.ts';

/** `npm run build:models`: writes the detector's networks into the build folder, unless they are there already. */
const directory = path.resolve(process.env['FACEBOUND_BUILD_DIR'] ?? 'dist', 'models');
const inputs = await digestOfInputs();
if (!(await isBuiltFrom(inputs))) {
  await buildModels(directory);
  await writeFile(path.join(directory, INPUTS_FILE), inputs);
}

/** SHA-256 of all that the networks are made of: the packaged weights and this converter. Changes when either does. */
async function digestOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  const converter = path.join(import.meta.dirname, '..', '..', 'models');
  const { faceApi, human } = weightsDirectories();
  for (const folder of [faceApi, human, converter, import.meta.dirname]) {
    const names = await readdir(folder);
    const counted = names.filter((name) => /^(?:ssd_|face_landmark_68_model|facemesh)|\.(?:ts|txt)$/.test(name));
    for (const name of counted.toSorted()) hash.update(name).update(await readFile(path.join(folder, name)));
  }
  return hash.digest('hex');
}

async function isBuiltFrom(inputs: string): Promise<boolean> {
  const files = [...NETWORK_FILES, NOTICE_FILE].map((name) => access(path.join(directory, name)));
  const noted = await Promise.all([readFile(path.join(directory, INPUTS_FILE), 'utf8'), ...files]).catch(() => ['']);
  return noted[0] === inputs;
}
