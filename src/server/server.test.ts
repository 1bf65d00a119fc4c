import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { onFreePort } from '#testing/server/programs.ts';
import { rawRequest } from '#testing/server/raw-request.ts';
import { startTestServer, temporaryDir } from '#testing/server/test-server.ts';

let temporary: Awaited<ReturnType<typeof temporaryDir>>;
beforeEach(async () => {
  temporary = await temporaryDir();
});
afterEach(() => temporary.remove());

test('a busy port is told in a sentence', async () => {
  const first = await startTestServer();
  const second = startTestServer({ env: { PORT: String(first.port) } });
  await expect(second).rejects.toThrow(
    `port ${first.port} on 127.0.0.1 is in use; stop what uses it or set PORT to another one`,
  );
  await first.close();
});

test('an address that is not this machine’s is told in a sentence', async () => {
  const env = { HOST: '192.0.2.1', FACEBOUND_ACCESS_KEY: 'a key of twenty characters' };
  await expect(startTestServer({ env })).rejects.toThrow('HOST 192.0.2.1 is not an address of this machine');
});

test('a damaged secret stops the start, and frees the port', async () => {
  await writeFile(path.join(temporary.dir, 'secret'), 'damaged');
  await expect(startTestServer({ dataDir: temporary.dir })).rejects.toThrow(/secret is damaged/);
});

test('who comes before all is there hears when to come again', async () => {
  // A secret that nobody has written yet holds the start up, with the port open.
  const secret = path.join(temporary.dir, 'secret');
  execFileSync('mkfifo', [secret]);
  const server = await onFreePort(async (port) => {
    const starting = startTestServer({ dataDir: temporary.dir, env: { PORT: String(port) } });
    const early = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      return [response?.status, response?.headers.get('retry-after')];
    };
    await expect.poll(early).toEqual([503, '5']);
    await writeFile(secret, Buffer.alloc(32, 1));
    return starting;
  });
  expect((await server.call('/readyz')).status).toBe(200);
  await server.close();
});

test('stopping closes idle connections at once and ends the detector', async () => {
  let closed = 0;
  const detector = createFakeDetector();
  const server = await startTestServer({
    detector: {
      ...detector,
      close: async () => {
        closed += 1;
      },
    },
  });
  const idle = connect(server.port, '127.0.0.1');
  const gone = new Promise((resolve) => idle.once('close', resolve));
  idle.write(`GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
  await new Promise((resolve) => idle.once('data', resolve));
  await server.close();
  await gone;
  expect(closed).toBe(1);
  await expect(server.call('/healthz')).rejects.toThrow();
});

test('a connection on which nothing moves is given up', async () => {
  const detector = createFakeDetector();
  const server = await startTestServer({ detector, timeouts: { silence: 1_500 } });
  const stored = await server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'image/jpeg' },
    body: new Uint8Array(await jpeg(320, 320)),
  });
  const release = detector.hold();
  const body = JSON.stringify({ imageReference: uploadAssetReply.parse(await stored.json()).url });
  const answer = await rawRequest(
    server.port,
    `POST /v1/kling/images/recognize-faces HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer.head).toBe('');
  release();
  await server.close();
});

test('stopping lets a call that is being answered finish', async () => {
  const detector = createFakeDetector();
  const server = await startTestServer({ detector });
  const headers = { authorization: 'Bearer x' };
  const stored = await server.call('/v1/kling/assets/', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'image/jpeg' },
    body: new Uint8Array(await jpeg(320, 320)),
  });
  const release = detector.hold();
  const call = server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference: uploadAssetReply.parse(await stored.json()).url }),
  });
  await expect.poll(() => detector.calls).toBe(1);
  const stopped = server.close();
  release();
  expect((await call).status).toBe(200);
  await stopped;
});

test.each(['GET', 'OPTIONS'])(
  'a balancer that sends no Host finds the server alive: %s /healthz HTTP/1.0',
  async (method) => {
    const server = await startTestServer();
    const answer = await rawRequest(server.port, `${method} /healthz HTTP/1.0\r\n\r\n`);
    expect([answer.status, answer.body]).toEqual([200, '{"status":"ok"}']);
    await server.close();
  },
);

test('without a Host there is nothing else', async () => {
  const server = await startTestServer();
  for (const path of ['/', '/app/config', '/v1/kling/accounts', `/files/${'a'.repeat(64)}.jpg`]) {
    for (const headers of ['', 'Host:\r\n']) {
      const answer = await rawRequest(server.port, `GET ${path} HTTP/1.0\r\nAuthorization: Bearer x\r\n${headers}\r\n`);
      expect(answer.status).toBe(403);
    }
  }
  await server.close();
});

describe('a stop', () => {
  const KOLORS = '/engines/kling/v1/kling/images/kolors';
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });
  async function withVendor(options: Parameters<typeof startTestServer>[0] = {}) {
    const vendor = await startFakeVendor();
    closing.push(() => vendor.close());
    const server = await startTestServer({ ...options, env: { USEAPI_BASE_URL: vendor.baseUrl, ...options.env } });
    const pay = () =>
      server.call(KOLORS, {
        method: 'POST',
        headers: { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' },
        body: '{"prompt":"A lighthouse keeper"}',
      });
    return { vendor, server, pay };
  }

  test('finishes a paid call also when its body had not arrived yet', async () => {
    const { vendor, server } = await withVendor();
    const body = '{"prompt":"A lighthouse keeper"}';
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST ${KOLORS} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${vendor.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    // The call has arrived, its body has not.
    await expect.poll(() => answer).toContain('100 Continue');
    const stopped = server.close();
    expect((await server.call('/app/config')).status).toBe(503);
    socket.write(body);
    await gone;
    expect(answer).toContain('200 OK');
    expect(answer).toMatch(/^connection: close/im);
    expect(vendor.creditsSpent).toBe(1);
    await stopped;
  });

  test('is told to people as a page that looks again, and leaves the files of an open page where they are', async () => {
    const pageDir = path.join(temporary.dir, 'page');
    await mkdir(path.join(pageDir, 'assets'), { recursive: true });
    await writeFile(path.join(pageDir, 'index.html'), 'shell');
    await writeFile(path.join(pageDir, 'assets', 'table-AbCd1234.js'), 'code');
    const { vendor, server, pay } = await withVendor({ pageDir });
    vendor.on('kolors', { kind: 'held' });
    const paid = pay();
    await expect.poll(() => vendor.calls.length).toBe(1);
    const stopped = server.close();
    const page = await server.call('/', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('refresh'), page.headers.get('connection')]).toEqual([503, '5', 'close']);
    expect(await page.text()).toContain('<h1>Facebound is restarting</h1>');
    for (const target of ['/healthz', '/readyz']) {
      const balancer = await rawRequest(server.port, `OPTIONS ${target} HTTP/1.0\r\n\r\n`);
      expect(balancer.status).toBe(503);
    }
    const code = await server.call('/assets/table-AbCd1234.js');
    expect([code.status, await code.text()]).toEqual([200, 'code']);
    vendor.release();
    expect((await paid).status).toBe(200);
    await stopped;
  });

  test('gives calls that nobody pays for a moment, and waits no longer', async () => {
    const { vendor, server } = await withVendor();
    vendor.on('recognize', { kind: 'held' });
    const call = server.call('/engines/kling/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' },
      body: '{"imageReference":"https://example.com/a.jpg"}',
    });
    const outcome = call.then(
      () => 'answered',
      () => 'cut',
    );
    await expect.poll(() => vendor.calls.length).toBe(1);
    await server.close();
    expect(await outcome).toBe('cut');
  });
});
