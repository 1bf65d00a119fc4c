import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { type S3Server, startS3 } from '#testing/server/s3-server.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** A server that keeps its files in an object store, as callers, a balancer and the bucket see it. */

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ env: s3.env, ...options });
  closing.push(() => server.close());
  return server;
}

const BEARER = { authorization: 'Bearer x' };
type Headers = Readonly<Record<string, string>>;
const upload = (server: TestServer, bytes: Uint8Array, headers: Headers = BEARER) =>
  server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  });
const recognize = (server: TestServer, imageReference: string, headers: Headers = BEARER) =>
  server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
  });
const addressOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return uploadAssetReply.parse(await response.json()).url;
};
const foundBy = async (response: Response) => {
  expect(response.status).toBe(200);
  return recognizeFacesReply.parse(await response.json());
};
const cropsOf = (reply: Awaited<ReturnType<typeof foundBy>>) =>
  (reply.faceItems ?? []).flatMap(({ resources }) => resources.map(({ url }) => url));
const pathOf = (url: string) => new URL(url).pathname;
const bytesAt = async (server: TestServer, url: string) => {
  const response = await server.call(pathOf(url));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

describe('a server with an object store', () => {
  test('keeps uploads, answers and crops there and nothing on its disk, for every replica', async () => {
    const [detector, otherDetector] = [createFakeDetector(), createFakeDetector()];
    const [one, other] = [await serve({ detector }), await serve({ detector: otherDetector })];
    const picture = await jpeg(400, 300, 1);
    const address = await addressOf(await upload(one, picture));
    expect(await bytesAt(other, address)).toEqual(picture);
    const reply = await foundBy(await recognize(other, `${other.url}${pathOf(address)}`));
    expect(cropsOf(reply)).toHaveLength(4);
    for (const crop of cropsOf(reply)) {
      expect((await bytesAt(one, crop)).toString()).toMatch(/^(crop|feature) [01]$/);
      expect((await one.call(pathOf(crop), { method: 'HEAD' })).headers.get('content-type')).toBe('image/jpeg');
    }
    await foundBy(await recognize(one, address));
    expect([detector.calls, otherDetector.calls]).toEqual([0, 1]);
    for (const server of [one, other]) {
      for (const folder of ['files', 'names', 'uploads', 'drafts']) {
        expect(await readdir(path.join(server.dataDir, folder))).toEqual([]);
      }
    }
  });

  test('wipes what a session uploaded, and counts its own names alone', async () => {
    const server = await serve();
    const [mine, theirs] = [await server.openSession(), await server.openSession()];
    const picture = await jpeg(400, 300, 2);
    const [first, second] = [
      await addressOf(await upload(server, picture, { cookie: mine })),
      await addressOf(await upload(server, picture, { cookie: theirs })),
    ];
    const wipe = async (cookie: string) =>
      (await server.call('/app/files', { method: 'DELETE', headers: { cookie, origin: server.url } })).json();
    expect(await wipe(mine)).toEqual({ removed: 1 });
    expect((await server.call(pathOf(first))).status).toBe(404);
    expect(await bytesAt(server, second)).toEqual(picture);
    expect(await wipe(theirs)).toEqual({ removed: 1 });
    expect((await server.call(pathOf(second))).status).toBe(404);
  });

  test('says at start what the cap does not hold for, and never its secrets', async () => {
    const env = { ...s3.env, AWS_SECRET_ACCESS_KEY: 'a-secret-of-the-store' };
    const server = await serve({ env });
    await addressOf(await upload(server, await jpeg(400, 300, 3)));
    const lines = server.log.filter((line) => line.includes('FACEBOUND_DATA_MAX_MB'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(s3.endpoint);
    expect(server.log.join('')).not.toMatch(/a-secret-of-the-store|01010101/);
  });

  test('answers 503 with a time to wait while the store is away, at every door, and goes on when it is back', async () => {
    const own = await startS3();
    closing.push(() => own.close());
    const server = await serve({ env: own.env });
    const cookie = await server.openSession();
    const picture = await jpeg(400, 300, 4);
    const address = await addressOf(await upload(server, picture, { cookie }));
    const crop = cropsOf(await foundBy(await recognize(server, address)))[0] ?? '';
    const ready = async () => {
      const response = await server.call('/readyz');
      return [response.status, await response.json()];
    };
    expect(await ready()).toEqual([200, expect.objectContaining({ status: 'ready', store: 'answers' })]);

    await own.kill();
    const refused = await Promise.all([
      upload(server, picture),
      recognize(server, address),
      server.call(pathOf(address)),
      server.call(pathOf(crop)),
      server.call('/app/files', { method: 'DELETE', headers: { cookie, origin: server.url } }),
    ]);
    for (const response of refused) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await response.json()).toMatchObject({ reason: 'store-away', code: 503 });
    }
    await expect.poll(ready).toEqual([503, expect.objectContaining({ status: 'not-ready', store: 'away' })]);
    expect((await server.call('/healthz')).status).toBe(200);
    expect(await readdir(path.join(server.dataDir, 'drafts'))).toEqual([]);

    await own.restart();
    await expect.poll(ready).toEqual([200, expect.objectContaining({ store: 'answers' })]);
    expect(await bytesAt(server, address)).toEqual(picture);
    await foundBy(await recognize(server, address));
    // The wipe that failed took nothing, and can be made again.
    const wiped = await server.call('/app/files', { method: 'DELETE', headers: { cookie, origin: server.url } });
    expect(await wiped.json()).toEqual({ removed: 1 });
    expect((await server.call(pathOf(address))).status).toBe(404);
  });

  test('is not ready without its bucket or with keys that are none, and takes nothing for missing', async () => {
    for (const wrong of [{ FACEBOUND_S3_BUCKET: 'no-such-bucket' }, { AWS_ACCESS_KEY_ID: 'NOBODY' }]) {
      const server = await serve({ env: { ...s3.env, ...wrong } });
      const name = `${'a'.repeat(64)}.jpg`;
      expect([(await server.call('/readyz')).status, (await server.call(`/files/${name}`)).status]).toEqual([503, 503]);
    }
  });
});

describe('moving from one machine to an object store and back', () => {
  test('keeps every address good, with the secret and the files as they lie', async () => {
    const before = await startTestServer();
    closing.push(() => before.close());
    const picture = await jpeg(400, 300, 5);
    const address = await addressOf(await upload(before, picture));
    const found = await foundBy(await recognize(before, address));
    const crop = cropsOf(found)[0] ?? '';
    const secret = (await readFile(path.join(before.dataDir, 'secret'))).toString('base64');

    // As `aws s3 sync` does it: what lies below the data directory lies under the same names in the bucket.
    for (const folder of ['files', 'names', 'uploads']) {
      for (const name of await readdir(path.join(before.dataDir, folder))) {
        await cp(path.join(before.dataDir, folder, name), s3.fileOf(`${folder}/${name}`));
      }
    }
    const detector = createFakeDetector();
    const moved = await serve({ detector, env: { ...s3.env, FACEBOUND_SECRET: secret } });
    expect(await bytesAt(moved, address)).toEqual(picture);
    expect(await bytesAt(moved, crop)).toEqual(await bytesAt(before, crop));
    const again = await foundBy(await recognize(moved, `${moved.url}${pathOf(address)}`));
    expect(cropsOf(again).map(pathOf)).toEqual(cropsOf(found).map(pathOf));
    expect(detector.calls).toBe(0);

    const late = await addressOf(await upload(moved, await jpeg(400, 300, 6)));
    for (const key of ['files', 'names', 'uploads']) {
      const folder = path.dirname(s3.fileOf(`${key}/x`));
      for (const file of await readdir(folder)) {
        const name = /^(.*)\._S3rver_object$/.exec(file)?.[1];
        if (name !== undefined) await cp(path.join(folder, file), path.join(before.dataDir, key, name));
      }
    }
    expect(await bytesAt(before, late)).toEqual(await jpeg(400, 300, 6));
    await foundBy(await recognize(before, `${before.url}${pathOf(late)}`));
  });
});
