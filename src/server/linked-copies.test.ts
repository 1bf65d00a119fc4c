import { readdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg, noisyPng } from '#testing/server/pictures.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';

/** Linked pictures lie on the disk while they are passed on or wait, once for all who want the same. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** More than the buffers of a connection hold. */
let large: Buffer;
beforeAll(async () => {
  large = await noisyPng(2000);
});

async function serve(listener: RequestListener, options: Parameters<typeof startTestServer>[0] = {}) {
  const host = await startWebHost(listener);
  closing.push(() => host.close());
  const server = await startTestServer({ env: { FACEBOUND_LINK_HOSTS: host.host }, ...options });
  closing.push(() => server.close());
  return { server, link: (name: string) => `http://${host.host}/${name}` };
}
const drafts = (server: TestServer) => readdir(path.join(server.dataDir, 'drafts'));
const relayPath = (link: string) => `/app/image?url=${encodeURIComponent(link)}`;

/** Asks for a path and reads no more than the head of the answer; resolves when that is there. */
function slowReader(server: TestServer, target: string, cookie: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.once('data', (answer) => {
      socket.pause();
      closing.push(() => socket.destroy());
      if (/^HTTP\/1.1 200 /.test(answer.toString('latin1'))) resolve(socket);
      else reject(new Error(answer.toString('latin1')));
    });
  });
}

describe('the relay', () => {
  test('keeps one copy for all slow readers of one picture, whatever its addresses, and serves others meanwhile', async () => {
    const { server, link } = await serve((_, response) => response.end(large));
    const cookie = await server.openSession();
    const readers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => slowReader(server, relayPath(link(`${index % 3}.png`)), cookie)),
    );
    await expect.poll(() => drafts(server)).toHaveLength(1);
    const other = await server.call(relayPath(link('another.png')), { headers: { cookie } });
    expect(Buffer.from(await other.arrayBuffer()).equals(large)).toBe(true);
    expect(other.headers.get('content-length')).toBe(String(large.byteLength));
    for (const socket of readers) socket.destroy();
    await expect.poll(() => drafts(server)).toEqual([]);
  });

  test('fetches once for all who ask at the same time, and anew for who comes later', async () => {
    let requests = 0;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { server, link } = await serve(async (_, response) => {
      requests += 1;
      await held;
      response.end(large);
    });
    const cookie = await server.openSession();
    const get = () => server.call(relayPath(link('a.png')), { headers: { cookie } });
    const calls = Array.from({ length: 5 }, get);
    await expect.poll(() => requests).toBe(1);
    // The other four have no other way to be answered.
    await expect.poll(async () => (await server.call('/healthz')).status).toBe(200);
    release();
    for (const call of calls) expect((await (await call).arrayBuffer()).byteLength).toBe(large.byteLength);
    await get();
    expect(requests).toBe(2);
  });

  test('asks who comes when too much is under way to come again, and leaves nothing of what it refuses', async () => {
    const other = await noisyPng(2000, 1);
    const { server, link } = await serve(
      (request, response) => response.end(request.url === '/other.png' ? other : request.url === '/x' ? 'x' : large),
      { config: { dataMaxBytes: 16 * 1024 * 1024 } },
    );
    const cookie = await server.openSession();
    const reader = await slowReader(server, relayPath(link('a.png')), cookie);
    const get = (name: string) => server.call(relayPath(link(name)), { headers: { cookie } });
    const refused = await get('other.png');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect((await get('x')).status).toBe(400);
    await expect.poll(() => drafts(server)).toHaveLength(1);
    reader.destroy();
    await expect.poll(() => drafts(server)).toEqual([]);
    expect((await get('other.png')).status).toBe(200);
  });

  test('answers HEAD like GET, and keeps nothing', async () => {
    const { server, link } = await serve((_, response) => response.end(large));
    const cookie = await server.openSession();
    const head = await server.call(relayPath(link('a.png')), { method: 'HEAD', headers: { cookie } });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'image/png']);
    await expect.poll(() => drafts(server)).toEqual([]);
  });
});

describe('detection of links', () => {
  const recognize = (server: TestServer, imageReference: string, signal?: AbortSignal) =>
    server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference }),
      ...(signal === undefined ? {} : { signal }),
    });

  // The hosts close after each answer, faster than a disk takes it: undici would end the process if it were held back.
  test('keeps one copy for all who wait for equal bytes', async () => {
    let requests = 0;
    const picture = await noisyPng(500);
    const detector = createFakeDetector();
    const { server, link } = await serve(
      (_, response) => {
        requests += 1;
        response.end(picture);
      },
      { detector },
    );
    const release = detector.hold();
    const calls = Array.from({ length: 20 }, (_, index) => recognize(server, link(`${index}.png`)));
    await expect.poll(() => requests).toBe(20);
    await expect.poll(() => drafts(server)).toHaveLength(1);
    release();
    for (const call of calls) expect((await call).status).toBe(200);
    expect(detector.calls).toBe(1);
    await expect.poll(() => drafts(server)).toEqual([]);
  });

  test('goes on for who joined when the first who asked has left before its turn came', async () => {
    const pictures = new Map<string, Buffer>();
    for (const [index, name] of ['/a', '/b', '/shared', '/too'].entries()) {
      pictures.set(name, await jpeg(300, 300, 40 * Math.min(index, 2)));
    }
    const seen: string[] = [];
    const detector = createFakeDetector();
    const { server, link } = await serve(
      (request, response) => {
        seen.push(request.url ?? '');
        response.end(pictures.get(request.url ?? ''));
      },
      { detector },
    );
    const release = detector.hold();
    const before = ['a', 'b'].map((name) => recognize(server, link(name)));
    await expect.poll(() => detector.calls).toBe(2);
    const leaving = new AbortController();
    const first = recognize(server, link('shared'), leaving.signal);
    await expect.poll(() => drafts(server)).toHaveLength(3);
    const second = recognize(server, link('too'));
    await expect.poll(() => seen).toContain('/too');
    await expect.poll(() => drafts(server)).toHaveLength(3);
    leaving.abort();
    await expect(first).rejects.toThrow();
    await expect.poll(() => server.log.join()).toContain('"status":499');
    release();
    expect(recognizeFacesReply.parse(await (await second).json()).faceItems).toHaveLength(2);
    await Promise.all(before);
    await expect.poll(() => drafts(server)).toEqual([]);
  });
});
