import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** A disk that does not do what it is asked is the server's trouble: a 5xx, with its cause in the log. */

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}

const BEARER = { authorization: 'Bearer x' };
const upload = async (server: TestServer, headers: Record<string, string> = BEARER, side = 320) =>
  server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'image/jpeg' },
    body: new Uint8Array(await jpeg(side, side)),
  });
const addressOf = async (response: Response) => uploadAssetReply.parse(await response.json()).url;
const recognize = (server: TestServer, imageReference: string) =>
  server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { ...BEARER, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
  });

/** Folders of the data directory, made unusable for whoever runs the tests, root as well. */
const breakages: readonly (readonly [string, (folder: string) => Promise<void>, RegExp])[] = [
  ['is gone', (folder) => rm(folder, { recursive: true }), /ENOENT/],
  [
    'is no folder any more',
    async (folder) => {
      await rename(folder, `${folder}.aside`);
      await writeFile(folder, '');
    },
    /ENOTDIR/,
  ],
];

describe.each(breakages)('a data directory whose folder of files %s', (_name, damage, cause) => {
  test.each(['uploads', 'names'])(
    'is a 5xx for who uploads, asks, looks or removes, and never their fault: %s',
    async (folder) => {
      const server = await serve();
      const address = await addressOf(await upload(server));
      const cookie = await server.openSession();
      await upload(server, { cookie }, 340);
      await damage(path.join(server.dataDir, folder));
      const answers = [
        await upload(server),
        await recognize(server, address),
        await fetch(address),
        await server.call('/app/files', { method: 'DELETE', headers: { cookie, origin: server.url } }),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(500);
        expect(await answer.json()).toMatchObject({
          reason: 'server-fault',
          error: expect.stringContaining('its own files'),
        });
        const line = server.log.find((text) => text.includes(answer.headers.get('x-facebound-request-id') ?? 'none'));
        expect(line).toMatch(cause);
      }
    },
  );

  test('is a 5xx for who looks at a crop, or has faces found', async () => {
    const server = await serve();
    const address = await addressOf(await upload(server));
    await damage(path.join(server.dataDir, 'files'));
    for (const answer of [await recognize(server, address), await server.call(`/files/${'a'.repeat(64)}.jpg`)]) {
      expect(answer.status).toBe(500);
      expect(await answer.json()).toMatchObject({ reason: 'server-fault' });
    }
  });

  test('is a 5xx for an upload that cannot even begin to be stored', async () => {
    const server = await serve();
    await damage(path.join(server.dataDir, 'drafts'));
    expect((await upload(server)).status).toBe(500);
    expect(server.log.join()).toMatch(cause);
  });
});

test('a file that is not there is missing, and nothing else', async () => {
  const server = await serve();
  const address = await addressOf(await upload(server));
  for (const name of await readdir(path.join(server.dataDir, 'uploads'))) {
    await rm(path.join(server.dataDir, 'uploads', name));
  }
  expect((await fetch(address)).status).toBe(404);
  expect((await recognize(server, address)).status).toBe(410);
});

test('a caller who goes away in the middle of an upload is no trouble of the disk', async () => {
  const server = await serve();
  const leaving = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1000)),
  });
  const call = server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...BEARER, 'content-type': 'image/jpeg' },
    body,
    duplex: 'half',
    signal: leaving.signal,
  });
  await expect.poll(() => readdir(path.join(server.dataDir, 'drafts'))).toHaveLength(1);
  leaving.abort();
  await expect(call).rejects.toThrow();
  await expect.poll(() => readdir(path.join(server.dataDir, 'drafts'))).toHaveLength(0);
  await expect.poll(() => server.log.join()).toContain('"status":400');
  expect(server.log.join()).not.toContain('engine error');
});

describe('signing out', () => {
  test.each([
    ['ended sessions', 'ended-sessions'],
    ['owners of files', 'file-owners'],
  ])(
    'takes the session from the browser and from this server, though the list of %s cannot be written',
    async (_, folder) => {
      const server = await serve();
      const cookie = await server.openSession();
      const other = await server.openSession();
      await upload(server, { cookie });
      const place = path.join(server.dataDir, folder);
      await rename(place, `${place}.aside`);
      await writeFile(place, '');
      const response = await server.call('/app/session', { method: 'DELETE', headers: { cookie, origin: server.url } });
      expect(response.status).toBe(500);
      expect(response.headers.get('set-cookie')).toMatch(/^facebound-session-\d+=; Max-Age=0; Path=\//);
      expect(await response.json()).toMatchObject({
        reason: 'signed-out-unwritten',
        error: expect.stringMatching(/^You are signed out/),
      });
      expect(server.log.join()).toMatch(/signing out could not be written down.*ENOTDIR/);

      // As after a disk that came back.
      await rm(place);
      await rename(`${place}.aside`, place);
      const accounts = (session: string) =>
        server.call('/engines/embedded/v1/kling/accounts', { headers: { cookie: session } });
      expect((await accounts(cookie)).status).toBe(401);
      expect((await accounts(other)).status).toBe(200);
    },
  );

  test('stays so when the data directory is wiped under the server', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    await server.call('/app/session', { method: 'DELETE', headers: { cookie, origin: server.url } });
    await rm(path.join(server.dataDir, 'ended-sessions'), { recursive: true });
    const answer = await server.call('/engines/embedded/v1/kling/accounts', { headers: { cookie } });
    expect(answer.status).toBe(401);
  });
});
