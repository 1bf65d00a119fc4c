import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';

/** What `compressPage` appends to the name of the file that it compressed. */
export const BROTLI_SUFFIX = '.br';

const COMPRESSIBLE = /^(text\/|application\/(javascript|json|manifest\+json|wasm)|image\/svg)/;

/** Smaller files, in bytes, gain less than the header that says so costs. */
const WORTH_IT_BYTES = 1024;

/** Whether compressing can gain anything, by the file's name and its length in bytes. */
export const isCompressible = (name: string, byteLength: number): boolean =>
  byteLength >= WORTH_IT_BYTES && COMPRESSIBLE.test(getMimeType(name) ?? '');

/**
 * Writes beside each file of a built page the same compressed with Brotli, where that is smaller. Done once in the
 * build: at every start of the server it kept a core busy for seconds, just when its first visitor came.
 */
export async function compressPage(dir: string): Promise<void> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name !== 'index.html')
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const bytes = await readFile(file);
        if (!isCompressible(entry.name, bytes.byteLength)) return;
        const small = await promisify(brotliCompress)(bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
        });
        if (small.byteLength < bytes.byteLength) await writeFile(`${file}${BROTLI_SUFFIX}`, small);
      }),
  );
}
