import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { buildModels } from '#detector/node/models/build-models.ts';
import { DRAWN_FACE_FILE } from '#detector/node/models/reference/inputs.ts';
import { type Cluster, type Member, SECRET, startCluster } from '#testing/server/cluster.ts';
import { startClusterProcess } from '#testing/server/cluster-process.ts';
import { type Answered, createPatientClient } from '#testing/server/patient-client.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { lacks } from '#testing/server/programs.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';

/** A whole cluster, in processes of its own behind a real balancer, through what happens to one. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const urlOf = ({ body }: Answered) => uploadAssetReply.parse(JSON.parse(body.toString())).url;
const facesOf = ({ body }: Answered) => recognizeFacesReply.parse(JSON.parse(body.toString())).faceItems ?? [];
/** A small picture that no other number gives. */
const picture = (number: number) => jpeg(300 + Math.floor(number / 100), 300 + (number % 100));
const SAMPLES = fileURLToPath(new URL('../../../public/samples/', import.meta.url));

describe.skipIf(lacks('redis-server', 'haproxy'))('a cluster', () => {
  /** With a detector that takes 60 ms a picture, and writes down each. */
  async function slowCluster(limit: number): Promise<{ cluster: Cluster; runs: () => Promise<number> }> {
    const temporary = await temporaryDir();
    closing.push(temporary.remove);
    const runsFile = path.join(temporary.dir, 'runs');
    const cluster = await startCluster({
      detector: { kind: 'slow', ms: 60, runsFile },
      env: { FACEBOUND_QUEUE_LIMIT: String(limit), FACEBOUND_DRAIN_S: '1' },
    });
    closing.push(() => cluster.close());
    return { cluster, runs: async () => (await readFile(runsFile, 'utf8')).split('\n').length - 1 };
  }

  test('loses nothing when a worker, a replica and Redis are killed in the middle of 500 pictures', {
    timeout: 180_000,
  }, async () => {
    const { cluster, runs } = await slowCluster(24);
    const client = createPatientClient(cluster.origin);
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    const done: Answered[] = [];
    const kills = [
      { after: 80, what: cluster.workers[0].crash },
      { after: 200, what: cluster.webs[0].crash },
      { after: 320, what: cluster.redis.restart },
    ];
    const killing: Promise<unknown>[] = [];
    const flow = async () => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
        const uploaded = await client.upload(await picture(number));
        expect(uploaded.status).toBe(200);
        done.push(await client.recognize(urlOf(uploaded)));
        const [next] = kills;
        if (next !== undefined && done.length >= next.after) {
          kills.shift();
          killing.push(next.what());
        }
      }
    };
    await Promise.all(Array.from({ length: 48 }, flow));
    await Promise.all(killing);

    expect(killing).toHaveLength(3);
    expect(done).toHaveLength(500);
    for (const answered of done) expect([answered.status, facesOf(answered).length]).toEqual([200, 2]);
    const ran = await runs();
    expect(ran).toBeGreaterThanOrEqual(500);
    expect(ran).toBeLessThanOrEqual(500 + 3 * 4);
    const refused = client.heard.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { retryAfter } of refused) expect(retryAfter).toMatch(/^([1-9]|[1-5]\d|60)$/);
    // 0 and 502: calls that the replica had as it was killed.
    for (const { status } of client.heard) expect([0, 200, 429, 502, 503]).toContain(status);
    // Nothing that was lent, and no draft.
    expect((await readdir(path.join(cluster.dataDir, 'files'))).filter((name) => name.endsWith('.bin'))).toEqual([]);
  });

  test('fails no call while all of it is replaced, one process after another, under load', {
    timeout: 180_000,
  }, async () => {
    const { cluster } = await slowCluster(256);
    const client = createPatientClient(cluster.origin);
    let isReplaced = false;
    let number = 0;
    const answers: Answered[] = [];
    const flow = async () => {
      while (!isReplaced) {
        number += 1;
        const uploaded = await client.upload(await picture(number));
        answers.push(uploaded, await client.recognize(urlOf(uploaded)));
      }
    };
    const load = Array.from({ length: 8 }, flow);
    const codes: (number | null)[] = [];
    const members: readonly Member[] = [...cluster.workers, ...cluster.webs];
    for (const member of members) {
      const before = answers.length;
      codes.push(await member.replace());
      await expect.poll(() => answers.length).toBeGreaterThan(before + 20);
    }
    isReplaced = true;
    await Promise.all(load);
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    // And none was refused but with the word of when to come again.
    for (const { status, retryAfter } of client.heard) {
      expect([200, 503]).toContain(status);
      if (status === 503) expect(Number(retryAfter)).toBeGreaterThan(0);
    }
  });

  test('answers as one process does, to the byte', { timeout: 180_000 }, async () => {
    const modelsDir = await mkdtemp(path.join(tmpdir(), 'facebound-models-'));
    closing.push(() => rm(modelsDir, { recursive: true, force: true }));
    await buildModels(modelsDir);
    const detector = { kind: 'real', modelsDir } as const;
    const files = (await readdir(SAMPLES))
      .filter((name) => /\.jpe?g$/.test(name))
      .map((name) => path.join(SAMPLES, name));
    const pictures = [...(await Promise.all(files.map((file) => readFile(file)))), await picture(1)];
    expect(pictures.length).toBeGreaterThan(2);
    const drawn = await readFile(DRAWN_FACE_FILE);
    const host = await startWebHost((_request, response) => response.setHeader('content-type', 'image/png').end(drawn));
    closing.push(() => host.close());

    const cluster = await startCluster({ detector, env: { FACEBOUND_LINK_HOSTS: host.host } });
    closing.push(() => cluster.close());
    const alone = await temporaryDir();
    closing.push(alone.remove);
    const single = await startClusterProcess({
      env: {
        FACEBOUND_SECRET: SECRET,
        FACEBOUND_DATA_DIR: alone.dir,
        FACEBOUND_ORIGIN: cluster.origin,
        FACEBOUND_LINK_HOSTS: host.host,
      },
      detector,
    });
    closing.push(() => single.kill());
    const callSingle = async (target: string, type: string, body: string | Uint8Array) => {
      const reply = await request(`${single.url}${target}`, {
        method: 'POST',
        headers: { host: new URL(cluster.origin).host, authorization: 'Bearer anyone', 'content-type': type },
        body,
      });
      return { status: reply.statusCode, body: Buffer.from(await reply.body.arrayBuffer()), retryAfter: undefined };
    };
    const client = createPatientClient(cluster.origin);
    const link = `http://${host.host}/face.png`;
    const references: [string, string][] = [[link, link]];
    for (const bytes of pictures) {
      references.push([
        urlOf(await client.upload(bytes)),
        urlOf(await callSingle('/v1/kling/assets/', 'image/jpeg', bytes)),
      ]);
    }
    let faces = 0;
    for (const [inCluster, inSingle] of references) {
      const [one, other] = await Promise.all([
        client.recognize(inCluster),
        callSingle(
          '/v1/kling/images/recognize-faces',
          'application/json',
          JSON.stringify({ imageReference: inSingle }),
        ),
      ]);
      expect([one.status, other.status]).toEqual([200, 200]);
      expect(one.body.equals(other.body)).toBe(true);
      faces += facesOf(one).length;
    }
    expect(faces).toBeGreaterThan(12);
  });
});
