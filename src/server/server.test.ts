import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg } from '#testing/server/pictures.ts';
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
  const server = await startTestServer({ detector, timeouts: { silence: 300 } });
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
