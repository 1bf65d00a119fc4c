import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SECRET_BYTES = 32;

/**
 * The secret of a data directory, made at first start. It signs sessions and names files. Creating it is atomic:
 * a finished file is linked into place and the first one wins, so that replicas that start together on one directory
 * agree. Throws when the directory cannot be used or the secret is damaged.
 */
export async function loadSecret(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'secret');
  const draft = path.join(dataDir, `secret.${randomBytes(8).toString('hex')}`);
  try {
    await stat(file);
  } catch {
    await writeFile(draft, randomBytes(SECRET_BYTES), { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft, { force: true });
  }
  const secret = await readFile(file);
  if (secret.byteLength !== SECRET_BYTES) throw new Error(`${file} is damaged: remove it to have a new one made`);
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return secret;
}
