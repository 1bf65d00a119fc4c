import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { startNameServer } from '#testing/server/name-server.ts';
import { addOwnAddresses } from '#testing/server/own-address.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { pngOf } from '#testing/server/raw-png.ts';
import { rawRequest } from '#testing/server/raw-request.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';

/** Attacks over a real socket, each refused with the right status. What a unit test can show is not repeated here. */

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}

/** A request as text: `Host` and `Connection: close` unless the attack has its own. */
function text(server: TestServer, line: string, headers: readonly string[] = [], body = ''): string {
  const has = (name: string) => headers.some((header) => header.toLowerCase().startsWith(`${name}:`));
  return [
    `${line} HTTP/1.1`,
    ...(has('host') ? [] : [`Host: 127.0.0.1:${server.port}`]),
    ...(has('connection') ? [] : ['Connection: close']),
    ...headers,
    ...(body === '' || has('content-length') || has('transfer-encoding')
      ? []
      : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`]),
    '',
    body,
  ].join('\r\n');
}
const attack = (server: TestServer, ...request: [line: string, headers?: readonly string[], body?: string]) =>
  rawRequest(server.port, text(server, ...request));

const BEARER = 'Authorization: Bearer user:1234-abcdefghijkl';
const JSON_TYPE = 'Content-Type: application/json';
const RECOGNIZE = 'POST /v1/kling/images/recognize-faces';

describe('a stranger’s page or name', () => {
  test.each([
    ['a rebound DNS name', ['Host: rebound.example']],
    ['a rebound DNS name with our port', ['Host: rebound.example:4173']],
    ['two hosts', ['Host: 127.0.0.1', 'Host: evil.example']],
    ['another port of this machine', ['Origin: http://127.0.0.1:3000']],
    ['a sandboxed frame', ['Origin: null']],
    ['another site', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image']],
    ['another port, in the browser’s words', ['Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors']],
    ['a proxy that nobody set up', ['X-Forwarded-Host: 127.0.0.1']],
    ['a proxy that claims our scheme', ['X-Forwarded-Proto: https']],
  ])('%s gets nothing, with a session or a token', async (_name, headers) => {
    const server = await serve();
    const cookie = `Cookie: ${await server.openSession()}`;
    for (const path of [
      '/v1/kling/accounts',
      '/engines/embedded/v1/kling/accounts',
      '/app/config',
      '/app/image?url=x',
    ]) {
      const answer = await attack(server, `GET ${path}`, [...headers, cookie, BEARER]);
      expect([400, 403]).toContain(answer.status);
      expect(answer.head).not.toMatch(/access-control/i);
    }
  });

  test('a target in absolute form decides nothing against Host, nor Host against it', async () => {
    const server = await serve();
    expect((await attack(server, 'GET http://evil.example/app/config')).status).toBe(403);
    expect(
      (await attack(server, `GET http://127.0.0.1:${server.port}/app/config`, ['Host: evil.example'])).status,
    ).toBe(403);
  });

  test.each([
    '/%61pp/image?url=http%3A%2F%2F10.0.0.1%2F',
    '/app/%69mage?url=http%3A%2F%2F10.0.0.1%2F',
    '/%76%31/kling/accounts',
    '/v1/%6bling/accounts',
    '/%65ngines/kling/v1/kling/accounts',
    `/%66iles/${'a'.repeat(64)}.jpg`,
    '/x/../%61pp/config',
  ])('a link on another site opens nothing but the page, however it is written: %s', async (path) => {
    const server = await serve({ env: { USEAPI_TOKEN: 'user:77-token-of-the-server' } });
    const cookie = `Cookie: ${await server.openSession()}`;
    for (const site of ['same-site', 'cross-site']) {
      const navigation = [`Sec-Fetch-Site: ${site}`, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];
      expect((await attack(server, `GET ${path}`, [...navigation, cookie])).status).toBe(403);
    }
  });

  test('a preflight is answered with nothing that lets another origin in', async () => {
    const server = await serve();
    const answer = await attack(server, 'OPTIONS /v1/kling/images/recognize-faces', [
      'Origin: https://evil.example',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Headers: authorization',
    ]);
    expect(answer.status).toBe(403);
    expect(answer.head).not.toMatch(/access-control/i);
  });

  test('the session of another port of this host is not ours', async () => {
    const [server, other] = [await serve(), await serve()];
    const cookie = (await other.openSession()).replace(String(other.port), String(server.port));
    expect((await attack(server, 'GET /v1/kling/accounts', [`Cookie: ${cookie}`])).status).toBe(401);
  });

  test('a method override stays what it was sent as', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    const answer = await attack(server, 'GET /app/session', [`Cookie: ${cookie}`, 'X-HTTP-Method-Override: DELETE']);
    expect(answer.status).toBe(404);
    expect((await attack(server, 'GET /v1/kling/accounts', [`Cookie: ${cookie}`])).status).toBe(200);
  });
});

describe('paths', () => {
  test.each([
    '/files/../secret',
    '/files/..%2fsecret',
    '/files/%2e%2e/secret',
    '/files/%2e%2e%2fsecret',
    '/files/..%5csecret',
    '/files/%00',
    '/files/....//secret',
    `/files/${'a'.repeat(64)}.json`,
    `/files/${'a'.repeat(64)}.jpg%00.png`,
    `/files/${'a'.repeat(64)}.jpg/../../secret`,
    '/files/',
    '/secret',
    '/data/secret',
    '/.env',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/files/%ff',
    '/files/%',
  ])('%s leads to no file', async (path) => {
    const server = await serve();
    const answer = await attack(server, `GET ${path}`);
    expect([400, 404, 503]).toContain(answer.status);
    expect(answer.body.length).toBeLessThan(300);
  });
});

describe('headers', () => {
  test('a line break in a value does not become a header', async () => {
    const server = await serve();
    const body = '{"imageReference":"http://127.0.0.1/a\\r\\nX-Injected: 1"}';
    const byBody = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE], body);
    const byQuery = await attack(server, 'GET /app/image?url=x%0d%0aX-Injected:%201');
    const byType = await attack(
      server,
      'POST /v1/kling/assets/',
      [BEARER, 'Content-Type: image/x%0d%0aX-Injected: 1'],
      'x',
    );
    for (const answer of [byBody, byQuery, byType]) expect(answer.head).not.toMatch(/^x-injected/im);
    expect([byBody.status, byQuery.status, byType.status]).toEqual([403, 401, 400]);
  });

  test('a token with a line break reaches nobody', async () => {
    const vendor = await startFakeVendor();
    closing.push(() => vendor.close());
    const server = await serve({ env: { USEAPI_BASE_URL: vendor.baseUrl } });
    for (const token of ['a\tb', 'ä', 'a b', '']) {
      const answer = await attack(server, 'GET /engines/kling/v1/kling/accounts', [`Authorization: Bearer ${token}`]);
      expect(answer.status).toBe(401);
    }
    expect(vendor.calls).toHaveLength(0);
  });

  test('more headers than anybody needs are refused', async () => {
    const server = await serve();
    expect((await attack(server, 'GET /app/config', [`X-Long: ${'x'.repeat(20_000)}`])).status).toBe(431);
  });

  test.each([
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3'], '{}'],
    ['a length and chunks', ['Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a negative length', ['Content-Length: -1'], '{}'],
    ['an obfuscated encoding', ['Transfer-Encoding: xchunked'], '{}'],
  ])('a request that two servers could read differently (%s) is refused', async (_name, headers, body) => {
    const server = await serve();
    const answer = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE, ...headers], body);
    expect(answer.status).toBe(400);
  });
});

describe('bodies', () => {
  test('a small body that comes drop by drop is given up', async () => {
    const server = await serve({ timeouts: { fields: 200 } });
    const answer = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE, 'Content-Length: 1000'], '{"imageReference":');
    expect(answer.status).toBe(408);
  });

  test('an upload that comes drop by drop is given up, and leaves nothing', async () => {
    const server = await serve({ timeouts: { upload: 200 } });
    const answer = await attack(
      server,
      'POST /v1/kling/assets/',
      [BEARER, 'Content-Type: image/png', 'Content-Length: 1000'],
      'x',
    );
    expect(answer.status).toBe(408);
  });

  test('headers that never end are given up by the server, not by us', async () => {
    const server = await serve();
    const socket = connect(server.port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n'));
    // The limit is Node's own (`headersTimeout`); what matters here is that such a connection keeps nobody waiting.
    expect((await server.call('/healthz')).status).toBe(200);
    socket.destroy();
  });

  test('a compressed body is not inflated', async () => {
    const server = await serve();
    const bomb = gzipSync(Buffer.from(JSON.stringify({ imageReference: 'x'.repeat(10_000_000) }))).toString('latin1');
    const answer = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE, 'Content-Encoding: gzip'], bomb);
    expect(answer.status).toBe(400);
  });

  test('JSON as deep as it is long is read or refused, and pollutes nothing', async () => {
    const server = await serve();
    const deep = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE], '['.repeat(60_000));
    expect(deep.status).toBe(400);
    const polluting = '{"__proto__":{"imageReference":"http://127.0.0.1/"},"constructor":{"prototype":{"x":1}}}';
    const answer = await attack(server, RECOGNIZE, [BEARER, JSON_TYPE], polluting);
    expect([answer.status, answer.body]).toEqual([400, '{"error":"Parameter imageReference is required"}']);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('bytes that are no text are not valid JSON', async () => {
    const server = await serve();
    expect((await attack(server, RECOGNIZE, [BEARER, JSON_TYPE], '{"imageReference":"\xff\xfe"}')).status).toBe(400);
  });

  test('a form with a thousand parts, or with a file, is refused', async () => {
    const server = await serve();
    const part = (name: string, extra = '') =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\nx\r\n`;
    const many = `${Array.from({ length: 1500 }, (_, index) => part(`f${index}`)).join('')}--b--\r\n`;
    const type = 'Content-Type: multipart/form-data; boundary=b';
    expect((await attack(server, RECOGNIZE, [BEARER, type], many)).status).toBe(413);
    const file = `${part('imageReference', '; filename="a.png"')}--b--\r\n`;
    expect((await attack(server, RECOGNIZE, [BEARER, type], file)).status).toBe(400);
  });
});

describe('files that are not what they say', () => {
  const upload = (server: TestServer, bytes: Uint8Array, type: string) =>
    server.call('/v1/kling/assets/', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': type },
      body: new Uint8Array(bytes),
    });

  const withScript = async () => Buffer.concat([await jpeg(300, 300), Buffer.from('<script>alert(1)</script>')]);

  test('a picture with a web page behind it is served as a picture that can do nothing', async () => {
    const server = await serve();
    const response = await upload(server, await withScript(), 'image/jpeg');
    expect(response.status).toBe(200);
    const { url } = uploadAssetReply.parse(await response.json());
    const stored = await fetch(url);
    expect(stored.headers.get('content-type')).toBe('image/jpeg');
    expect(stored.headers.get('x-content-type-options')).toBe('nosniff');
    expect(stored.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  });

  test.each([
    ['a web page that begins like a GIF', () => Buffer.from('GIF89a/*<script>alert(1)</script>*/')],
    ['an SVG with script', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a PDF', () => Buffer.from('%PDF-1.7\n<< /OpenAction << /S /JavaScript >> >>')],
    [
      'a zip with a picture’s signature',
      () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('PK\x03\x04')]),
    ],
    ['a picture under another type', () => jpeg(300, 300)],
  ])('%s is refused as image/png', async (_name, make) => {
    const server = await serve();
    expect((await upload(server, await make(), 'image/png')).status).toBe(400);
  });

  test('a PNG that inflates to gigabytes is refused by its header', async () => {
    const server = await serve();
    const response = await upload(server, pngOf(60_000, 60_000, deflateSync(Buffer.alloc(1_000_000))), 'image/png');
    expect(response.status).toBe(413);
  });

  test('a PNG whose pixels are fewer, or more, than its header says is refused or read, never a crash', async () => {
    const server = await serve();
    const short = await upload(server, pngOf(5_000, 5_000, deflateSync(Buffer.alloc(100))), 'image/png');
    expect(short.status).toBe(400);
    const long = await upload(server, pngOf(300, 300, deflateSync(Buffer.alloc(50_000_000))), 'image/png');
    expect([200, 400]).toContain(long.status);
    expect((await server.call('/healthz')).status).toBe(200);
  }, 20_000);

  test('a picture that names another in its metadata fetches nothing', async () => {
    let fetched = 0;
    const host = await startWebHost((_, response) => {
      fetched += 1;
      response.end();
    });
    closing.push(() => host.close());
    const server = await serve({ env: { FACEBOUND_LINK_HOSTS: host.host } });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://${host.host}/"/></svg>`;
    expect((await upload(server, Buffer.from(svg), 'image/png')).status).toBe(400);
    expect(fetched).toBe(0);
  });
});

describe('links as a way inside', () => {
  test.each([
    'http://127.0.0.1:PORT/app/config',
    'http://localhost:PORT/app/config',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://0.0.0.0:PORT/',
    'http://2130706433:PORT/',
    'http://017700000001:PORT/',
    'http://169.254.169.254/latest/meta-data/iam/',
    'http://[fd00:ec2::254]/',
    'http://metadata.localhost/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'data:image/png;base64,iVBORw0KGgo=',
  ])('%s is refused by the detection and by the relay alike', async (link) => {
    const server = await serve();
    const target = link.replace('PORT', String(server.port));
    const detection = await server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: target }),
    });
    const cookie = await server.openSession();
    const relayed = await server.call(`/app/image?url=${encodeURIComponent(target)}`, { headers: { cookie } });
    expect([detection.status, relayed.status]).toEqual([403, 403]);
  });

  test('this machine’s own public address is refused: by itself, by a name for it, and at the end of a redirect', async () => {
    const own = '198.41.0.4';
    const removeAddress = addOwnAddresses([own]);
    closing.push(async () => removeAddress());
    const names = await startNameServer(() => [own]);
    closing.push(() => names.close());
    const redirect = await startWebHost((_, response) =>
      response.writeHead(302, { location: `http://${own}:9/admin` }).end(),
    );
    closing.push(() => redirect.close());
    const server = await serve({
      env: { FACEBOUND_LINK_HOSTS: redirect.host },
      nameServers: [names.address],
      linkLimits: { timeoutMs: 1_000 },
    });
    const cookie = await server.openSession();
    for (const link of [
      `http://${own}:9/`,
      `http://[64:ff9b::${own}]:9/`,
      'http://us.example:9/',
      `http://${redirect.host}/`,
    ]) {
      const relayed = await server.call(`/app/image?url=${encodeURIComponent(link)}`, { headers: { cookie } });
      expect([link, relayed.status]).toEqual([link, 403]);
    }
  });

  test('of an own file’s address, only the file itself is read', async () => {
    const detector = createFakeDetector();
    const server = await serve({ detector });
    for (const path of [
      '/files/../app/config',
      '/files/%2e%2e/secret',
      `/files/${'a'.repeat(64)}.json`,
      '/files/',
      '/files/x/y',
    ]) {
      const response = await server.call('/v1/kling/images/recognize-faces', {
        method: 'POST',
        headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
        body: JSON.stringify({ imageReference: `${server.url}${path}` }),
      });
      expect([403, 410]).toContain(response.status);
    }
    expect(detector.calls).toBe(0);
  });
});

describe('secrets', () => {
  const KEY = 'the-access-key-of-the-team';
  const EMBEDDED = 'token-for-embedded';

  test('of our own are never sent to the live service as somebody’s bearer', async () => {
    const vendor = await startFakeVendor();
    closing.push(() => vendor.close());
    const server = await serve({
      env: {
        USEAPI_TOKEN: vendor.token,
        USEAPI_BASE_URL: vendor.baseUrl,
        FACEBOUND_ACCESS_KEY: KEY,
        FACEBOUND_EMBEDDED_TOKEN: EMBEDDED,
      },
    });
    const signing = await readFile(path.join(server.dataDir, 'secret'));
    const written = [signing.toString('hex'), signing.toString('base64'), signing.toString('base64url')];
    for (const bearer of [EMBEDDED, KEY, ...written, signing.toString('hex').toUpperCase()]) {
      for (const [method, target] of [
        ['GET', '/v1/kling/accounts'],
        ['GET', '/engines/kling/v1/kling/accounts'],
        ['POST', '/v1/kling/images/kolors'],
      ] as const) {
        const response = await server.call(target, { method, headers: { authorization: `Bearer ${bearer}` } });
        const body = await response.text();
        expect([response.status, body]).toEqual([401, expect.stringContaining('not sent to the live service')]);
        expect(body).not.toContain(bearer);
      }
    }
    expect(vendor.calls).toHaveLength(0);
  });

  test('do not keep the live service’s own token, a person’s or the server’s, from it', async () => {
    const vendor = await startFakeVendor();
    closing.push(() => vendor.close());
    for (const env of [
      { FACEBOUND_EMBEDDED_TOKEN: EMBEDDED },
      { USEAPI_TOKEN: vendor.token, FACEBOUND_EMBEDDED_TOKEN: EMBEDDED },
      { USEAPI_TOKEN: vendor.token, FACEBOUND_EMBEDDED_TOKEN: vendor.token },
    ]) {
      const server = await serve({ env: { ...env, USEAPI_BASE_URL: vendor.baseUrl } });
      const headers = { authorization: `Bearer ${vendor.token}` };
      expect((await server.call('/engines/kling/v1/kling/accounts', { headers })).status).toBe(200);
    }
  });

  test('are in no answer and in no line of the log, whatever is asked', async () => {
    const secrets = {
      USEAPI_TOKEN: 'user:77-token-of-the-server',
      FACEBOUND_ACCESS_KEY: 'the access key of the team',
      FACEBOUND_EMBEDDED_TOKEN: 'token-for-embedded',
    };
    const vendor = await startFakeVendor({ token: secrets.USEAPI_TOKEN });
    closing.push(() => vendor.close());
    const server = await serve({ env: { ...secrets, USEAPI_BASE_URL: vendor.baseUrl } });
    const cookie = await server.openSession(secrets.FACEBOUND_ACCESS_KEY);
    vendor.on('accounts', { kind: 'echo' });
    vendor.on('recognize', { kind: 'cut', when: 'before-headers' });
    const answers: string[] = [];
    const note = async (response: Response) =>
      answers.push(await response.text(), JSON.stringify([...response.headers]));
    for (const path of [
      '/',
      '/app/config',
      '/v1/kling/accounts',
      '/v1/kling/accounts/x',
      '/nothing.js',
      '/files/x',
      '/healthz',
      '/readyz',
      '/openapi.json',
    ]) {
      await note(await server.call(path, { headers: { cookie } }));
      await note(await server.call(path, { headers: { authorization: `Bearer ${secrets.USEAPI_TOKEN}` } }));
    }
    await note(
      await server.call('/v1/kling/images/recognize-faces', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: '{"imageReference":"https://example.com/private-name.jpg"}',
      }),
    );
    const all = [...answers, ...server.log].join('\n');
    for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
    expect(server.log.join()).not.toContain(cookie.split('=')[1]);
    expect(server.log.join()).not.toContain('private-name');
  });
});

test('an honest PNG made the same way is taken, so that the refusals above mean something', async () => {
  const server = await serve();
  const rows = Buffer.alloc(301 * 300, 0);
  const honest = pngOf(300, 300, deflateSync(rows));
  const response = await server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'image/png' },
    body: new Uint8Array(honest),
  });
  expect(response.status).toBe(200);
});
