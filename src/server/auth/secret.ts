import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { undefinedIfMissing } from '#shared/error-code.ts';
import { syncFolder, writeNewFile } from '../files/durable.ts';

const SECRET_BYTES = 32;

/** A secret as people write it down: the content of a secret's file in hex or base64; undefined when it is none. */
export function readSecret(text: string): Buffer | undefined {
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  if (!isHex && !/^[\w+/-]{43}=?$/.test(text)) return undefined;
  const secret = Buffer.from(text, isHex ? 'hex' : 'base64');
  return secret.byteLength === SECRET_BYTES ? secret : undefined;
}

/**
 * The secret of a data directory, made at first start. It signs sessions and names files. Creating it is atomic:
 * a finished file, which is on the disk by then, is linked into place and the first one wins, so that replicas that start
 * together on one directory agree. Throws when the directory cannot be used or the secret is damaged.
 */
export async function loadSecret(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'secret');
  const draft = path.join(dataDir, `secret.${randomBytes(8).toString('hex')}`);
  if ((await stat(file).catch(undefinedIfMissing)) === undefined) {
    try {
      await writeNewFile(draft, randomBytes(SECRET_BYTES), true);
      await link(draft, file).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await syncFolder(dataDir);
    } finally {
      await rm(draft, { force: true });
    }
  }
  const secret = await readFile(file);
  if (secret.byteLength !== SECRET_BYTES) throw new Error(`${file} is damaged: remove it to have a new one made`);
  if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return secret;
}
