import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { methodNotAllowed, problem, problemResponse } from '#api/problem.ts';
import type { ServerContext, ServerEnv } from '../http/env.ts';
import { readableProblem } from '../http/plain-page.ts';
import { newNonce, pagePolicy } from '../http/security-headers.ts';
import { type BuiltPage, type Encoding, NONCE_PLACEHOLDER, type PageFile } from '../page/built-page.ts';

/** Best first. */
const ENCODINGS: readonly Encoding[] = ['br', 'gzip'];
/** The answer at an address that nobody answers. */
export const noSuchPath = (c: ServerContext): Response =>
  readableProblem(c, problem(404, 'not-found', 'There is no such path on this server. Check the address.'), {
    title: 'There is nothing at this address',
    sentence: 'Perhaps it was mistyped, or cut off when it was copied.',
  });

/** The page: its shell at `/`, where its links lead as well (they say more behind the `#`), and its files. */
export function pageRoutes(page: BuiltPage): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();

  app.get('*', async (c) => {
    const nonce = newNonce();
    const policy = { 'content-security-policy': pagePolicy(nonce, page.shell?.scriptHashes ?? []) };
    const file = page.file(c.req.path);
    if (file !== undefined) {
      return fileResponse(file, chooseEncoding(c.req.header('accept-encoding')), c.req.header('if-none-match'), policy);
    }
    if (c.req.path !== '/') return noSuchPath(c);
    if (page.shell === undefined) {
      return problemResponse(
        problem(503, 'not-found', 'The page has not been built yet. Run npm run build, then start the server again.'),
      );
    }
    return shellResponse(page.shell.html.replaceAll(NONCE_PLACEHOLDER, nonce), c.req.header('accept-encoding'), policy);
  });

  app.all('*', (c) =>
    c.req.path === '/' || page.file(c.req.path) !== undefined
      ? problemResponse(methodNotAllowed(c.req.method, 'GET, HEAD'))
      : noSuchPath(c),
  );
  return app;
}

/**
 * The shell, compressed anew at each answer because of its nonce: a few kilobytes. It may be kept for the way back
 * (`no-store` would forbid the browser to keep the page itself alive), and is asked for anew at every visit.
 */
async function shellResponse(
  html: string,
  accepted: string | undefined,
  policy: Readonly<Record<string, string>>,
): Promise<Response> {
  const headers = new Headers({
    ...policy,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
  });
  const encoding = chooseEncoding(accepted);
  if (encoding === undefined) return new Response(html, { headers });
  headers.set('content-encoding', encoding);
  return new Response(new Uint8Array(await compressText(encoding, html)), { headers });
}

const compressText = (encoding: Encoding, text: string): Promise<Buffer> =>
  encoding === 'br'
    ? promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : promisify(gzip)(text);

/** The best encoding that the caller accepts. */
function chooseEncoding(header: string | undefined): Encoding | undefined {
  const accepted = header === undefined ? [] : parseAccept(header);
  return ENCODINGS.find((encoding) => accepted.some(({ type, q }) => type.toLowerCase() === encoding && q > 0));
}

async function fileResponse(
  file: PageFile,
  encoding: Encoding | undefined,
  knownEtag: string | undefined,
  policy: Readonly<Record<string, string>>,
): Promise<Response> {
  const compressed = encoding === undefined ? undefined : await file.compressed(encoding);
  const headers = new Headers({
    ...policy,
    'content-type': file.contentType,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (knownEtag === file.etag) return new Response(null, { status: 304, headers });
  if (compressed !== undefined && encoding !== undefined) headers.set('content-encoding', encoding);
  const body = compressed ?? file.bytes;
  headers.set('content-length', String(body.byteLength));
  return new Response(streamOf(body), { headers });
}

const PIECE_BYTES = 64 * 1024;

/**
 * Bytes that all answers share, handed out as they are read. A `Response` of the bytes themselves would copy them, and
 * whoever asks a hundred times without reading would have the server hold a hundred copies.
 */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
        at += PIECE_BYTES;
        if (at >= bytes.byteLength) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
