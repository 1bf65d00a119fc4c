import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { faceBoundValue, type RecognizeFacesReply, recognizeFacesReply } from '#contract/recognize-faces.ts';
import type { Detector } from '#detector/detector.ts';
import { createDetector } from '#detector/node/create-detector.ts';
import { buildModels } from '#detector/node/models/build-models.ts';
import { DRAWN_FACE_FILE } from '#detector/node/models/reference/inputs.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/** A drawn group of twelve, one of the page's own samples. */
const GROUP_FILE = fileURLToPath(new URL('../../../../public/samples/group.jpg', import.meta.url));

/** The engine as it runs: HTTP in front, the check of uploads and the networks in child processes behind. */
describe('the embedded engine with its real detector', { timeout: 120_000 }, () => {
  let modelsDir: string;
  let detector: Detector;
  let server: TestServer;
  let face: Buffer;

  beforeAll(async () => {
    modelsDir = await mkdtemp(path.join(tmpdir(), 'facebound-models-'));
    await buildModels(modelsDir);
    face = await readFile(DRAWN_FACE_FILE);
    detector = createDetector({ modelsDir });
    server = await startTestServer({ detector, hasCheckProcess: true });
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await rm(modelsDir, { recursive: true, force: true });
  });

  const authorization = 'Bearer x';
  const detect = async (picture: Buffer): Promise<RecognizeFacesReply> => {
    const { format } = await sharp(picture).metadata();
    const stored = await server.call('/v1/kling/assets/', {
      method: 'POST',
      headers: { authorization, 'content-type': `image/${format}` },
      body: new Uint8Array(picture),
    });
    expect(stored.status).toBe(200);
    const { url } = uploadAssetReply.parse(await stored.json());
    const found = await server.call('/v1/kling/images/recognize-faces', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ imageReference: url }),
    });
    expect(found.status).toBe(200);
    return recognizeFacesReply.parse(await found.json());
  };
  const boundsOf = (reply: RecognizeFacesReply) =>
    (reply.faceItems ?? []).map(({ arguments: [bound] }) => faceBoundValue.parse(JSON.parse(bound?.value ?? '')));

  /** The drawn face several times side by side; `shade` makes the bytes differ. */
  const row = (count: number, shade = 0) =>
    sharp({
      create: { width: 512 * count, height: 512, channels: 3, background: 'silver' },
    })
      .composite([
        ...Array.from({ length: count }, (_, index) => ({ input: face, left: 512 * index, top: 0 })),
        {
          input: { create: { width: 2, height: 2, channels: 3, background: { r: shade, g: 0, b: 0 } } },
          left: 0,
          top: 0,
        },
      ])
      .png()
      .toBuffer();

  test('numbers the faces from left to right and gives crops that are pictures', async () => {
    const reply = await detect(await row(3));
    expect(reply.mediaInfo).toMatchObject({ width: 1536, height: 512 });
    const bounds = boundsOf(reply);
    expect(bounds).toHaveLength(3);
    expect(bounds.map(({ x }) => Math.floor(x / 512))).toEqual([0, 1, 2]);
    for (const { resources } of reply.faceItems ?? []) {
      for (const { url } of resources) {
        const crop = await sharp(await (await fetch(url)).arrayBuffer()).metadata();
        expect(crop.format).toBe('jpeg');
      }
    }
  });

  test('measures the upright picture, whatever the file says about its orientation', async () => {
    const group = await readFile(GROUP_FILE);
    const turned = await sharp(group).rotate(90).jpeg({ quality: 95 }).withMetadata({ orientation: 8 }).toBuffer();
    const [upright, fromTurned] = [await detect(group), await detect(turned)];
    expect(fromTurned.mediaInfo).toEqual(upright.mediaInfo);
    expect(boundsOf(upright)).toHaveLength(12);
    expect(boundsOf(fromTurned)).toHaveLength(12);
  });

  test('answers a burst of different pictures, also when the child is killed in the middle', async () => {
    const pictures = await Promise.all(Array.from({ length: 16 }, (_, index) => row(1, index + 1)));
    const answers = pictures.map((picture) => detect(picture));
    await Promise.race(answers);
    const { childPid } = detector;
    if (childPid !== undefined) process.kill(childPid, 'SIGKILL');
    const replies = await Promise.all(answers);
    for (const reply of replies) expect(boundsOf(reply)).toHaveLength(1);
    expect(detector.childPid).not.toBe(childPid);
  });
});
