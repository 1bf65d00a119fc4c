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
    const policy = { 'content-security-policy': pagePolicy(nonce) };
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
    return new Response(page.shell.replaceAll(NONCE_PLACEHOLDER, nonce), {
      headers: { ...policy, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    });
  });

  app.all('*', (c) =>
    c.req.path === '/' || page.file(c.req.path) !== undefined
      ? problemResponse(methodNotAllowed(c.req.method, 'GET, HEAD'))
      : noSuchPath(c),
  );
  return app;
}

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
