import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';
import { undefinedIfMissing } from '#shared/error-code.ts';
import { BROTLI_SUFFIX, isCompressible } from './compress-page.ts';

/** How a file can be sent. */
export type Encoding = 'br' | 'gzip';

export type PageFile = {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  /** True when the name holds a hash of the content, so that it may be cached for ever. */
  readonly immutable: boolean;
  /** The file compressed, by the build or at the first wish; undefined when that would gain nothing. */
  compressed(encoding: Encoding): Promise<Buffer | undefined>;
};

/** The page's HTML as it was built. */
export type Shell = {
  /** With the placeholder where the nonce goes. */
  readonly html: string;
  /** Address of the script that the page begins with, which changes with every version; undefined where it has none. */
  readonly entry: string | undefined;
  /** What the policy calls the scripts that stand in it: `'sha256-…'` each. */
  readonly scriptHashes: readonly string[];
};

/** The built page in memory: only what was there at start can ever be served, so no path leads elsewhere. */
export type BuiltPage = {
  /** The shell; undefined when the page was not built. */
  readonly shell: Shell | undefined;
  /** A file by its path in the address, e.g. `/assets/index-1a2b.js`. */
  file(pathname: string): PageFile | undefined;
};

/** Stands in the built shell where each response puts its own nonce. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** The text of each script without an address. */
const inlineScripts = (html: string): readonly string[] =>
  html
    .split('</script>')
    .slice(0, -1)
    .flatMap((before) => {
      const tag = before.lastIndexOf('<script');
      const text = before.indexOf('>', tag) + 1;
      return before.slice(tag, text).includes(' src=') ? [] : [before.slice(text)];
    });

const shellOf = (html: string): Shell => ({
  html,
  entry: /<script type="module"[^>]* src="([^"]*)"/.exec(html)?.[1],
  scriptHashes: inlineScripts(html).map((script) => `'sha256-${sha256(script).digest('base64')}'`),
});

const sha256 = (content: string | Buffer) => createHash('sha256').update(content);

const gzipFile = (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: 9 });

/** Whether the build put a hash of the content behind the name: `/assets/index-1a2b3c4d.js`. */
function hasHash(name: string): boolean {
  const { name: stem, ext } = path.posix.parse(name);
  return name.startsWith('/assets/') && ext !== '' && /^.-[\w-]{8}$/s.test(stem.slice(-10));
}

/** `brotli` is the file as the build compressed it, undefined where that gained nothing. */
function pageFile(name: string, bytes: Buffer, brotli: Buffer | undefined): PageFile {
  let gzipped: Promise<Buffer | undefined> | undefined;
  return {
    bytes,
    contentType: getMimeType(name) ?? 'application/octet-stream',
    etag: `"${sha256(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: hasHash(name),
    compressed: async (encoding) => {
      if (encoding === 'br') return brotli;
      if (!isCompressible(name, bytes.byteLength)) return undefined;
      gzipped ??= gzipFile(bytes).then((small) => (small.byteLength < bytes.byteLength ? small : undefined));
      return gzipped;
    },
  };
}

/** Reads a built page. A folder that is missing gives a page without a shell. */
export async function loadBuiltPage(dir: string): Promise<BuiltPage> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(undefinedIfMissing);
  const contents = new Map<string, Buffer>();
  for (const entry of entries ?? []) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    contents.set(`/${path.relative(dir, file).split(path.sep).join('/')}`, await readFile(file));
  }
  const html = contents.get('/index.html')?.toString('utf8');
  const files = new Map<string, PageFile>();
  for (const [name, bytes] of contents) {
    if (name === '/index.html' || name.endsWith(BROTLI_SUFFIX)) continue;
    files.set(name, pageFile(name, bytes, contents.get(`${name}${BROTLI_SUFFIX}`)));
  }
  return { shell: html === undefined ? undefined : shellOf(html), file: (pathname) => files.get(pathname) };
}
