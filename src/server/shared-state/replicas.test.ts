import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { lacks } from '#testing/server/programs.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { startS3 } from '#testing/server/s3-server.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** Two servers that share nothing but an object store and a Redis, behind one public origin. */

const HOST = 'faces.localhost:8080';
const ORIGIN = `http://${HOST}`;
const KEY = 'a key of twenty characters';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function cluster() {
  const [redis, s3] = [await startRedis({ appendOnly: true }), await startS3()];
  closing.push(
    () => redis.close(),
    () => s3.close(),
  );
  const env = {
    ...s3.env,
    FACEBOUND_QUEUE_URL: redis.url,
    FACEBOUND_ORIGIN: ORIGIN,
    FACEBOUND_ACCESS_KEY: KEY,
    FACEBOUND_DRAIN_S: '0',
  };
  const replica = async () => {
    const server = await startTestServer({ env });
    closing.push(() => server.close());
    return server;
  };
  return { redis, replicas: [await replica(), await replica()] as const };
}

type Sent = { readonly headers?: Record<string, string>; readonly body?: string | Uint8Array };

/** Calls a replica as the proxy in front of both does. */
async function call(
  replica: TestServer,
  method: 'GET' | 'POST' | 'DELETE',
  target: string,
  { headers, body }: Sent = {},
) {
  const reply = await request(`${replica.url}${target}`, {
    method,
    headers: { host: HOST, origin: ORIGIN, 'x-forwarded-for': '192.0.2.7', ...headers },
    body: body ?? null,
  });
  const text = await reply.body.text();
  return { status: reply.statusCode, headers: reply.headers, json: (): unknown => JSON.parse(text) };
}
const enter = (replica: TestServer, accessKey: string) =>
  call(replica, 'POST', '/app/session', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accessKey }),
  });
async function openSession(replica: TestServer) {
  const opened = await enter(replica, KEY);
  expect(opened.status).toBe(204);
  return String(opened.headers['set-cookie']).split(';', 1)[0] ?? '';
}
const upload = (replica: TestServer, cookie: string, bytes: Uint8Array) =>
  call(replica, 'POST', '/engines/embedded/v1/kling/assets/', {
    headers: { cookie, 'content-type': 'image/jpeg' },
    body: bytes,
  });
const accounts = async (replica: TestServer, cookie: string) =>
  (await call(replica, 'GET', '/engines/embedded/v1/kling/accounts', { headers: { cookie } })).status;

describe.skipIf(lacks('redis-server'))('two replicas on two machines', () => {
  test('know each other’s sessions and files, and that they ended', async () => {
    const { replicas } = await cluster();
    const [one, other] = replicas;
    const cookie = await openSession(one);
    expect(await accounts(other, cookie)).toBe(200);
    const picture = await jpeg(400, 300);
    const uploaded = await upload(one, cookie, picture);
    const { pathname } = new URL(uploadAssetReply.parse(uploaded.json()).url);
    expect((await call(other, 'GET', pathname)).status).toBe(200);
    const theirs = uploadAssetReply.parse((await upload(other, await openSession(other), picture)).json()).url;

    const wiped = await call(other, 'DELETE', '/app/files', { headers: { cookie } });
    expect([wiped.status, wiped.json()]).toEqual([200, { removed: 1 }]);
    expect((await call(one, 'GET', pathname)).status).toBe(404);
    expect((await call(one, 'GET', new URL(theirs).pathname)).status).toBe(200);

    expect((await call(other, 'DELETE', '/app/session', { headers: { cookie } })).status).toBe(204);
    expect([await accounts(one, cookie), await accounts(other, cookie)]).toEqual([401, 401]);
  });

  test('count wrong keys together', async () => {
    const { replicas } = await cluster();
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      statuses.push((await enter(replicas[tries % 2 === 0 ? 0 : 1], `${KEY} ${tries}`)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });

  test('say for how long to wait while Redis is away, let nobody in, and go on when it is back', async () => {
    const { redis, replicas } = await cluster();
    const [one, other] = replicas;
    const [ended, open, last] = [await openSession(one), await openSession(one), await openSession(one)];
    await call(one, 'DELETE', '/app/session', { headers: { cookie: ended } });
    await redis.kill();
    const refused = await Promise.all([
      call(other, 'GET', '/engines/embedded/v1/kling/accounts', { headers: { cookie: ended } }),
      call(other, 'GET', '/engines/embedded/v1/kling/accounts', { headers: { cookie: open } }),
      call(other, 'DELETE', '/app/files', { headers: { cookie: open } }),
      enter(other, KEY),
    ]);
    for (const { status, headers, json } of refused) {
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect(json()).toMatchObject({ code: 503, reason: 'queue-away' });
    }
    // Who signs out does not stay signed in here, and hears that others do not know of it.
    const signedOut = await call(other, 'DELETE', '/app/session', { headers: { cookie: last } });
    expect([signedOut.status, signedOut.json()]).toEqual([
      500,
      expect.objectContaining({ reason: 'signed-out-unwritten', error: expect.stringContaining('out of reach') }),
    ]);
    await redis.restart();
    const statuses = [ended, last, open].map((cookie) => accounts(other, cookie));
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
  });
});
