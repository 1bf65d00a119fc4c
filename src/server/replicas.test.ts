import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { startTestServer, type TestServer, temporaryDir } from '#testing/server/test-server.ts';

/** Two servers behind one public origin and on one data directory: whichever answers, the answer is the same. */

const HOST = 'faces.localhost:8080';
const ORIGIN = `http://${HOST}`;
const MAX_BYTES = 2_000_000;

let temporary: Awaited<ReturnType<typeof temporaryDir>>;
let replicas: [TestServer, TestServer];
const detectors = [createFakeDetector(), createFakeDetector()] as const;

beforeEach(async () => {
  temporary = await temporaryDir();
  const start = (detector: (typeof detectors)[number]) =>
    startTestServer({
      detector,
      dataDir: temporary.dir,
      env: { FACEBOUND_ORIGIN: ORIGIN },
      config: { dataMaxBytes: MAX_BYTES },
    });
  // At once, so that both find no secret and make one.
  replicas = await Promise.all([start(detectors[0]), start(detectors[1])]);
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.close()));
  await temporary.remove();
});

type Sent = { readonly headers?: Record<string, string>; readonly body?: string | Uint8Array };

/** Calls a replica as the proxy in front of both does. */
async function call(
  replica: TestServer,
  method: 'GET' | 'POST' | 'DELETE',
  target: string,
  { headers, body }: Sent = {},
) {
  const reply = await request(`${replica.url}${target}`, {
    method,
    headers: { host: HOST, 'x-forwarded-proto': 'http', 'x-forwarded-for': '192.0.2.7', ...headers },
    body: body ?? null,
  });
  const text = await reply.body.text();
  return { status: reply.statusCode, headers: reply.headers, json: (): unknown => JSON.parse(text) };
}

const authorization = 'Bearer anyone';
const upload = async (replica: TestServer, bytes: Uint8Array) => {
  const reply = await call(replica, 'POST', '/v1/kling/assets/', {
    headers: { authorization, 'content-type': 'image/png' },
    body: bytes,
  });
  expect(reply.status).toBe(200);
  return uploadAssetReply.parse(reply.json()).url;
};
const recognize = (replica: TestServer, imageReference: string) =>
  call(replica, 'POST', '/v1/kling/images/recognize-faces', {
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
  });
const pathOf = (url: string) => new URL(url).pathname;

/** A picture of noise, so that it stays large. */
const noise = (side: number) =>
  sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();

describe('two replicas on one data directory', () => {
  test('know each other’s sessions, and that one was ended', async () => {
    const [one, other] = replicas;
    const opened = await call(one, 'POST', '/app/session', {
      headers: { 'content-type': 'application/json', origin: ORIGIN },
      body: '{}',
    });
    const cookie = String(opened.headers['set-cookie']).split(';', 1)[0] ?? '';
    expect(cookie).toMatch(/^facebound-session-8080=/);
    expect((await call(other, 'GET', '/v1/kling/accounts', { headers: { cookie } })).status).toBe(200);
    await call(other, 'DELETE', '/app/session', { headers: { cookie, origin: ORIGIN } });
    expect((await call(one, 'GET', '/v1/kling/accounts', { headers: { cookie } })).status).toBe(401);
  });

  test('know each other’s uploads, crops and answers', async () => {
    const [one, other] = replicas;
    const picture = await noise(300);
    const url = await upload(one, picture);
    expect(await upload(other, picture)).not.toBe(url);
    expect((await call(other, 'GET', pathOf(url))).status).toBe(200);
    expect(url.startsWith(`${ORIGIN}/files/`)).toBe(true);
    const first = await recognize(other, url);
    const calls = detectors[0].calls;
    const second = await recognize(one, url);
    expect(second.json()).toEqual(first.json());
    expect(detectors[0].calls).toBe(calls);
    const reply = recognizeFacesReply.parse(first.json());
    for (const { resources } of reply.faceItems ?? []) {
      for (const { url: crop } of resources) expect((await call(one, 'GET', pathOf(crop))).status).toBe(200);
    }
  });

  test('keep the common cap, say what is gone, and work out again what they can', async () => {
    const [one, other] = replicas;
    const early = await upload(one, await noise(400));
    const reply = recognizeFacesReply.parse((await recognize(one, early)).json());
    const crop = reply.faceItems?.[0]?.resources[0]?.url ?? '';
    expect(crop).not.toBe('');
    for (let count = 0; count < 5; count += 1) await upload(other, await noise(400));
    const files = path.join(temporary.dir, 'files');
    let total = 0;
    for (const folder of [files, path.join(temporary.dir, 'uploads')]) {
      for (const name of await readdir(folder)) total += (await stat(path.join(folder, name))).size;
    }
    expect(total).toBeLessThanOrEqual(MAX_BYTES);
    expect((await call(one, 'GET', pathOf(early))).status).toBe(404);
    expect((await call(one, 'GET', pathOf(crop))).status).toBe(404);
    expect((await recognize(other, early)).status).toBe(410);

    const late = await upload(one, await noise(300));
    const found = recognizeFacesReply.parse((await recognize(other, late)).json());
    await rm(
      path.join(
        files,
        pathOf(found.faceItems?.[0]?.resources[1]?.url ?? '')
          .split('/')
          .at(-1) ?? '',
      ),
      { force: true },
    );
    expect(recognizeFacesReply.parse((await recognize(one, late)).json())).toEqual(found);
  });

  test('keep the common cap when both write, from the first file on', async () => {
    const takes = async () => {
      let total = 0;
      for (const folder of ['files', 'uploads']) {
        for (const name of await readdir(path.join(temporary.dir, folder))) {
          total += (await stat(path.join(temporary.dir, folder, name))).size;
        }
      }
      return total;
    };
    for (let count = 0; count < 8; count += 1) {
      await upload(replicas[count % 2 === 0 ? 0 : 1], await noise(400));
      expect(await takes()).toBeLessThanOrEqual(MAX_BYTES);
    }
  });

  test('write and remove at once without a call failing', async () => {
    const statuses: number[] = [];
    // Six at once are nearly all of the cap, so that those of the second round drive out the first.
    for (const _round of [1, 2]) {
      const pictures = await Promise.all(Array.from({ length: 6 }, () => noise(300)));
      const answers = pictures.map(async (picture, index) => {
        const url = await upload(replicas[index % 2 === 0 ? 0 : 1], picture);
        return (await recognize(replicas[index % 2 === 0 ? 1 : 0], url)).status;
      });
      statuses.push(...(await Promise.all(answers)));
    }
    // 410 is the honest answer when the cap has taken the picture between the two calls.
    for (const status of statuses) expect([200, 410]).toContain(status);
    expect(statuses).toContain(200);
  });
});
