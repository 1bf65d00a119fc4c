import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { appConfig } from '#contract/app-config.ts';
import { uploadAssetReply } from '#contract/assets.ts';
import { MEASURED_SHA256_HEADER, SESSION_MARK_HEADER } from '#contract/routes.ts';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import { startNameServer } from '#testing/server/name-server.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { rawRequest } from '#testing/server/raw-request.ts';
import { startTestServer } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}
const KEY = 'correct horse battery staple';
const json = { 'content-type': 'application/json' };

describe('the page’s session', () => {
  test('is a cookie that scripts cannot read and that other sites cannot use', async () => {
    const server = await serve();
    const response = await server.call('/app/session', {
      method: 'POST',
      headers: { ...json, origin: server.url },
      body: '{}',
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toMatch(
      new RegExp(`^facebound-session-${server.port}=\\S+; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict$`),
    );
  });

  test('opens what a caller without a token may do, until it is ended', async () => {
    const server = await serve();
    const accounts = (headers: Record<string, string>) => server.call('/v1/kling/accounts', { headers });
    expect((await accounts({})).status).toBe(401);
    const cookie = await server.openSession();
    expect((await accounts({ cookie })).status).toBe(200);
    const ended = await server.call('/app/session', { method: 'DELETE', headers: { cookie, origin: server.url } });
    expect(ended.status).toBe(204);
    expect(ended.headers.get('set-cookie')).toMatch(/Max-Age=0/);
    // Pictures leave the browser's cache; what guards against paying twice stays, and so do the cookies of other ports.
    expect(ended.headers.get('clear-site-data')).toBe('"cache"');
    expect((await accounts({ cookie })).status).toBe(401);
  });

  test('has a mark that stays while it lasts, is another one for another session, and opens nothing', async () => {
    const server = await serve();
    const open = async (headers: Record<string, string>) => {
      const response = await server.call('/app/session', {
        method: 'POST',
        headers: { ...json, ...headers, origin: server.url },
        body: '{}',
      });
      return {
        mark: response.headers.get(SESSION_MARK_HEADER) ?? '',
        cookie: (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '',
      };
    };
    const first = await open({});
    expect(first.mark).toMatch(/^[0-9a-f]{16}$/);
    expect(first.cookie).not.toContain(first.mark);
    expect((await open({ cookie: first.cookie })).mark).toBe(first.mark);
    expect((await open({})).mark).not.toBe(first.mark);
    const wiped = await server.call('/app/files', { method: 'DELETE', headers: { cookie: first.cookie } });
    expect(wiped.headers.get(SESSION_MARK_HEADER)).toBe(first.mark);
  });

  test.each([
    ['without saying where it comes from', {}],
    ['from another origin', { origin: 'http://evil.example' }],
    ['from another port of this host', { 'sec-fetch-site': 'same-site' }],
  ])('is not opened by a call %s', async (_name, headers) => {
    const server = await serve();
    const response = await server.call('/app/session', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: '{}',
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('is not opened by a form, which other sites could send without asking', async () => {
    const server = await serve();
    const response = await server.call('/app/session', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: server.url },
      body: '{}',
    });
    expect(response.status).toBe(415);
  });

  test('behind TLS the cookie is Secure and bound to the host', async () => {
    const server = await serve({ env: { FACEBOUND_ORIGIN: 'https://faces.example.com', FACEBOUND_ACCESS_KEY: KEY } });
    const body = JSON.stringify({ accessKey: KEY });
    const answer = await rawRequest(
      server.port,
      [
        'POST /app/session HTTP/1.1',
        'Host: faces.example.com',
        'Origin: https://faces.example.com',
        'X-Forwarded-For: 10.0.0.1',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
    expect(answer.status).toBe(204);
    expect(answer.head).toMatch(/set-cookie: __Host-facebound-session-443=.*; HttpOnly; Secure; SameSite=Strict/i);
    expect(answer.head).toMatch(/strict-transport-security: max-age=15552000/i);
  });
});

describe('with an access key', () => {
  const guarded = (env: Record<string, string> = {}) => serve({ env: { FACEBOUND_ACCESS_KEY: KEY, ...env } });

  test('a session needs the key once, and then no more', async () => {
    const server = await guarded();
    await expect(server.openSession()).rejects.toThrow(/401.*access-key-required/);
    await expect(server.openSession('wrong')).rejects.toThrow(/401.*not the right one/);
    const cookie = await server.openSession(KEY);
    const again = await server.call('/app/session', {
      method: 'POST',
      headers: { ...json, origin: server.url, cookie },
      body: '{}',
    });
    expect(again.status).toBe(204);
  });

  describe('while others pour in wrong ones', () => {
    const behindProxy = () => guarded({ FACEBOUND_ORIGIN: 'https://faces.example.com' });
    /** One try as the proxy on this machine hands it on; resolves to the answer. */
    const enter = (server: Awaited<ReturnType<typeof guarded>>, key: string, forwardedFor: string) => {
      const body = JSON.stringify({ accessKey: key });
      return rawRequest(
        server.port,
        [
          'POST /app/session HTTP/1.1',
          'Host: faces.example.com',
          'Origin: https://faces.example.com',
          `X-Forwarded-For: ${forwardedFor}`,
          'Content-Type: application/json',
          `Content-Length: ${body.length}`,
          'Connection: close',
          '',
          body,
        ].join('\r\n'),
      );
    };
    const pour = (server: Awaited<ReturnType<typeof guarded>>, address: string, round: string) =>
      Promise.all(Array.from({ length: 40 }, (_, index) => enter(server, `wrong ${round} ${index}`, address)));
    afterEach(() => {
      vi.useRealTimers();
    });

    test('the right key passes at once from another address', async () => {
      const server = await behindProxy();
      await pour(server, '203.0.113.7', 'first');
      const poured = pour(server, '203.0.113.7', 'second');
      expect((await enter(server, KEY, '198.51.100.4')).status).toBe(204);
      // Whoever makes up an address in front of its own is still told by its own.
      expect((await enter(server, KEY, '198.51.100.5, 203.0.113.7')).status).toBe(429);
      expect(new Set((await poured).map(({ status }) => status))).toEqual(new Set([429]));
    });

    test('it passes within seconds from the same one', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      const server = await behindProxy();
      const first = await pour(server, '2001:db8:1:2::3', 'first');
      expect(first.filter(({ status }) => status === 401)).toHaveLength(10);
      const refused = await enter(server, KEY, '2001:db8:1:2::4');
      expect(refused.status).toBe(429);
      const seconds = Number(/^retry-after: (\d+)/im.exec(refused.head)?.[1]);
      expect(seconds).toBeLessThan(60);
      expect(refused.body).toContain(`Wait ${seconds} seconds, then send yours again.`);
      vi.setSystemTime(Date.now() + seconds * 1000);
      await pour(server, '2001:db8:1:2::3', 'second');
      expect((await enter(server, KEY, '2001:db8:1:2::4')).status).toBe(204);
    });

    test('the log says from where, and no key', async () => {
      const server = await behindProxy();
      await pour(server, '203.0.113.7', 'first');
      const lines = server.log.filter((line) => line.includes('"address":"203.0.113.7"'));
      expect(lines.filter((line) => line.includes('wrong access key"'))).toHaveLength(10);
      expect(lines).toHaveLength(40);
      expect(server.log.join()).not.toContain('wrong first');
    });
  });

  test('white space that was pasted with the key is no part of it', async () => {
    const server = await guarded();
    expect(await server.openSession(` \t${KEY}\n`)).not.toBe('');
  });

  test('the embedded engine takes only the configured token', async () => {
    const accounts = async (server: Awaited<ReturnType<typeof guarded>>, token: string) =>
      (await server.call('/engines/embedded/v1/kling/accounts', { headers: { authorization: `Bearer ${token}` } }))
        .status;
    const without = await guarded();
    expect(await accounts(without, 'anything')).toBe(401);
    const withToken = await guarded({ FACEBOUND_EMBEDDED_TOKEN: 'token-of-the-team' });
    expect(await accounts(withToken, 'anything')).toBe(401);
    expect(await accounts(withToken, 'token-of-the-team')).toBe(200);
  });
});

describe('callers of the contract', () => {
  test.each([
    ['nothing', undefined, 401],
    ['an empty token', 'Bearer ', 401],
    ['another scheme', 'Basic dXNlcjpwYXNz', 401],
    ['a token with a space', 'Bearer a b', 401],
    ['any token', 'Bearer user:1234-abcdefghijkl', 200],
    ['any token, scheme in lower case', 'bearer x', 200],
  ])('with %s get the embedded engine’s %s → %i', async (_name, authorization, status) => {
    const server = await serve();
    const headers = authorization === undefined ? {} : { authorization };
    const response = await server.call('/v1/kling/accounts', { headers });
    expect(response.status).toBe(status);
    if (status === 401) expect(await response.json()).toEqual({ error: 'Unauthorized', code: 401 });
  });

  test('a session counts beside what a proxy in between asks for, not beside a bearer', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    const accounts = async (authorization: string) =>
      (await server.call('/engines/embedded/v1/kling/accounts', { headers: { cookie, authorization } })).status;
    expect(await accounts('Basic dXNlcjpwYXNz')).toBe(200);
    expect(await accounts('Bearer')).toBe(401);
    expect(await accounts('Bearer a b')).toBe(401);
  });

  test('a session without a token of the server is 401 at kling', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    const response = await server.call('/engines/kling/v1/kling/accounts', { headers: { cookie } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'Unauthorized', code: 401 });
  });
});

describe('what the page may know of its server', () => {
  test('holds no secret', async () => {
    const env = {
      USEAPI_TOKEN: 'user:9-secretsecret',
      FACEBOUND_ACCESS_KEY: KEY,
      FACEBOUND_EMBEDDED_TOKEN: 'embedded-token',
    };
    const server = await serve({ env });
    const text = await (await server.call('/app/config')).text();
    expect(appConfig.parse(JSON.parse(text))).toMatchObject({
      defaultEngine: 'kling',
      serverHasToken: true,
      accessKeyRequired: true,
      loopbackOnly: true,
      detector: 'test',
    });
    for (const secret of Object.values(env)) expect(text).not.toContain(secret);
  });

  test('liveness answers whoever asks, under any name', async () => {
    const server = await serve();
    const response = await server.call('/healthz', { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});

describe('the relay', () => {
  const relay = (link: string) => `/app/image?url=${encodeURIComponent(link)}`;

  test('gives the page a linked picture under our own origin', async () => {
    const picture = await jpeg(320, 200);
    const host = await startWebHost((_, response) => response.setHeader('content-type', 'text/html').end(picture));
    closing.push(() => host.close());
    const server = await serve({ env: { FACEBOUND_LINK_HOSTS: host.host } });
    const cookie = await server.openSession();
    const response = await server.call(relay(`http://${host.host}/secret-name.jpg`), { headers: { cookie } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await response.arrayBuffer()).equals(picture)).toBe(true);
    expect(server.log.join()).not.toContain('secret-name');
  });

  test('serves a link while two dozen others are to names that nobody answers for', async () => {
    const picture = await jpeg(320, 200);
    const host = await startWebHost((_, response) => response.end(picture));
    closing.push(() => host.close());
    const names = await startNameServer(() => 'silent');
    closing.push(() => names.close());
    const server = await serve({
      env: { FACEBOUND_LINK_HOSTS: `localhost:${host.port}` },
      nameServers: [names.address],
      linkLimits: { lookupTimeoutMs: 600_000 },
    });
    const cookie = await server.openSession();
    const leaving = new AbortController();
    const dead = Array.from({ length: 24 }, (_, index) =>
      server.call(relay(`http://dead${index}.example/`), { headers: { cookie }, signal: leaving.signal }),
    );
    const ended = Promise.allSettled(dead);
    await expect.poll(() => new Set(names.questions).size).toBe(48);
    expect((await server.call(relay(`http://localhost:${host.port}/`), { headers: { cookie } })).status).toBe(200);
    leaving.abort();
    expect((await ended).map(({ status }) => status)).toEqual(Array(24).fill('rejected'));
  });

  test('leads to our own file where a link is to one of ours', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    const stored = await server.call('/v1/kling/assets/', {
      method: 'POST',
      headers: { cookie, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg(320, 300)),
    });
    const { url } = uploadAssetReply.parse(await stored.json());
    const aliased = url.replace('127.0.0.1', 'localhost');
    const response = await server.call(relay(aliased), { headers: { cookie } });
    expect([response.status, response.url]).toEqual([200, url]);
    expect((await server.call(relay(`${server.url}/files/none`), { headers: { cookie } })).status).toBe(404);
  });

  test('tells the digest of what it passes on, of any format, and by HEAD of what the link gives now', async () => {
    const pictures = [await makePicture({ format: 'heic', width: 64, height: 64 }), await jpeg(40, 30)];
    let asked = 0;
    const host = await startWebHost((_, response) => {
      response.setHeader('cache-control', asked === 0 ? 'no-store' : 'public').end(pictures[asked++]);
    });
    closing.push(() => host.close());
    const server = await serve({ env: { FACEBOUND_LINK_HOSTS: host.host } });
    const cookie = await server.openSession();
    const told = async (method: string) => {
      const { status, headers } = await server.call(relay(`http://${host.host}/`), { method, headers: { cookie } });
      return [status, headers.get('content-type'), headers.get('cache-control'), headers.get(MEASURED_SHA256_HEADER)];
    };
    const digests = pictures.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(await told('GET')).toEqual([200, 'image/heic', 'no-store', digests[0]]);
    expect(await told('HEAD')).toEqual([200, 'image/jpeg', 'private, max-age=3600', digests[1]]);
  });

  test('is nobody’s open proxy: a bearer is not enough', async () => {
    const server = await serve();
    for (const headers of [{}, { authorization: 'Bearer x' }]) {
      expect((await server.call(relay('https://example.com/a.jpg'), { headers })).status).toBe(401);
    }
  });

  test.each([
    ['a private address', 'http://10.0.0.1/a.jpg', 403],
    ['no address', '', 400],
    ['another scheme', 'file:///etc/passwd', 403],
  ])('refuses %s', async (_name, link, status) => {
    const server = await serve();
    const cookie = await server.openSession();
    expect((await server.call(relay(link), { headers: { cookie } })).status).toBe(status);
  });

  test.each([
    ['a script', 'alert(1)', 400],
    ['an SVG with script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 400],
    ['a PNG signature with a web page behind it', '\x89PNG\r\n\x1a\n<script>alert(1)</script>'.padEnd(600), 400],
  ])('passes on no %s, whatever its Content-Type', async (_name, body, status) => {
    const host = await startWebHost((_, response) =>
      response.setHeader('content-type', 'image/png').end(Buffer.from(body, 'latin1')),
    );
    closing.push(() => host.close());
    const server = await serve({ env: { FACEBOUND_LINK_HOSTS: host.host } });
    const cookie = await server.openSession();
    const response = await server.call(relay(`http://${host.host}/`), { headers: { cookie } });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
  });
});
