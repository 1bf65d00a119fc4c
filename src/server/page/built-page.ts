import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';

/** How a file can be sent. */
export type Encoding = 'br' | 'gzip';

export type PageFile = {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  /** True when the name holds a hash of the content, so that it may be cached for ever. */
  readonly immutable: boolean;
  /** The file compressed, worked out once; undefined when that would gain nothing. */
  compressed(encoding: Encoding): Promise<Buffer | undefined>;
};

/** The built page in memory: only what was there at start can ever be served, so no path leads elsewhere. */
export type BuiltPage = {
  /** The shell, with the placeholder where the nonce goes; undefined when the page was not built. */
  readonly shell: string | undefined;
  /** A file by its path in the address, e.g. `/assets/index-1a2b.js`. */
  file(pathname: string): PageFile | undefined;
};

/** Stands in the built shell where each response puts its own nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const COMPRESSIBLE = /^(text\/|application\/(javascript|json|manifest\+json|wasm)|image\/svg)/;
const compressors: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

function pageFile(name: string, bytes: Buffer): PageFile {
  const contentType = getMimeType(name) ?? 'application/octet-stream';
  const cache = new Map<Encoding, Promise<Buffer | undefined>>();
  return {
    bytes,
    contentType,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(name),
    compressed: (encoding) => {
      if (!COMPRESSIBLE.test(contentType) || bytes.byteLength < 1024) return Promise.resolve(undefined);
      const known = cache.get(encoding);
      if (known !== undefined) return known;
      const made = compressors[encoding](bytes).then((small) =>
        small.byteLength < bytes.byteLength ? small : undefined,
      );
      cache.set(encoding, made);
      return made;
    },
  };
}

/** Reads a built page. A folder that is missing gives a page without a shell. */
export async function loadBuiltPage(dir: string): Promise<BuiltPage> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  let shell: string | undefined;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = `/${path.relative(dir, file).split(path.sep).join('/')}`;
    if (name === '/index.html') shell = await readFile(file, 'utf8');
    else files.set(name, pageFile(name, await readFile(file)));
  }
  void compressAhead([...files.values()]);
  return { shell, file: (pathname) => files.get(pathname) };
}

/** Compresses what has to be, one file after the other, so that the first visitor does not wait for it. */
async function compressAhead(files: readonly PageFile[]): Promise<void> {
  for (const file of files) await file.compressed('br').catch(() => undefined);
}
