import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawRequest } from '#testing/server/raw-request.ts';
import { startTestServer, type TestServer, temporaryDir } from '#testing/server/test-server.ts';
import { compressPage } from '../page/compress-page.ts';

const INLINE = "document.documentElement.dataset.theme = 'dark';";
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;
let server: TestServer;
let temporary: Awaited<ReturnType<typeof temporaryDir>>;

beforeEach(async () => {
  temporary = await temporaryDir();
  const pageDir = path.join(temporary.dir, 'page');
  await mkdir(path.join(pageDir, 'assets'), { recursive: true });
  await writeFile(path.join(temporary.dir, 'outside.txt'), 'outside');
  await writeFile(
    path.join(pageDir, 'index.html'),
    `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">${INLINE}</script><script src="/assets/index-AbCd1234.js"></script>`,
  );
  await writeFile(path.join(pageDir, 'assets', 'index-AbCd1234.js'), SCRIPT);
  await writeFile(path.join(pageDir, 'theme.js'), 'x');
  await writeFile(path.join(pageDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await compressPage(pageDir);
  server = await startTestServer({ pageDir });
});
afterEach(async () => {
  await server.close();
  await temporary.remove();
});

describe('the page', () => {
  test('comes with its policy and a nonce of its own at every answer', async () => {
    const nonces: string[] = [];
    for (const target of ['/', '/?of=a%20link']) {
      const response = await server.call(target);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? '';
      expect(response.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update(INLINE).digest('base64')}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      nonces.push(nonce);
    }
    expect(new Set(nonces).size).toBe(2);
  });

  test.each(['/', '/theme.js', '/app/config', '/healthz', '/v1/kling/accounts', '/files/x.jpg', '/missing.js'])(
    'carries the fixed policies at %s',
    async (target) => {
      const { headers } = await server.call(target);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-facebound-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  test('serves hashed files for ever, others with a tag', async () => {
    const hashed = await server.call('/assets/index-AbCd1234.js');
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(hashed.headers.get('content-type')).toMatch(/^text\/javascript/);
    const other = await server.call('/favicon.svg');
    expect(other.headers.get('cache-control')).toBe('no-cache');
    expect(other.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    const again = await server.call('/favicon.svg', { headers: { 'if-none-match': other.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  test('compresses what gains from it, as the caller accepts', async () => {
    const get = (encoding: string) =>
      rawRequest(
        server.port,
        `GET /assets/index-AbCd1234.js HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`,
      );
    const brotli = await get('gzip, br');
    expect(brotli.head).toMatch(/content-encoding: br/i);
    expect(brotliDecompressSync(Buffer.from(brotli.body, 'latin1')).toString()).toBe(SCRIPT);
    expect((await get('gzip')).head).toMatch(/content-encoding: gzip/i);
    const plain = await get('identity');
    expect(plain.head).not.toMatch(/content-encoding/i);
    expect(plain.body).toBe(SCRIPT);
    // What the build compressed has no address of its own.
    expect((await server.call('/assets/index-AbCd1234.js.br')).status).toBe(404);
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip;q=0.5', 'gzip', gunzipSync],
  ])('compresses the shell where the caller takes %s, each with its own nonce', async (accepted, encoding, open) => {
    const answer = await rawRequest(
      server.port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAccept-Encoding: ${accepted}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.head).toMatch(new RegExp(`content-encoding: ${encoding}`, 'i'));
    const html = open(Buffer.from(answer.body, 'latin1')).toString();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(answer.head).toContain(`'nonce-${nonce}'`);
    expect(html).toContain(INLINE);
  });

  test('answers HEAD without a body, a missing file with 404, other methods with 405', async () => {
    const head = await server.call('/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await server.call('/assets/index-old.js')).status).toBe(404);
    const post = await server.call('/', { method: 'POST' });
    expect(post.status).toBe(405);
    expect(post.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each([
    '/anything/else',
    '/index.html',
    '/v2/kling',
    '/app/nothing',
    '/app',
    '/engines',
    `/files/${'a'.repeat(64)}.jpg`,
  ])('is not at %s: a person who opens it reads so, a program gets the error form', async (target) => {
    const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const method of ['GET', 'HEAD']) {
      const page = await server.call(target, { method, headers: asBrowser });
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-[^']+';/);
      const html = await page.text();
      if (method === 'GET')
        expect(html).toMatch(/<h1>(There is nothing at this address|This picture is not kept here)</);
      if (method === 'GET') expect(html).toContain('<a href="/">Open Facebound</a>');
    }
    for (const accept of ['*/*', 'application/json', 'image/avif,image/webp,*/*', 'text/html;q=0']) {
      const answer = await server.call(target, { headers: { accept } });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 404, reason: 'not-found' });
    }
    expect((await server.call(target, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/../../outside.txt',
    '//outside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/index.html%00.js',
  ])('holds nothing from outside its folder: %s', async (target) => {
    const answer = await rawRequest(
      server.port,
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.status).toBe(404);
    expect(answer.body).not.toBe('outside');
  });
});

test('answers that nobody reads share the file’s bytes', async () => {
  const pageDir = path.join(temporary.dir, 'page');
  await writeFile(path.join(pageDir, 'large.jpg'), Buffer.alloc(2_000_000, 1));
  const large = await startTestServer({ pageDir });
  const before = process.memoryUsage().arrayBuffers;
  const socket = connect(large.port, '127.0.0.1');
  socket.pause();
  socket.write(`GET /large.jpg HTTP/1.1\r\nHost: 127.0.0.1:${large.port}\r\n\r\n`.repeat(100));
  await expect.poll(() => large.log.filter((line) => line.includes('"/large.jpg"')).length).toBe(100);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  socket.destroy();
  await large.close();
});

test('a page that was not built says what to do', async () => {
  const unbuilt = await startTestServer();
  const response = await unbuilt.call('/');
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
  await unbuilt.close();
});
