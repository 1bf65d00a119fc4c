import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { createDetector } from '#detector/node/create-detector.ts';
import { buildModels } from '#detector/node/models/build-models.ts';
import { createLogger } from '#server/log.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { childPids } from '#testing/server/child-processes.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { numberIn } from '#testing/server/read-figures.ts';
import { startTestServer } from '#testing/server/test-server.ts';
import { createPrometheusFigures } from './prometheus.ts';
import { startFigures } from './start-figures.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const FIGURES = { FACEBOUND_METRICS: '127.0.0.1:0' };

/** A server that counts, and how its figures are read. */
async function counting(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer({ ...options, env: { ...FIGURES, ...options?.env } });
  closing.push(server.close);
  const line = server.log.find((each) => each.includes('figures are served'));
  const address = /"address":"([^"]+)"/.exec(line ?? '')?.[1];
  if (address === undefined) throw new Error('nobody says where the figures are');
  return { server, address, read: async () => (await fetch(address)).text() };
}

describe('figures', () => {
  test('are on a port of their own, and the public one knows nothing of them', async () => {
    const { server, address } = await counting();
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect((await server.call('/metrics')).status).toBe(404);
    for (const [method, other] of [
      ['GET', '/'],
      ['GET', '/healthz'],
      ['POST', '/metrics'],
    ] as const) {
      expect((await fetch(new URL(other, address), { method })).status).toBe(404);
    }
  });

  test('count calls by the template of their route, and hold nothing of anybody', async () => {
    const { server, read } = await counting({
      env: { FACEBOUND_ACCESS_KEY: 'a long phrase of our own', FACEBOUND_EMBEDDED_TOKEN: 'token-of-a-program' },
    });
    const authorization = 'Bearer token-of-a-program';
    const uploaded = await server.call('/v1/kling/assets/?email=anna%40example.com', {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await jpeg(400, 300)),
    });
    const { url } = uploadAssetReply.parse(await uploaded.json());
    const name = new URL(url).pathname.split('/').at(-1) ?? '';
    await server.call(`/files/${name}`);
    await server.call('/v1/kling/accounts/anna@example.com', { headers: { authorization } });
    await server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: url }),
    });
    for (const path of [
      '/secret-place/one',
      '/v1/secret-place',
      '/app/image?url=https://secret.example/a.jpg',
      '/assets/secret-1a2b.js',
    ]) {
      await server.call(path);
    }
    await server.call('/healthz', { method: 'PROPFIND' });
    const text = await read();
    const counted = (route: string, method: string, status: number) =>
      numberIn(text, `facebound_calls_total{route="${route}",method="${method}",status="${status}"}`);
    expect(counted('/v1/kling/assets', 'POST', 200)).toBe(1);
    expect(counted('/files/:name', 'GET', 200)).toBe(1);
    expect(counted('/v1/kling/images/recognize-faces', 'POST', 200)).toBe(1);
    expect(counted('unknown', 'GET', 404)).toBe(1);
    expect(counted('page', 'GET', 404)).toBe(2);
    expect(text).toMatch(/facebound_calls_total\{route="[^"]+",method="other",status="\d+"\} 1/);
    expect(text).not.toMatch(/secret|token-of|a long phrase|anna|example|\.jpg"|127\.0\.0\.1/);
    expect(text).not.toContain(name);
    expect(numberIn(text, 'facebound_store_seconds_count{operation="keepUpload",outcome="ok"}')).toBe(1);
    expect(numberIn(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  test('tell how much waits for the detector, and for how long', async () => {
    const detector = { ...createFakeDetector(), backlog: () => ({ waiting: 3, oldestMs: 2500 }) };
    const { read } = await counting({ detector });
    const text = await read();
    expect(numberIn(text, 'facebound_queue_waiting{queue="detector"}')).toBe(3);
    expect(numberIn(text, 'facebound_queue_oldest_seconds{queue="detector"}')).toBe(2.5);
  });

  test('count what stands in line for a place with the detector as waiting, too', async () => {
    const detector = createFakeDetector();
    const release = detector.hold();
    const { server, read } = await counting({ detector });
    const authorization = 'Bearer anyone';
    const calls = Array.from({ length: 5 }, async (_, index) => {
      const uploaded = await server.call('/v1/kling/assets/', {
        method: 'POST',
        headers: { authorization, 'content-type': 'image/jpeg' },
        body: new Uint8Array(await jpeg(300 + index, 300)),
      });
      const { url } = uploadAssetReply.parse(await uploaded.json());
      return server.call('/v1/kling/images/recognize-faces', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ imageReference: url }),
      });
    });
    // Strangers have two places.
    await expect.poll(async () => numberIn(await read(), 'facebound_queue_waiting{queue="detector"}')).toBe(3);
    expect(numberIn(await read(), 'facebound_queue_oldest_seconds{queue="detector"}')).toBeGreaterThan(0);
    release();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(numberIn(await read(), 'facebound_queue_waiting{queue="detector"}')).toBe(0);
    expect(numberIn(await read(), 'facebound_queue_oldest_seconds{queue="detector"}')).toBe(0);
  });

  test('tell what the check of uploads holds, and that it was started anew', async () => {
    const { read } = await counting({ hasCheckProcess: true });
    const memory = async () => numberIn(await read(), 'facebound_child_resident_memory_bytes{child="check"}');
    await expect.poll(memory).toBeGreaterThan(1e7);
    const restarts = async () => numberIn(await read(), 'facebound_child_restarts_total{child="check"}');
    expect(await restarts()).toBe(0);
    const [pid] = await childPids(process.pid, 'picture-check/child.ts');
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(restarts).toBe(1);
  });

  test('say nothing of a queue that does not answer, rather than what it said before', async () => {
    const figures = createPrometheusFigures('1');
    let look = async () => ({ waiting: 7, oldestMs: 0 });
    figures.watchQueue('shared', () => look());
    expect(numberIn(await figures.text(), 'facebound_queue_waiting{queue="shared"}')).toBe(7);
    look = () => Promise.reject(new Error('Redis is away'));
    expect(await figures.text()).not.toContain('queue="shared"');
  });

  test('time the live service by what was asked of it and by how it answered, whatever status that is', async () => {
    const vendor = await startFakeVendor();
    closing.push(vendor.close);
    const { server, read } = await counting({ env: { USEAPI_BASE_URL: vendor.baseUrl } });
    const ask = (token: string) =>
      server.call('/engines/kling/v1/kling/accounts', { headers: { authorization: `Bearer ${token}` } });
    await ask(vendor.token);
    await ask('wrong');
    await vendor.close();
    await ask(vendor.token);
    const text = await read();
    const timed = (outcome: string) =>
      numberIn(text, `facebound_vendor_seconds_count{operation="listAccounts",outcome="${outcome}"}`);
    expect([timed('2xx'), timed('4xx'), timed('unreachable')]).toEqual([1, 1, 1]);
    expect(text).not.toContain(vendor.token);
  });

  test('that cannot be served keep the server from starting, with a sentence', async () => {
    const { address } = await counting();
    const logger = createLogger({ level: 'silent', write: () => {} });
    const { port } = new URL(address);
    expect(await startFigures({ at: { host: '127.0.0.1', port: Number(port) }, version: '1', logger })).toEqual({
      ok: false,
      error: `FACEBOUND_METRICS: port ${port} on 127.0.0.1 is in use`,
    });
  });

  test('tell of the real detector how long each step took, and that its child was replaced', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'facebound-figures-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    await mkdir(folder, { recursive: true });
    await buildModels(folder);
    const figures = createPrometheusFigures('1');
    const detector = createDetector({ modelsDir: folder, watch: figures.detector });
    closing.push(() => detector.close());
    figures.watchChild('detector', () => detector.usage?.()?.residentBytes);
    const never = new AbortController().signal;
    await detector.detect(await jpeg(400, 300), never);
    const text = await figures.text();
    for (const stage of ['waiting', 'decode', 'find']) {
      expect(numberIn(text, `facebound_detection_seconds_count{stage="${stage}"}`)).toBe(1);
    }
    // Nobody is in the picture, so there is nothing to cut out.
    expect(text).not.toContain('stage="encode"');
    expect(numberIn(text, 'facebound_child_restarts_total{child="detector"}')).toBe(0);
    process.kill(detector.childPid ?? 0, 'SIGKILL');
    await detector.detect(await jpeg(400, 300), never);
    expect(numberIn(await figures.text(), 'facebound_child_restarts_total{child="detector"}')).toBe(1);
  });
});
