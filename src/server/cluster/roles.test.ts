import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { parseConfig } from '#server/config.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { lacks } from '#testing/server/programs.ts';
import { quiet } from '#testing/server/queued-parts.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { startTestServer, temporaryDir } from '#testing/server/test-server.ts';
import { startWorkerServer } from './worker-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const SECRET = '01'.repeat(32);
const authorization = 'Bearer anyone';

async function startWorker(url: string, dataDir: string) {
  const config = parseConfig({
    FACEBOUND_ROLE: 'worker',
    FACEBOUND_QUEUE_URL: url,
    FACEBOUND_SECRET: SECRET,
    FACEBOUND_DATA_DIR: dataDir,
    PORT: '0',
  });
  if (!config.ok || config.value.queue === undefined) throw new Error('No worker');
  const detector = createFakeDetector();
  const worker = await startWorkerServer({
    config: config.value,
    queue: config.value.queue,
    version: '0.0.0-test',
    logger: quiet,
    startDetector: () => detector,
    detectorVersion: 'test',
  });
  if (!worker.ok) throw new Error(worker.error);
  closing.push(() => worker.value.close());
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(`${worker.value.address}${path}`, { method });
    return [response.status, method === 'HEAD' ? '' : await response.text()] as const;
  };
  return { detector, ask };
}

describe.skipIf(lacks('redis-server'))('a process of a cluster', () => {
  test('that answers calls is ready while its queue answers, and says for how long to wait while it does not', async () => {
    const redis = await startRedis({ appendOnly: true, password: 'never in a log' });
    closing.push(redis.close);
    const server = await startTestServer({
      env: { FACEBOUND_ROLE: 'web', FACEBOUND_QUEUE_URL: redis.url, FACEBOUND_SECRET: SECRET },
    });
    closing.push(() => server.close());
    const ready = async () => {
      const response = await server.call('/readyz');
      return [response.status, await response.json()];
    };
    await expect.poll(ready).toEqual([200, { status: 'ready', queue: 'answers', dataDirectory: 'writable' }]);
    const uploaded = await server.call('/v1/kling/assets/', {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg(320, 320)),
    });
    const { url } = uploadAssetReply.parse(await uploaded.json());
    const recognize = () =>
      server.call('/v1/kling/images/recognize-faces', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ imageReference: url }),
      });

    await redis.kill();
    await expect.poll(ready).toEqual([503, { status: 'not-ready', queue: 'away', dataDirectory: 'writable' }]);
    expect((await server.call('/healthz')).status).toBe(200);
    const refused = await recognize();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);

    await redis.restart();
    await expect.poll(async () => (await ready())[0]).toBe(200);
    const { detector } = await startWorker(redis.url, server.dataDir);
    expect((await recognize()).status).toBe(200);
    expect(detector.calls).toBe(1);
    expect(server.log.join('')).toContain('Redis is away');
    expect(server.log.join('')).not.toMatch(/never in a log|never%20in/);
  });

  test('that does both detects for itself and for others', async () => {
    const redis = await startRedis();
    closing.push(redis.close);
    const detector = createFakeDetector();
    const server = await startTestServer({ env: { FACEBOUND_QUEUE_URL: redis.url }, detector });
    closing.push(() => server.close());
    const uploaded = await server.call('/v1/kling/assets/', {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg(320, 320)),
    });
    const found = await server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: uploadAssetReply.parse(await uploaded.json()).url }),
    });
    expect([found.status, detector.calls]).toEqual([200, 1]);
  });

  test('that works for the queue listens for nothing but how it is, and is not ready without its detector', async () => {
    const redis = await startRedis();
    closing.push(redis.close);
    const temporary = await temporaryDir();
    closing.push(temporary.remove);
    const { detector, ask } = await startWorker(redis.url, temporary.dir);
    expect(await ask('/readyz')).toEqual([
      200,
      JSON.stringify({ status: 'ready', detector: 'ready', dataDirectory: 'writable' }),
    ]);
    detector.be('failing');
    expect((await ask('/readyz'))[0]).toBe(503);
    expect((await ask('/healthz'))[0]).toBe(200);
    expect((await ask('/healthz', 'HEAD'))[0]).toBe(200);
    for (const path of ['/', '/app/config', '/files/x', '/v1/kling/accounts'])
      expect(await ask(path)).toEqual([404, '']);
    expect((await ask('/healthz', 'POST'))[0]).toBe(404);
  });
});
