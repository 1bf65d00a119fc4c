import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { buildModels } from '#detector/node/models/build-models.ts';
import { DRAWN_FACE_FILE } from '#detector/node/models/reference/inputs.ts';
import { childPids } from '#testing/server/child-processes.ts';
import { SECRET } from '#testing/server/cluster.ts';
import { type ClusterProcess, startClusterProcess } from '#testing/server/cluster-process.ts';
import { createPatientClient } from '#testing/server/patient-client.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { lacks, onFreePort } from '#testing/server/programs.ts';
import { numberIn } from '#testing/server/read-figures.ts';
import { startRedis } from '#testing/server/redis-server.ts';
import { temporaryDir } from '#testing/server/test-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

describe.skipIf(lacks('redis-server'))('figures of a cluster', () => {
  test('are told by each of its processes: what waits for workers, what one did, what its child holds, and restarts', {
    timeout: 120_000,
  }, async () => {
    const redis = await startRedis();
    closing.push(redis.close);
    const [data, models] = [await temporaryDir(), await temporaryDir()];
    closing.push(data.remove, models.remove);
    await buildModels(models.dir);
    const start = async (role: 'web' | 'worker') => {
      const member = await onFreePort(async (port) => {
        const at = `127.0.0.1:${port}`;
        const started: ClusterProcess | undefined = await startClusterProcess({
          env: {
            FACEBOUND_ROLE: role,
            FACEBOUND_QUEUE_URL: redis.url,
            FACEBOUND_SECRET: SECRET,
            FACEBOUND_DATA_DIR: path.join(data.dir, 'of-all'),
            FACEBOUND_METRICS: at,
          },
          detector: { kind: 'real', modelsDir: models.dir },
        }).catch(() => undefined);
        return started && { ...started, read: async () => (await fetch(`http://${at}/metrics`)).text() };
      });
      closing.push(() => member.kill());
      return member;
    };

    const web = await start('web');
    const client = createPatientClient(web.url);
    const upload = async (bytes: Uint8Array, type?: string) =>
      uploadAssetReply.parse(JSON.parse((await client.upload(bytes, type)).body.toString())).url;
    const uploaded = [
      await upload(await readFile(DRAWN_FACE_FILE), 'image/png'),
      await upload(await jpeg(300, 300)),
      await upload(await jpeg(301, 300)),
    ];
    const calls = uploaded.map((url) => client.recognize(url));
    const ofShared = 'facebound_queue_waiting{queue="shared"}';
    await expect.poll(async () => numberIn(await web.read(), ofShared)).toBe(3);
    await expect
      .poll(async () => numberIn(await web.read(), 'facebound_queue_oldest_seconds{queue="shared"}'))
      .toBeGreaterThan(0);
    // It detects nothing itself.
    expect(await web.read()).not.toContain('queue="detector"');

    const worker = await start('worker');
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const told = await web.read();
    expect(numberIn(told, ofShared)).toBe(0);
    expect(numberIn(told, 'facebound_queue_oldest_seconds{queue="shared"}')).toBe(0);
    expect(
      numberIn(told, 'facebound_calls_total{route="/v1/kling/images/recognize-faces",method="POST",status="200"}'),
    ).toBe(3);

    const done = await worker.read();
    for (const stage of ['waiting', 'decode', 'find']) {
      expect(numberIn(done, `facebound_detection_seconds_count{stage="${stage}"}`)).toBe(3);
    }
    for (const stage of ['landmarks', 'encode']) {
      expect(numberIn(done, `facebound_detection_seconds_count{stage="${stage}"}`)).toBe(1);
    }
    expect(numberIn(done, 'facebound_queue_waiting{queue="shared"}')).toBe(0);
    expect(numberIn(done, 'facebound_queue_waiting{queue="detector"}')).toBe(0);
    expect(numberIn(done, 'facebound_store_seconds_count{operation="read",outcome="ok"}')).toBeGreaterThanOrEqual(3);
    expect(numberIn(done, 'facebound_store_seconds_count{operation="put",outcome="ok"}')).toBeGreaterThanOrEqual(3);
    expect(numberIn(done, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(numberIn(done, 'facebound_child_resident_memory_bytes{child="detector"}')).toBeGreaterThan(1e7);
    const restarts = 'facebound_child_restarts_total{child="detector"}';
    expect(numberIn(done, restarts)).toBe(0);

    const [child] = await childPids(worker.pid, 'detector/node/child.ts');
    process.kill(child ?? 0, 'SIGKILL');
    const next = await client.recognize(await upload(await jpeg(302, 300)));
    expect(next.status).toBe(200);
    expect(numberIn(await worker.read(), restarts)).toBe(1);
    await fetch(`${worker.url}/healthz`);
    await fetch(`${worker.url}/secret-place`);
    const asked = await worker.read();
    expect(numberIn(asked, 'facebound_calls_total{route="/healthz",method="GET",status="200"}')).toBe(1);
    expect(numberIn(asked, 'facebound_calls_total{route="unknown",method="GET",status="404"}')).toBe(1);
    expect(asked).not.toMatch(/secret|127\.0\.0\.1|redis:/);
  });
});
