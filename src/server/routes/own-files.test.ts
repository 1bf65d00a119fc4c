import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { wipeFilesReply } from '#contract/app-files.ts';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}

type Who = Readonly<Record<string, string>>;
const program: Who = { authorization: 'Bearer user:1234-abcdefghijkl' };
const someone = async (server: TestServer): Promise<Who> => ({
  cookie: await server.openSession(),
  origin: server.url,
});

/** Uploads a picture, has its faces found, and gives the paths of the upload and of every crop. */
async function work(server: TestServer, who: Who, picture: Uint8Array): Promise<{ upload: string; crops: string[] }> {
  const uploaded = await server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...who, 'content-type': 'image/jpeg' },
    body: new Uint8Array(picture),
  });
  const { url } = uploadAssetReply.parse(await uploaded.json());
  const found = await server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { ...who, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference: url }),
  });
  const { faceItems } = recognizeFacesReply.parse(await found.json());
  const crops = (faceItems ?? []).flatMap(({ resources }) => resources.map((resource) => resource.url));
  expect(crops).toHaveLength(4);
  return { upload: new URL(url).pathname, crops: crops.map((crop) => new URL(crop).pathname) };
}
const statuses = (server: TestServer, paths: readonly string[]) =>
  Promise.all(paths.map(async (file) => (await server.call(file)).status));
const wipe = (server: TestServer, headers: Who) => server.call('/app/files', { method: 'DELETE', headers });
const wiped = async (response: Response) => wipeFilesReply.parse(await response.json());

describe('wiping a session’s files', () => {
  test('removes its uploads and crops, and what the engine remembered of them', async () => {
    const server = await serve();
    const me = await someone(server);
    const { upload, crops } = await work(server, me, await jpeg(400, 300));
    const response = await wipe(server, me);
    expect(response.status).toBe(200);
    expect(response.headers.get('clear-site-data')).toBe('"cache"');
    expect(await wiped(response)).toEqual({ removed: 5 });
    expect(new Set(await statuses(server, [upload, ...crops]))).toEqual(new Set([404]));
    for (const folder of ['files', 'names', 'uploads', 'file-owners']) {
      expect(await readdir(path.join(server.dataDir, folder))).toEqual([]);
    }
  });

  test('says nothing was there the second time, and begins anew afterwards', async () => {
    const server = await serve();
    const me = await someone(server);
    const picture = await jpeg(400, 300);
    await work(server, me, picture);
    await wipe(server, me);
    expect(await wiped(await wipe(server, me))).toEqual({ removed: 0 });
    const { upload } = await work(server, me, picture);
    expect(await statuses(server, [upload])).toEqual([200]);
    expect(await wiped(await wipe(server, me))).toEqual({ removed: 5 });
  });

  test('leaves another session’s files alone', async () => {
    const server = await serve();
    const [me, other] = [await someone(server), await someone(server)];
    await work(server, me, await jpeg(400, 300, 10));
    const theirs = await work(server, other, await jpeg(400, 300, 200));
    // Both pictures have the same crops here: the other session refers to them too, which is nobody's business.
    expect(await wiped(await wipe(server, me))).toEqual({ removed: 5 });
    expect(new Set(await statuses(server, [theirs.upload, ...theirs.crops]))).toEqual(new Set([200]));
  });

  test.each([
    ['another session', someone],
    ['a program', async () => program],
  ])('ends its names for good, and tells nothing of the same picture that %s has', async (_name, open) => {
    const server = await serve();
    const [me, other] = [await someone(server), await open(server)];
    const picture = await jpeg(400, 300);
    const mine = await work(server, me, picture);
    const theirs = await work(server, other, picture);
    expect(mine.upload).not.toBe(theirs.upload);
    expect(await wiped(await wipe(server, me))).toEqual({ removed: 5 });
    expect(await statuses(server, [mine.upload, theirs.upload, ...theirs.crops])).toEqual([
      404, 200, 200, 200, 200, 200,
    ]);
    // Not even when the same picture comes again.
    const again = await work(server, me, picture);
    await work(server, other, picture);
    expect(await statuses(server, [mine.upload, again.upload])).toEqual([404, 200]);
    const asked = await server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { ...other, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: `${server.url}${mine.upload}` }),
    });
    expect(asked.status).toBe(410);
  });

  test('a session that was ended protects nothing any more', async () => {
    const server = await serve();
    const [me, other] = [await someone(server), await someone(server)];
    const picture = await jpeg(400, 300);
    await work(server, me, picture);
    await work(server, other, picture);
    await server.call('/app/session', { method: 'DELETE', headers: other });
    await wipe(server, me);
    for (const folder of ['files', 'uploads']) {
      expect(await readdir(path.join(server.dataDir, folder))).toEqual([]);
    }
  });

  test('goes on across a reload of the page, which finds its session open', async () => {
    const server = await serve();
    const me = await someone(server);
    await work(server, me, await jpeg(400, 300));
    const reload = await server.call('/app/session', {
      method: 'POST',
      headers: { ...me, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(reload.status).toBe(204);
    expect(reload.headers.get('set-cookie')).toBeNull();
    expect(await wiped(await wipe(server, me))).toEqual({ removed: 5 });
  });

  test.each([
    ['nobody', {}],
    ['a program', program],
    ['a made-up session', { cookie: 'made up' }],
  ])('is refused to %s', async (_name, headers: Who) => {
    const server = await serve();
    const me = await someone(server);
    const { upload } = await work(server, me, await jpeg(400, 300));
    const cookie = me['cookie'] ?? '';
    const [cookieName] = cookie.split('=');
    const sent = {
      ...headers,
      ...(headers['cookie'] === 'made up'
        ? { cookie: `${cookieName}=9999999999999.${'a'.repeat(32)}.${'b'.repeat(43)}` }
        : {}),
    };
    const response = await wipe(server, sent);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'Unauthorized', code: 401 });
    expect(await statuses(server, [upload])).toEqual([200]);
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another port of this host', { 'sec-fetch-site': 'same-site' }],
  ])('is refused to a page of %s that rides on the session', async (_name, headers) => {
    const server = await serve();
    const me = await someone(server);
    const { upload } = await work(server, me, await jpeg(400, 300));
    expect((await wipe(server, { ...me, ...headers })).status).toBe(403);
    expect(await statuses(server, [upload])).toEqual([200]);
  });

  test('is the page’s to ask for also while a token of its own goes out with its calls', async () => {
    const server = await serve();
    const me = { ...program, ...(await someone(server)) };
    const { upload } = await work(server, me, await jpeg(400, 300));
    expect((await wipe(server, me)).status).toBe(200);
    expect(await statuses(server, [upload])).toEqual([404]);
  });

  test('only listens to DELETE', async () => {
    const server = await serve();
    const response = await server.call('/app/files', { method: 'POST', headers: await someone(server) });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'DELETE']);
  });
});
