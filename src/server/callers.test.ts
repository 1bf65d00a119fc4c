import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { vendorError } from '#contract/errors.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** Kinds of caller: what each may do on a server with an access key, its share of what there is, and its name in the log. */

const KEY = 'the access key of the team';
const EMBEDDED_TOKEN = 'token-for-embedded';
const PERSONS_TOKEN = 'user:1234-abcdefghijkl';
const KLING = '/engines/kling/v1/kling';
const EMBEDDED = '/engines/embedded/v1/kling';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(env: Readonly<Record<string, string>> = {}) {
  const vendor = await startFakeVendor({ token: PERSONS_TOKEN });
  closing.push(() => vendor.close());
  const server = await startTestServer({ env: { USEAPI_BASE_URL: vendor.baseUrl, ...env } });
  closing.push(() => server.close());
  return { vendor, server };
}
const keyed = (env: Readonly<Record<string, string>> = {}) =>
  serve({ FACEBOUND_ACCESS_KEY: KEY, FACEBOUND_EMBEDDED_TOKEN: EMBEDDED_TOKEN, ...env });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a server with an access key', () => {
  test('sends the token that was entered into its page on to the live service', async () => {
    const { server, vendor } = await keyed();
    const headers = { cookie: await server.openSession(KEY), ...bearer(PERSONS_TOKEN) };
    const uploaded = await server.call(`${KLING}/assets/`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg(400, 300)),
    });
    expect(uploaded.status).toBe(200);
    expect((await server.call(`${KLING}/accounts`, { headers })).status).toBe(200);
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`Bearer ${PERSONS_TOKEN}`));
  });

  test.each(['/v1/kling', KLING])(
    'sends a stranger’s bearer nowhere, whatever is asked of %s, and says what opens it',
    async (base) => {
      const { server, vendor } = await keyed({ USEAPI_TOKEN: 'user:77-token-of-the-server' });
      const ended = await server.openSession(KEY);
      await server.call('/app/session', { method: 'DELETE', headers: { cookie: ended, origin: server.url } });
      for (const [method, target] of [
        ['GET', '/accounts'],
        ['POST', '/images/recognize-faces'],
        ['POST', '/images/kolors'],
        ['POST', '/assets/'],
      ] as const) {
        for (const cookie of ['', ended]) {
          const response = await server.call(`${base}${target}`, {
            method,
            headers: { ...bearer(PERSONS_TOKEN), cookie, 'content-type': 'image/jpeg' },
          });
          expect(response.status).toBe(401);
          expect(vendorError.parse(await response.json())).toMatchObject({
            reason: 'access-key-required',
            error: expect.stringMatching(/those who have its access key.*FACEBOUND_RELAY_BEARERS=yes/),
          });
        }
      }
      expect(vendor.calls).toHaveLength(0);
    },
  );

  test('sends it on where whoever runs the server wants that', async () => {
    const { server } = await keyed({ FACEBOUND_RELAY_BEARERS: 'yes' });
    expect((await server.call(`${KLING}/accounts`, { headers: bearer(PERSONS_TOKEN) })).status).toBe(200);
    expect((await server.call(`${EMBEDDED}/accounts`, { headers: bearer(PERSONS_TOKEN) })).status).toBe(401);
  });

  test('takes its own token of the live service from programs', async () => {
    const { server } = await keyed({ USEAPI_TOKEN: PERSONS_TOKEN });
    expect((await server.call(`${KLING}/accounts`, { headers: bearer(PERSONS_TOKEN) })).status).toBe(200);
  });
});

test('without an access key any bearer is sent on, as it was', async () => {
  const { server } = await serve();
  expect((await server.call(`${KLING}/accounts`, { headers: bearer(PERSONS_TOKEN) })).status).toBe(200);
});

test('a bearer that is none is not made good by the session beside it', async () => {
  const { server, vendor } = await keyed({ USEAPI_TOKEN: PERSONS_TOKEN });
  const headers = { cookie: await server.openSession(KEY), authorization: 'Bearer two words' };
  for (const base of [KLING, EMBEDDED]) expect((await server.call(`${base}/accounts`, { headers })).status).toBe(401);
  expect(vendor.calls).toHaveLength(0);
});

/** Uploads that send their beginning and nothing more; `refused` counts those that were answered. */
function slowUploads(server: TestServer, base: string, count: number) {
  let refused = 0;
  const sockets = Array.from({ length: count }, (): Socket => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.once('data', (answer) => {
      expect(answer.toString()).toMatch(/^HTTP\/1.1 429 .*"This server is busy: 128 before you\./s);
      refused += 1;
    });
    socket.write(
      `POST ${base}/assets/ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer nobody\r\nContent-Type: image/jpeg\r\nContent-Length: 10000000\r\n\r\nslow`,
    );
    return socket;
  });
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
  });
  return { refused: () => refused };
}

describe('slow uploads of a stranger', () => {
  test.each([
    ['the live service', KLING],
    ['the embedded engine', EMBEDDED],
  ])('fill the stranger’s own share of %s and line, and keep nobody else waiting', async (_name, base) => {
    // Without a key at the embedded engine, where a stranger is let in only then.
    const env = { USEAPI_TOKEN: PERSONS_TOKEN, FACEBOUND_EMBEDDED_TOKEN: EMBEDDED_TOKEN };
    const { server } = base === KLING ? await keyed({ ...env, FACEBOUND_RELAY_BEARERS: 'yes' }) : await serve(env);
    const cookie = await server.openSession(KEY);
    const slow = slowUploads(server, base, 32 + 128 + 40);
    await expect.poll(slow.refused).toBe(40);
    const configured = bearer(base === KLING ? PERSONS_TOKEN : EMBEDDED_TOKEN);
    for (const headers of [{ cookie }, { cookie, ...bearer(PERSONS_TOKEN) }, configured]) {
      const answer = await server.call(`${base}/assets/`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'image/jpeg' },
        body: new Uint8Array(await jpeg(400, 300)),
      });
      expect(answer.status).toBe(200);
    }
  });
});

test('every line of the log about a call tells the kind of caller', async () => {
  const { server, vendor } = await keyed({ USEAPI_TOKEN: PERSONS_TOKEN });
  const cookie = await server.openSession(KEY);
  vendor.on('accounts', { kind: 'cut', when: 'before-headers' });
  const kinds = [
    [{ cookie }, 'session'],
    [{ cookie, ...bearer('user:9-a-person-of-the-team') }, 'session'],
    [bearer(PERSONS_TOKEN), 'configured-bearer'],
    [bearer(EMBEDDED_TOKEN), 'configured-bearer'],
    [bearer('somebody'), 'strangers-bearer'],
    [{ authorization: 'Bearer two words' }, 'nobody'],
    [{}, 'nobody'],
    [{ origin: 'http://evil.example' }, 'unknown'],
  ] as const;
  for (const [headers, kind] of kinds) {
    for (const target of [`${KLING}/accounts`, '/app/image?url=x', '/files/x', '/']) {
      const answer = await server.call(target, { headers });
      const id = answer.headers.get('x-facebound-request-id') ?? 'none';
      await answer.text();
      const lines = server.log.filter((line) => line.includes(id));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect([target, line]).toEqual([target, expect.stringContaining(`"caller":"${kind}"`)]);
    }
  }
  expect(server.log.filter((line) => line.includes('engine failure') && line.includes('"caller"'))).not.toHaveLength(0);
});
