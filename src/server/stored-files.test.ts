import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { platform } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { bytesBelow, limitDisk, watchSyncs } from '#testing/server/disk.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg, noisyPng } from '#testing/server/pictures.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** What the server keeps, as callers and the disk see it. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  vi.useRealTimers();
});
async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options);
  closing.push(() => server.close());
  return server;
}

const BEARER = { authorization: 'Bearer x' };
const upload = (server: TestServer, bytes: Uint8Array, type = 'image/jpeg', headers: Record<string, string> = BEARER) =>
  server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...headers, 'content-type': type },
    body: new Uint8Array(bytes),
  });
const addressOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return uploadAssetReply.parse(await response.json()).url;
};
const recognize = (server: TestServer, imageReference: string) =>
  server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { ...BEARER, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
  });
const foundBy = async (response: Response) => {
  expect(response.status).toBe(200);
  return recognizeFacesReply.parse(await response.json());
};
const cropsOf = (reply: Awaited<ReturnType<typeof foundBy>>) =>
  (reply.faceItems ?? []).flatMap(({ resources }) => resources.map(({ url }) => url));
const nameOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

/** Puts an upload where earlier versions kept it: under the digest of its bytes, which was its address. */
async function uploadOfEarlierVersion(server: TestServer, bytes: Uint8Array): Promise<string> {
  const secret = await readFile(path.join(server.dataDir, 'secret'));
  const name = `${createHmac('sha256', secret).update('file\0').update(bytes).digest('hex')}.jpg`;
  await writeFile(path.join(server.dataDir, 'files', name), bytes);
  return `${server.url}/files/${name}`;
}

describe('an address from before uploads had names of their own', () => {
  test('stays good: it serves the picture and has its faces found, until its time is over', async () => {
    const server = await serve();
    const picture = await jpeg(400, 300);
    const old = await uploadOfEarlierVersion(server, picture);
    expect(Buffer.from(await (await fetch(old)).arrayBuffer()).equals(picture)).toBe(true);
    await foundBy(await recognize(server, old));
    const longAgo = Date.now() / 1000 - 8 * 24 * 60 * 60;
    await utimes(path.join(server.dataDir, 'files', nameOf(old)), longAgo, longAgo);
    expect([(await fetch(old)).status, (await recognize(server, old)).status]).toEqual([404, 410]);
  });

  test('does not come back with a new upload of the same picture', async () => {
    const server = await serve();
    const picture = await jpeg(400, 300);
    const old = await uploadOfEarlierVersion(server, picture);
    await rm(path.join(server.dataDir, 'files', nameOf(old)));
    const address = await addressOf(await upload(server, picture));
    expect([(await fetch(old)).status, (await fetch(address)).status]).toEqual([404, 200]);
  });

  test('shares its answer with the same picture under a new one', async () => {
    const detector = createFakeDetector();
    const server = await serve({ detector });
    const picture = await jpeg(400, 300);
    const old = await foundBy(await recognize(server, await uploadOfEarlierVersion(server, picture)));
    expect(await foundBy(await recognize(server, await addressOf(await upload(server, picture))))).toEqual(old);
    expect(detector.calls).toBe(1);
  });
});

test.each(['files', 'names', 'uploads'])(
  'a symbolic link or a folder in the place of a file is served to nobody: %s',
  async (folder) => {
    const server = await serve();
    const address = await addressOf(await upload(server, await jpeg(400, 300)));
    const [name = ''] = folder === 'files' ? [nameOf(address)] : await readdir(path.join(server.dataDir, folder));
    const place = path.join(server.dataDir, folder, name);
    if (folder === 'files') await rm(path.join(server.dataDir, 'names', name));
    const outside = path.join(server.dataDir, 'outside');
    await writeFile(outside, folder === 'names' ? await readFile(place) : await jpeg(300, 300));
    for (const replace of [() => symlink(outside, place), () => mkdir(place)]) {
      await rm(place, { recursive: true, force: true });
      await replace();
      for (const method of ['GET', 'HEAD']) expect((await fetch(address, { method })).status).toBe(404);
      expect((await recognize(server, address)).status).toBe(410);
      expect((await server.call('/healthz')).status).toBe(200);
    }
  },
);

test('a clock that jumps eight days ahead takes nothing away', async () => {
  const server = await serve();
  const address = await addressOf(await upload(server, await jpeg(400, 300)));
  const crop = cropsOf(await foundBy(await recognize(server, address)))[0] ?? '';
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 24 * 60 * 60 * 1000 });
  expect((await upload(server, await jpeg(500, 300))).status).toBe(200);
  for (const url of [address, crop]) expect((await fetch(url)).status).toBe(200);
  expect((await recognize(server, address)).status).toBe(200);
});

describe('crops and answers that were damaged after they were made', () => {
  const damages: readonly (readonly [string, (file: string) => Promise<void>])[] = [
    ['emptied', (file) => truncate(file, 0)],
    ['cut short', async (file) => truncate(file, (await stat(file)).size - 1)],
    ['longer than they were', async (file) => writeFile(file, `${await readFile(file, 'latin1')}!`)],
    ['gone', (file) => rm(file)],
  ];
  test.each(damages)('are worked out again: %s', async (_name, damage) => {
    const detector = createFakeDetector();
    const server = await serve({ detector });
    const address = await addressOf(await upload(server, await jpeg(400, 300)));
    const first = await foundBy(await recognize(server, address));
    const contents = async () => Promise.all(cropsOf(first).map(async (url) => (await fetch(url)).text()));
    const whole = await contents();
    const files = await readdir(path.join(server.dataDir, 'files'));
    expect(files).toHaveLength(5);
    for (const [index, name] of files.entries()) {
      await damage(path.join(server.dataDir, 'files', name));
      expect(await foundBy(await recognize(server, address))).toEqual(first);
      expect([detector.calls, await contents()]).toEqual([index + 2, whole]);
    }
  });
});

describe('what is being uploaded', () => {
  const MAX_BYTES = 16 * 1024 * 1024;

  test('counts towards the cap and takes no more than there is, however many stall', async () => {
    const server = await serve({ config: { dataMaxBytes: MAX_BYTES } });
    const cookie = await server.openSession();
    const picture = await noisyPng(1000);
    let refused = 0;
    const sockets = Array.from({ length: 30 }, () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.once('data', (answer) => {
        expect(answer.toString()).toMatch(/^HTTP\/1.1 (429|507) /);
        refused += 1;
      });
      socket.write(
        `POST /v1/kling/assets/ HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer x\r\nContent-Type: image/png\r\nContent-Length: 10000000\r\n\r\n`,
      );
      socket.write(picture);
      return socket;
    });
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    // Each is 3 MB and stalls then; five fit.
    await expect.poll(() => refused).toBeGreaterThanOrEqual(25);
    await expect.poll(() => bytesBelow(server.dataDir)).toBeLessThanOrEqual(MAX_BYTES);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => readdir(path.join(server.dataDir, 'drafts'))).toEqual([]);
    await addressOf(await upload(server, picture, 'image/png', { cookie }));
  });
});

describe.runIf(platform() === 'linux')('a full disk', () => {
  test('gives up the oldest pictures for a new one, though the cap is far away', async () => {
    const server = await serve();
    const room = 40 * 1024 * 1024;
    const release = await limitDisk(server.dataDir, room);
    closing.push(release);
    const addresses: string[] = [];
    for (let count = 0; count < 18; count += 1) {
      addresses.push(await addressOf(await upload(server, await noisyPng(1000, count), 'image/png')));
    }
    const statuses = await Promise.all(addresses.map(async (address) => (await fetch(address)).status));
    // The newest are there, the oldest are not, and nothing in between is out of order.
    expect(statuses.join(' ')).toMatch(/^(404 )+(200 ?)+$/);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
    const reply = await foundBy(await recognize(server, addresses.at(-1) ?? ''));
    for (const url of cropsOf(reply)) expect((await fetch(url)).status).toBe(200);
  });

  test('is told as full when there is nothing to give up, and leaves nothing behind', async () => {
    const server = await serve();
    const release = await limitDisk(server.dataDir, bytesBelow(server.dataDir) + 1024);
    closing.push(release);
    const response = await upload(server, await noisyPng(1000), 'image/png');
    expect(response.status).toBe(507);
    expect(await readdir(path.join(server.dataDir, 'drafts'))).toEqual([]);
  });
});

describe.runIf(platform() === 'linux')('what a power cut must not take', () => {
  test('is on the disk, with its names, when an upload is acknowledged', async () => {
    const server = await serve();
    const cookie = await server.openSession();
    const { synced, stop } = await watchSyncs();
    closing.push(stop);
    await addressOf(await upload(server, await jpeg(400, 300), 'image/jpeg', { cookie }));
    const below = synced.map((file) => path.relative(server.dataDir, file));
    const owners = await readdir(path.join(server.dataDir, 'file-owners'));
    const [list] = await readdir(path.join(server.dataDir, 'file-owners', owners[0] ?? ''));
    // The list of owners and its folders, the bytes and their folder, the name and its folder.
    expect(below.map((file) => file.replace(/^drafts\/.*/, 'a draft'))).toEqual([
      `file-owners/${owners[0]}/${list}`,
      `file-owners/${owners[0]}`,
      'file-owners',
      'a draft',
      'uploads',
      'a draft',
      'names',
    ]);
  });

  test('is the secret of a new data directory', async () => {
    const { synced, stop } = await watchSyncs();
    closing.push(stop);
    const server = await serve();
    const below = synced.map((file) => path.relative(server.dataDir, file));
    expect(below).toEqual([expect.stringMatching(/^secret\.[0-9a-f]{16}$/), '']);
    expect(await readdir(server.dataDir)).toContain('secret');
  });
});
