import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { vendorError } from '#contract/errors.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { MEASURED_SHA256_HEADER, REQUEST_ID_HEADER } from '#contract/routes.ts';
import { type FakeVendorOptions, startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { rawRequest } from '#testing/server/raw-request.ts';
import { streamed } from '#testing/server/streamed.ts';
import { startTestServer } from '#testing/server/test-server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const BASE = '/engines/kling/v1/kling';
const TOKEN = 'user:1234-abcdefghijkl';
const authorization = `Bearer ${TOKEN}`;

async function serve(options: FakeVendorOptions & { timeouts?: { call: number }; env?: Record<string, string> } = {}) {
  const vendor = await startFakeVendor(options);
  closing.push(() => vendor.close());
  const server = await startTestServer({
    env: { USEAPI_BASE_URL: vendor.baseUrl, ...options.env },
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  closing.push(() => server.close());
  const recognize = (init: RequestInit = {}) =>
    server.call(`${BASE}/images/recognize-faces`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"imageReference":"https://example.com/a.jpg"}',
      ...init,
    });
  return { vendor, server, recognize };
}

describe('the vendor’s answers', () => {
  test.each([400, 401, 402, 403, 404, 410, 429, 500, 503, 596])('come back as they were: %i', async (status) => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'status', status, headers: status === 429 ? { 'retry-after': '7' } : {} });
    const direct = await fetch(`${vendor.baseUrl}/images/recognize-faces`, {
      method: 'POST',
      headers: { authorization },
      body: '{}',
    });
    const response = await recognize();
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(await direct.text());
    expect(response.headers.get(REQUEST_ID_HEADER)).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
  });

  test('come back as 504 instead of 408, which makes browsers send a request once more by themselves', async () => {
    const { vendor, server } = await serve();
    vendor.on('kolors', { kind: 'status', status: 408 });
    const response = await server.call(`${BASE}/images/kolors`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"prompt":"a portrait"}',
    });
    expect([response.status, await response.json()]).toEqual([
      504,
      { error: 'The service gave up waiting', code: 408 },
    ]);
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });

  test.each([
    ['broken JSON', '{"status":0,', 'application/json'],
    ['a web page', '<html><script>alert(1)</script></html>', 'text/html'],
    ['nothing', '', 'application/json'],
    ['a byte order mark', '\ufeff{"status":0}', 'application/json'],
  ])('come back as they were: %s, powerless in a browser', async (_name, body, contentType) => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body, contentType });
    const response = await recognize();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(body);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('lose every header that is not named', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', {
      kind: 'body',
      body: '{}',
      headers: {
        'set-cookie': 'session=stolen',
        'access-control-allow-origin': '*',
        'x-powered-by': 'vendor',
        'content-security-policy': 'default-src *',
        connection: 'x-hop, close',
        'x-hop': '1',
        location: 'https://evil.example/',
        'clear-site-data': '"*"',
        // Ours to say, and only of what our own engine measured.
        [MEASURED_SHA256_HEADER]: 'a'.repeat(64),
      },
    });
    const { headers } = await recognize();
    for (const name of [
      'set-cookie',
      'access-control-allow-origin',
      'x-powered-by',
      'x-hop',
      'location',
      'clear-site-data',
      MEASURED_SHA256_HEADER,
    ]) {
      expect(headers.get(name)).toBeNull();
    }
    expect(headers.get('content-security-policy')).not.toContain('*');
  });

  test('are not followed elsewhere', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', {
      kind: 'body',
      status: 302,
      body: '',
      headers: { location: `${vendor.baseUrl}/accounts` },
    });
    const response = await recognize({ redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(vendor.calls).toHaveLength(1);
  });

  test('lose our token where they repeat it', async () => {
    const { vendor, server, recognize } = await serve({ env: { USEAPI_TOKEN: TOKEN } });
    vendor.on('recognize', { kind: 'echo' });
    const cookie = await server.openSession();
    for (const headers of [
      { cookie, 'content-type': 'application/json' },
      { authorization, 'content-type': 'application/json' },
    ]) {
      const response = await recognize({ headers });
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).toContain('"authorization');
      expect(text).not.toContain(TOKEN);
    }
    expect(server.log.join()).not.toContain(TOKEN);
  });

  test.each([TOKEN, 'a'])('lose the token %s in their headers as well, and stay answers', async (token) => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', {
      kind: 'status',
      status: 429,
      headers: { 'content-type': `text/plain; from=${token}`, 'retry-after': '7' },
    });
    const response = await recognize({
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(response.headers.get('content-type')).toMatch(/\*$/);
  });
});

describe('when the vendor does not answer well', () => {
  test('a connection that is cut is 502 before an answer, and in one that is short', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'cut', when: 'before-headers' }, 1);
    const early = await recognize();
    expect(early.status).toBe(502);
    expect(vendorError.parse(await early.json())).toMatchObject({ reason: 'unreachable' });
    for (const behaviour of [
      { kind: 'cut', when: 'in-body' },
      { kind: 'body', body: '{"status":0}', cutAfter: 0 },
      { kind: 'body', body: '{"status":0}', cutAfter: 11 },
    ] as const) {
      vendor.on('recognize', behaviour, 1);
      const late = await recognize();
      expect(late.status).toBe(502);
      const { error, reason } = vendorError.parse(await late.json());
      expect([reason, error]).toEqual(['reply-broken', expect.stringContaining('ended before it was whole')]);
    }
  });

  test('a long answer that is cut breaks off, and nothing of ours is added to what came', async () => {
    const { vendor, server, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: ' '.repeat(3 * 1024 * 1024), cutAfter: 2 * 1024 * 1024 });
    const late = await recognize();
    await expect(late.text()).rejects.toThrow();
    // The answer is not ended as if it were whole.
    const body = '{"imageReference":"https://example.com/a.jpg"}';
    const { body: raw } = await rawRequest(
      server.port,
      `POST ${BASE}/images/recognize-faces HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(raw).not.toMatch(/Error|\r\n0\r\n/);
  });

  test('a vendor that is not there is 502 with cause and cure', async () => {
    const { vendor, recognize } = await serve();
    await vendor.close();
    const response = await recognize();
    expect(response.status).toBe(502);
    expect(vendorError.parse(await response.json()).error).toMatch(
      /could not be reached: it refused the connection\. Check/,
    );
  });

  test('one that is silent is 504, and the call to it ends', async () => {
    const { vendor, recognize } = await serve({ timeouts: { call: 300 } });
    vendor.on('recognize', { kind: 'held' });
    const response = await recognize();
    expect(response.status).toBe(504);
    await expect.poll(() => vendor.calls[0]?.aborted).toBe(true);
  });

  test('one that stalls in the middle is 504 after the time for one call', async () => {
    const { vendor, recognize } = await serve({ timeouts: { call: 2_000 } });
    vendor.on('recognize', { kind: 'stalled' });
    expect((await recognize()).status).toBe(504);
    await expect.poll(() => vendor.calls[0]?.aborted).toBe(true);
  });

  test('an answer without end is cut off', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'endless' });
    const response = await recognize();
    let bytes = 0;
    const read = async () => {
      for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
    };
    await expect(read()).rejects.toThrow();
    expect(bytes).toBeLessThanOrEqual(16 * 1024 * 1024);
    await expect.poll(() => vendor.calls[0]?.aborted).toBe(true);
  });

  test('an answer that announces gigabytes is 502', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: '{}', headers: { 'content-length': String(4 * 1024 ** 3) } });
    expect((await recognize()).status).toBe(502);
  });

  test('a caller who goes away cancels the call, waiting or reading', async () => {
    for (const behaviour of [{ kind: 'held' }, { kind: 'stalled' }] as const) {
      const { vendor, server, recognize } = await serve();
      vendor.on('recognize', behaviour);
      const leaving = new AbortController();
      const call = recognize({ signal: leaving.signal }).then((response) => response.text());
      await expect.poll(() => vendor.calls.length).toBe(1);
      leaving.abort();
      await expect(call).rejects.toThrow();
      await expect.poll(() => vendor.calls[0]?.aborted).toBe(true);
      // It is the caller's choice and no trouble of ours.
      expect(server.log.join()).not.toContain('broken off');
    }
  });
});

describe('an answer that is allowed to be odd', () => {
  const REPLY = '{"status":0,"message":"","faceItems":[]}';

  test('may be announced by interim answers', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: REPLY, isAnnounced: true });
    const response = await recognize();
    expect([response.status, await response.text()]).toEqual([200, REPLY]);
  });

  test('to an upload may be announced as well', async () => {
    const { vendor, server } = await serve();
    vendor.on('assets', { kind: 'body', body: REPLY, isAnnounced: true });
    const response = await fetch(`${server.url}${BASE}/assets/`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      ...streamed(await jpeg(800, 600)),
    });
    expect(await response.text()).toBe(REPLY);
  });

  test.each([1, 16, 31, 60])('may have %i KB of headers', async (kilobytes) => {
    const { vendor, recognize } = await serve();
    const headers = Object.fromEntries(
      Array.from({ length: kilobytes }, (_, index) => [`x-policy-${index}`, 'p'.repeat(1024 - 20)]),
    );
    vendor.on('recognize', { kind: 'body', body: REPLY, headers: { ...headers, 'retry-after': '3' } });
    const response = await recognize();
    expect([response.status, response.headers.get('retry-after')]).toEqual([200, '3']);
    expect(response.headers.get('x-policy-0')).toBeNull();
  });

  test('may not have more headers than that', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: REPLY, headers: { 'x-policy': 'p'.repeat(100 * 1024) } });
    const response = await recognize();
    expect(response.status).toBe(502);
    expect(vendorError.parse(await response.json()).error).toContain('not one that can be passed on');
  });

  test.each<[string, (text: string) => Uint8Array]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (text) => brotliCompressSync(gzipSync(text))],
    ['identity', (text) => Buffer.from(text)],
    ['gzip', (text) => Buffer.from(text)],
  ])('may be packed unasked: %s', async (coding, pack) => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: pack(REPLY), headers: { 'content-encoding': coding } });
    const response = await recognize();
    expect(await response.text()).toBe(REPLY);
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('keeps its status when it is packed, and loses the token that lies in it', async () => {
    const { vendor, recognize } = await serve();
    const body = gzipSync(JSON.stringify({ error: `No such token: ${TOKEN}` }));
    vendor.on('recognize', { kind: 'body', status: 596, body, headers: { 'content-encoding': 'gzip' } });
    const response = await recognize();
    const text = await response.text();
    expect([response.status, text.includes('No such token'), text.includes(TOKEN)]).toEqual([596, true, false]);
  });

  test('may be empty and call itself packed', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', status: 500, body: '', headers: { 'content-encoding': 'br' } });
    const response = await recognize();
    expect([response.status, await response.text()]).toEqual([500, '']);
  });

  test('is as long as its unpacked bytes: what unpacks to gigabytes ends', async () => {
    const { vendor, recognize } = await serve();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    vendor.on('recognize', { kind: 'body', body: bomb, headers: { 'content-encoding': 'gzip' } }, 1);
    await expect((await recognize()).text()).rejects.toThrow();
    const twice = gzipSync(bomb);
    vendor.on('recognize', { kind: 'body', body: twice, headers: { 'content-encoding': 'gzip, gzip' } }, 1);
    await expect((await recognize()).text()).rejects.toThrow();
  });

  test.each([
    ['cut off', 'gzip', gzipSync(REPLY).subarray(0, 30)],
    ['damaged', 'deflate', Buffer.concat([deflateSync(REPLY).subarray(0, 12), Buffer.alloc(20, 0xff)])],
    ['not packed at all', 'br', Buffer.from('<html>')],
  ])('is the service’s fault when it is %s', async (_, coding, body) => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body, headers: { 'content-encoding': coding } });
    const response = await recognize();
    expect(response.status).toBe(502);
    expect(vendorError.parse(await response.json())).toMatchObject({
      reason: 'reply-broken',
      error: expect.stringContaining('could not be unpacked'),
    });
  });

  test('is not passed on when nobody knows how it is packed', async () => {
    const { vendor, recognize } = await serve();
    vendor.on('recognize', { kind: 'body', body: REPLY, headers: { 'content-encoding': 'compress' } });
    expect((await recognize()).status).toBe(502);
  });
});

describe('what the vendor is sent', () => {
  test('is the named headers and nothing else', async () => {
    const { vendor, server } = await serve({ env: { USEAPI_TOKEN: TOKEN } });
    const cookie = await server.openSession();
    const body = '{"imageReference":"https://example.com/a.jpg","unknown":{"__proto__":1}}';
    await rawRequest(
      server.port,
      [
        `POST ${BASE}/images/recognize-faces?email=evil&x=1&details=score HTTP/1.1`,
        `Host: 127.0.0.1:${server.port}`,
        `Cookie: ${cookie}`,
        'Content-Type: application/json',
        'X-Evil: 1',
        'User-Agent: curl',
        'Accept-Language: de',
        'Proxy-Authorization: Basic eA==',
        'TE: trailers',
        'Connection: close, X-Evil',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
    const [call] = vendor.calls;
    expect(Object.keys(call?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
    expect(call?.headers).toMatchObject({ authorization, host: vendor.host, connection: 'keep-alive' });
    expect(call?.target).toBe('/v1/kling/images/recognize-faces');
    expect(call?.body.toString()).toBe('{"imageReference":"https://example.com/a.jpg"}');
  });

  test('is an upload’s bytes as they came, with its length where it was known', async () => {
    const { vendor, server } = await serve();
    const picture = await jpeg(800, 600);
    const target = `${server.url}${BASE}/assets/?email=kling%40example.com&x=1`;
    const headers = { authorization, 'content-type': 'image/jpeg; charset=binary' };
    await request(target, { method: 'POST', headers, body: picture });
    await fetch(target, {
      method: 'POST',
      headers,
      ...streamed(picture),
    });
    const [known, chunked] = vendor.callsTo('assets');
    for (const call of [known, chunked]) {
      expect(call?.target).toBe('/v1/kling/assets/?email=kling%40example.com');
      expect(call?.headers['content-type']).toBe('image/jpeg');
      expect(call?.body.equals(picture)).toBe(true);
    }
    expect(known?.headers['content-length']).toBe(String(picture.byteLength));
    expect(chunked?.headers['transfer-encoding']).toBe('chunked');
  });

  test('is nothing more once an upload turns out too large', async () => {
    const { vendor, server } = await serve();
    const response = await fetch(`${server.url}${BASE}/assets/`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/png' },
      ...streamed(new Uint8Array(11 * 1024 * 1024)),
    });
    expect(response.status).toBe(413);
    expect(vendor.calls).toHaveLength(0);
  });

  test('is the token of the caller, or of the server for a session', async () => {
    const { vendor, server } = await serve({ env: { USEAPI_TOKEN: 'token-of-the-server' } });
    const cookie = await server.openSession();
    await server.call(`${BASE}/accounts`, { headers: { cookie } });
    await server.call(`${BASE}/accounts`, { headers: { cookie, authorization } });
    await server.call('/v1/kling/accounts', { headers: { authorization } });
    expect(vendor.calls.map((call) => call.headers.authorization)).toEqual([
      'Bearer token-of-the-server',
      authorization,
      authorization,
    ]);
  });

  test('never goes to another engine because of a bearer', async () => {
    const { vendor, server } = await serve();
    await server.call('/v1/kling/accounts', { headers: { authorization } });
    expect(vendor.calls).toHaveLength(0);
  });

  test.each(['..', '%2e%2e', '..%2f..%2fsecret', 'a%2fb', '.'])(
    'cannot climb out of the contract by %s',
    async (part) => {
      const { vendor, server } = await serve();
      for (const path of [`/accounts/${part}`, `/tasks/${part}`]) {
        await rawRequest(
          server.port,
          `GET ${BASE}${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`,
        );
      }
      for (const call of vendor.calls) expect(call.target).toMatch(/^\/v1\/kling\/(accounts|tasks)(\/[^/]+)?$/);
      for (const call of vendor.calls) expect(call.target).not.toMatch(/\/\.{1,2}$/);
    },
  );

  test('is a generation exactly once, whatever happens to it', async () => {
    const { vendor, server } = await serve();
    const generate = (body: RequestInit['body'], headers: Record<string, string> = {}) =>
      server.call(`${BASE}/images/kolors`, {
        method: 'POST',
        headers: { authorization, ...headers },
        body: body ?? null,
      });
    for (const behaviour of [
      { kind: 'cut', when: 'before-headers' },
      { kind: 'status', status: 429 },
      { kind: 'status', status: 500 },
    ] as const) {
      vendor.on('kolors', behaviour, 1);
      await generate('{"prompt":"a portrait"}', { 'content-type': 'application/json' });
    }
    expect(vendor.callsTo('kolors')).toHaveLength(3);
    expect(vendor.creditsSpent).toBe(0);
  });

  test('is a generation’s fields as JSON, numbers from a form as numbers', async () => {
    const { vendor, server } = await serve();
    const form = new FormData();
    for (const [name, value] of Object.entries({
      prompt: '12',
      reference: 'face',
      imageReference: 'https://x.example/a.jpg',
      faceNo: '2',
      faceStrength: '70',
      imageCount: '3',
      version: 'kling-v2-1',
    })) {
      form.set(name, value);
    }
    const created = await server.call(`${BASE}/images/kolors`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    });
    expect(created.status).toBe(200);
    expect(JSON.parse(vendor.calls[0]?.body.toString() ?? '')).toEqual({
      prompt: '12',
      reference: 'face',
      imageReference: 'https://x.example/a.jpg',
      faceNo: 2,
      faceStrength: 70,
      imageCount: 3,
      version: 'kling-v2-1',
    });
    expect(vendor.creditsSpent).toBe(3);
  });

  test('is what a task’s course asks for, to its pictures', async () => {
    const { vendor, server } = await serve({ pollsToFinish: 1 });
    const get = async (path: string) =>
      z
        .record(z.string(), z.unknown())
        .parse(await (await server.call(`${BASE}${path}`, { headers: { authorization } })).json());
    const created = await server.call(`${BASE}/images/kolors`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{"prompt":"a portrait","imageCount":2}',
    });
    const { task } = z.object({ task: z.object({ id: z.string() }) }).parse(await created.json());
    expect(await get(`/tasks/${task.id}?email=kling%40example.com`)).toMatchObject({
      status_name: 'processing',
      status_final: false,
    });
    const done = await get(`/tasks/${task.id}`);
    expect(done).toMatchObject({ status: 99, status_name: 'succeed', status_final: true, works: [{}, {}] });
    const { cdnUrl } = await get(`/assets/download?email=kling%40example.com&workIds=${task.id}1&fileTypes=PNG&evil=1`);
    expect((await fetch(String(cdnUrl))).status).toBe(200);
    expect(vendor.callsTo('download')[0]?.target).toBe(
      `/v1/kling/assets/download?email=kling%40example.com&workIds=${task.id}1&fileTypes=PNG`,
    );
  });

  test('is what takes something back, and nothing that the contract does not name', async () => {
    const { vendor, server } = await serve();
    const call = (method: string, path: string) =>
      server.call(`${BASE}${path}`, { method, headers: { authorization, 'content-type': 'application/json' } });
    await call('GET', '/assets/uploaded?email=a%40b.c&fileName=x%26id%3D1.jpg&pageNum=2&pageSize=50&sort=asc&userId=7');
    await call('DELETE', '/assets/uploaded/?email=kling%40example.com&id=1,2&all=true');
    await call('DELETE', '/tasks/1000?email=kling%40example.com&force=true');
    await call('GET', '/scheduler/available?email=x');
    expect(vendor.calls.map(({ method, target }) => `${method} ${target.slice('/v1/kling'.length)}`)).toEqual([
      'GET /assets/uploaded/?email=a%40b.c&fileName=x%26id%3D1.jpg&pageNum=2&pageSize=50&sort=asc',
      'DELETE /assets/uploaded/?email=kling%40example.com&id=1%2C2',
      'DELETE /tasks/1000?email=kling%40example.com',
      'GET /scheduler/available',
    ]);
    for (const { body, headers } of vendor.calls) {
      expect(body).toHaveLength(0);
      expect(headers.authorization).toBe(authorization);
    }
    for (const [method, path] of [
      ['DELETE', '/accounts/a@b.c'],
      ['DELETE', '/assets/download'],
      ['DELETE', '/scheduler/available'],
      ['POST', '/assets/uploaded'],
      ['DELETE', '/assets'],
    ] as const)
      expect((await call(method, path)).status).toBe(405);
    for (const path of ['/scheduler', '/scheduler/1', '/tasks/1/2'])
      expect((await call('DELETE', path)).status).toBe(404);
    expect(vendor.calls).toHaveLength(4);
  });

  test('is answered with the account’s credits, and asked for the account when there are several', async () => {
    const { server, recognize } = await serve({ accounts: ['a@example.com', 'b@example.com'] });
    expect((await recognize()).status).toBe(400);
    const chosen = await recognize({ body: '{"email":"b@example.com","imageReference":"https://example.com/a.jpg"}' });
    expect(recognizeFacesReply.parse(await chosen.json()).mediaInfo).toMatchObject({ width: 724, height: 1268 });
    const details = await server.call(`${BASE}/accounts/a%40example.com`, { headers: { authorization } });
    expect(await details.json()).toMatchObject({ balance: { total: 66 } });
  });
});
