import { createHash } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createEmbeddedEngine } from '#api/embedded/embedded-engine.ts';
import { createLocalRecognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import { accountsReply } from '#contract/accounts.ts';
import { uploadAssetReply } from '#contract/assets.ts';
import { vendorError } from '#contract/errors.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { err } from '#shared/result.ts';
import { claimedPng, pngProfile, profileNamed, progressiveJpeg, smallPng } from '#testing/server/costly-pictures.ts';
import { createFakeDetector, outcomeWith } from '#testing/server/fake-detector.ts';
import { createOwnProcessChecker } from '#testing/server/own-process-checker.ts';
import { jpeg, png } from '#testing/server/pictures.ts';
import { pngOf } from '#testing/server/raw-png.ts';
import { streamed } from '#testing/server/streamed.ts';
import { startTestServer, type TestServer, temporaryDir } from '#testing/server/test-server.ts';
import { createFileOwners } from '../../files/file-owners.ts';
import { createFileStore } from '../../files/file-store.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
  const detector = createFakeDetector();
  const server = await startTestServer({ detector, ...options });
  closing.push(() => server.close());
  return { server, detector };
}

const authorization = 'Bearer user:1234-abcdefghijkl';
const upload = (server: TestServer, bytes: Uint8Array, contentType = 'image/jpeg', base = '/v1/kling') =>
  server.call(`${base}/assets/`, {
    method: 'POST',
    headers: { authorization, 'content-type': contentType },
    body: new Uint8Array(bytes),
  });
const recognize = (server: TestServer, imageReference: string, init: RequestInit = {}) =>
  server.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
    ...init,
  });
const uploaded = async (response: Response) => uploadAssetReply.parse(await response.json());
const errorOf = async (response: Response) => vendorError.parse(await response.json());
const detected = async (response: Response) => {
  expect(response.status).toBe(200);
  return recognizeFacesReply.parse(await response.json());
};

/** A web server on loopback that answers with what it is given. */
async function linkHost(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const host: Server = createServer(handler);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        host.close(resolve);
        host.closeAllConnections();
      }),
  );
  const address = host.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('uploading a picture', () => {
  test('leaves nothing behind when the server fails on it', async () => {
    const { server } = await serve();
    await rm(path.join(server.dataDir, 'file-owners'), { recursive: true });
    await writeFile(path.join(server.dataDir, 'file-owners'), 'no folder any more');
    const response = await upload(server, await jpeg(400, 300));
    expect([response.status, (await errorOf(response)).reason]).toEqual([500, 'server-fault']);
    expect(await readdir(path.join(server.dataDir, 'drafts'))).toEqual([]);
    for (const folder of ['names', 'uploads']) expect(await readdir(path.join(server.dataDir, folder))).toEqual([]);
  });

  test('belongs to its session also when that was wiped while it came', async () => {
    const temporary = await temporaryDir();
    closing.push(temporary.remove);
    const files = await createFileStore({ dataDir: temporary.dir, secret: Buffer.alloc(32), maxBytes: 1e8 });
    closing.push(async () => files.close());
    const owners = await createFileOwners({ dataDir: temporary.dir });
    const owner = `${Date.now() + 3_600_000}.${'a'.repeat(32)}`;
    const wipe = () => owners.release(owner, files.removeUnless);
    const checker = createOwnProcessChecker();
    closing.push(() => checker.close());
    const recognition = createLocalRecognition({
      detector: createFakeDetector(),
      files,
      stopped: createStoppedPictures(),
      detectorVersion: 'test',
    });
    const engine = createEmbeddedEngine({
      recognition,
      files: {
        ...files,
        keepUpload: async (...spooled) => {
          await wipe();
          return files.keepUpload(...spooled);
        },
      },
      owners,
      checkUpload: (upload, claimed, call) =>
        checker.checkUpload({ path: files.pathOf(upload), digest: upload.digest }, claimed, call),
      fetchLink: async () => err({ code: 'link-too-slow' }),
      belowOurBase: () => undefined,
    });
    const signal = new AbortController().signal;
    const answer = await engine.uploadAsset(
      {
        body: new Blob([await jpeg(400, 300)]).stream(),
        length: undefined,
        contentType: 'image/jpeg',
        email: undefined,
      },
      { caller: 'session', signal, requestId: '', token: undefined, base: 'http://127.0.0.1', owner },
    );
    expect(answer.ok).toBe(true);
    // Its name and its bytes.
    expect((await wipe()).removed).toHaveLength(2);
    for (const folder of ['names', 'uploads']) expect(await readdir(path.join(temporary.dir, folder))).toEqual([]);
  });

  test('answers in the vendor’s shape with an address that serves the same bytes', async () => {
    const { server } = await serve();
    const picture = await jpeg(400, 300);
    const response = await upload(server, picture);
    expect(response.status).toBe(200);
    const reply = await uploaded(response);
    expect(reply).toMatchObject({ status: 3, message: '' });
    expect(reply.url).toBe(`${server.url}/files/${reply.fileName}`);
    const stored = await fetch(reply.url);
    expect(stored.headers.get('content-type')).toBe('image/jpeg');
    expect(stored.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await stored.arrayBuffer()).equals(picture)).toBe(true);
  });

  test('keeps one file per content, and a name of its own for each upload', async () => {
    const { server } = await serve();
    const picture = await png(300, 300);
    const first = await uploaded(await upload(server, picture, 'image/png'));
    const second = await uploaded(await upload(server, picture, 'image/png', '/engines/embedded/v1/kling'));
    expect(second.url).not.toBe(first.url);
    for (const { fileName } of [first, second]) expect(fileName).toMatch(/^[0-9a-f]{64}\.png$/);
    expect(await readdir(path.join(server.dataDir, 'uploads'))).toHaveLength(1);
  });

  test('refuses another Content-Type in the vendor’s words', async () => {
    const { server } = await serve();
    const response = await upload(server, Buffer.from('GIF89a'), 'image/gif');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'Content-Type image/gif is not supported. Valid values: image/png,image/jpeg',
    });
  });

  test.each([
    ['text', async () => Buffer.from('hello'), 'it holds text'],
    ['nothing', async () => Buffer.alloc(0), 'nothing'],
    ['a web page', async () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'a web page'],
    ['an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'an SVG drawing'],
    [
      'a WebP',
      async () =>
        sharp(await jpeg(400, 400))
          .webp()
          .toBuffer(),
      'image/webp',
    ],
    ['a PNG that claims to be a JPEG', () => png(400, 400), 'image/png'],
    ['a JPEG cut in half', async () => halved(await noisyJpeg()), 'damaged or cut off'],
    ['a JPEG signature and nothing behind it', async () => Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'damaged'],
  ])('refuses %s by its content', async (_name, bytes, cause) => {
    const { server } = await serve();
    const response = await upload(server, await bytes());
    expect(response.status).toBe(400);
    const { error, reason } = await errorOf(response);
    expect(reason).toBe('unsupported-picture');
    expect(error).toContain(cause);
  });

  test('refuses a picture that is too small, with its size and the limit', async () => {
    const { server } = await serve();
    const response = await upload(server, await jpeg(299, 400));
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      error: expect.stringMatching(/299 by 400 pixels.*at least 300 pixels/),
      reason: 'picture-too-small',
    });
  });

  test('refuses more than 10 MB, declared or not', async () => {
    const { server } = await serve();
    const tooLong = new Uint8Array(10 * 1024 * 1024 + 1);
    const declared = await upload(server, tooLong);
    expect(declared.status).toBe(413);
    const chunked = await server.call('/v1/kling/assets', {
      method: 'POST',
      headers: { authorization, 'content-type': 'image/png' },
      ...streamed(tooLong),
    });
    expect(chunked.status).toBe(413);
    expect((await errorOf(chunked)).reason).toBe('too-large');
  });

  test('refuses more than 100 megapixels by the header alone', async () => {
    const { server } = await serve();
    const bomb = pngOf(12_000, 9_000, deflateSync(Buffer.alloc(1_000)));
    const response = await upload(server, bomb, 'image/png');
    expect(response.status).toBe(413);
    expect((await errorOf(response)).error).toContain('108 megapixels');
  });
});

/** Small files that stop a decoder, with what is said of each; the words are tested with `refusePicture`. */
const costly: readonly (readonly [string, () => Buffer, 'image/jpeg' | 'image/png', number, RegExp])[] = [
  [
    'a JPEG of more than 500 scans',
    () => progressiveJpeg({ width: 320, height: 320, scans: 600 }),
    'image/jpeg',
    400,
    /cannot be opened safely: it is stored in more than 500 scans.*Save it again as a usual JPEG or PNG/,
  ],
  [
    'a PNG whose decoding takes more memory than there may be',
    () => claimedPng(10_000, 9_999, 16, 6),
    'image/png',
    413,
    /too large: decoded it takes 800 MB, and 400 MB are the most/,
  ],
  [
    'a PNG whose profile has a long text of NULs',
    () => smallPng(pngProfile(profileNamed(`${'\0'.repeat(80_000)}x`))),
    'image/png',
    400,
    /cannot be opened safely: its colour profile holds more than 64 KB of text/,
  ],
  [
    'a PNG whose profile unpacks without end',
    () => smallPng(pngProfile(Buffer.alloc(50_000_000))),
    'image/png',
    400,
    /cannot be opened safely: its colour profile is larger than 8 MB/,
  ],
];

describe('a small picture that is a large piece of work', () => {
  test.each(costly)('%s is refused as an upload and behind a link', async (_name, make, type, status, sentence) => {
    const picture = make();
    const host = await linkHost((_, response) => response.end(picture));
    const { server, detector } = await serve({ env: { FACEBOUND_LINK_HOSTS: host } });
    const cookie = await server.openSession();
    const link = `http://${host}/`;
    const answers = [
      await upload(server, picture, type),
      await recognize(server, link),
      await server.call(`/app/image?url=${encodeURIComponent(link)}`, { headers: { cookie } }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(status);
      expect(await errorOf(answer)).toMatchObject({
        error: expect.stringMatching(sentence),
        reason: status === 413 ? 'too-large' : 'unsupported-picture',
      });
    }
    expect(detector.calls).toBe(0);
  });

  test('keeps nobody else waiting, however many of them come', async () => {
    const { server } = await serve();
    const bomb = progressiveJpeg({ width: 2_000, height: 2_000, scans: 40_000 });
    const poured = Array.from({ length: 4 }, () => upload(server, bomb));
    const usual = await upload(server, await jpeg(400, 300));
    expect([usual.status, ...(await Promise.all(poured)).map(({ status }) => status)]).toEqual([
      200, 400, 400, 400, 400,
    ]);
  });

  test.each([
    ['of as many scans as are allowed', () => progressiveJpeg({ width: 320, height: 320, scans: 500 }), 'image/jpeg'],
    ['with a profile', () => smallPng(pngProfile(profileNamed('Display P3'))), 'image/png'],
  ])('is another thing than an honest one %s', async (_name, make, type) => {
    const { server } = await serve();
    expect((await upload(server, make(), type)).status).toBe(200);
  });
});

const noisyJpeg = () =>
  sharp({
    create: {
      width: 800,
      height: 600,
      channels: 3,
      background: 'gray',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer();
const halved = (bytes: Buffer) => bytes.subarray(0, bytes.byteLength / 2);

describe('recognizing faces', () => {
  test('answers in the vendor’s exact shape, with crops that can be fetched', async () => {
    const { server } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const reply = await detected(await recognize(server, url));
    expect(reply.mediaInfo).toEqual({ type: 'image', duration: 0, width: 640, height: 480 });
    expect(reply.faceItems?.map(({ name }) => name)).toEqual(['face_0', 'face_1']);
    const [face] = reply.faceItems ?? [];
    expect(face?.arguments).toEqual([{ name: 'face_bound', value: '{"x":10,"y":20,"width":30,"height":36}' }]);
    expect(face?.resources.map(({ name, type }) => `${name} ${type}`)).toEqual(['face image', 'face_feature image']);
    const crop = await fetch(z.string().parse(face?.resources[0]?.url));
    expect(await crop.text()).toBe('crop 0');
  });

  test('leaves faceItems out when there is no face', async () => {
    const { server, detector } = await serve();
    detector.answerWith(outcomeWith(0));
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    expect(Object.keys(await detected(await recognize(server, url)))).toEqual(['status', 'message', 'mediaInfo']);
  });

  test('takes the same fields as multipart/form-data', async () => {
    const { server } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const form = new FormData();
    form.set('email', 'anyone@example.com');
    form.set('imageReference', url);
    const response = await recognize(server, url, { headers: { authorization }, body: form });
    expect((await detected(response)).faceItems).toHaveLength(2);
  });

  test('detects equal pictures that come at once only once, and remembers the answer', async () => {
    const { server, detector } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const release = detector.hold();
    const calls = Array.from({ length: 5 }, () => recognize(server, url));
    release();
    const replies = await Promise.all(calls.map(async (call) => JSON.stringify(await detected(await call))));
    replies.push(JSON.stringify(await detected(await recognize(server, url))));
    expect(new Set(replies).size).toBe(1);
    expect(detector.calls).toBe(1);
  });

  test('works a remembered answer out again when a crop is gone', async () => {
    const { server, detector } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const first = await detected(await recognize(server, url));
    const crop = first.faceItems?.[0]?.resources[0]?.url.split('/').at(-1) ?? '';
    await rm(path.join(server.dataDir, 'files', crop));
    const second = await detected(await recognize(server, url));
    expect(second).toEqual(first);
    expect(detector.calls).toBe(2);
    expect((await server.call(`/files/${crop}`)).status).toBe(200);
  });

  test('fetches a linked picture, whatever its Content-Type says', async () => {
    const picture = await png(200, 100);
    const host = await linkHost((_, response) => response.setHeader('content-type', 'text/plain').end(picture));
    const { server, detector } = await serve({ env: { FACEBOUND_LINK_HOSTS: host } });
    await detected(await recognize(server, `http://${host}/a`));
    await detected(await recognize(server, `http://${host}/b?same=content`));
    expect(detector.calls).toBe(1);
  });

  test('tells which bytes of a link it measured, each time it is asked, beside the vendor’s body', async () => {
    const pictures = [await png(200, 100), await png(300, 100), await png(200, 100)];
    let requests = 0;
    const host = await linkHost((_, response) => response.end(pictures[requests++]));
    const { server } = await serve({ env: { FACEBOUND_LINK_HOSTS: host } });
    for (const picture of pictures) {
      const response = await recognize(server, `http://${host}/camera.png`);
      expect(response.headers.get(MEASURED_SHA256_HEADER)).toBe(createHash('sha256').update(picture).digest('hex'));
      await detected(response);
    }
    const { url } = await uploaded(await upload(server, await jpeg(400, 300)));
    const response = await recognize(server, url);
    expect(response.headers.get(MEASURED_SHA256_HEADER), 'an upload is what its caller sent').toBeNull();
    await detected(response);
  });

  test.each([
    [
      'a web page',
      400,
      'link-not-a-picture',
      '<!doctype html><title>x</title>',
      200,
      /answered with a web page, not a picture\. Open the picture itself/,
    ],
    ['an SVG', 400, 'link-not-a-picture', '<svg xmlns="http://www.w3.org/2000/svg"/>', 200, /an SVG drawing/],
    ['nothing', 400, 'link-not-a-picture', '', 200, /answered with nothing/],
    ['a 404', 400, 'link-unreachable', 'gone', 404, /status 404/],
  ])('says what is wrong with a link to %s', async (_name, status, reason, body, hostStatus, sentence) => {
    const host = await linkHost((_, response) =>
      response.writeHead(hostStatus, { 'content-type': 'image/png' }).end(body),
    );
    const { server } = await serve({ env: { FACEBOUND_LINK_HOSTS: host } });
    const response = await recognize(server, `http://${host}/`);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ reason, error: expect.stringMatching(sentence) });
  });

  test('what is no address at all is bad input, not a forbidden place', async () => {
    const { server } = await serve();
    const response = await recognize(server, 'holiday.jpg');
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ error: expect.stringMatching(/not a complete address/) });
  });

  test('refuses a link to a private address with 403', async () => {
    const { server } = await serve();
    const response = await recognize(server, 'http://169.254.169.254/latest/meta-data/');
    expect(response.status).toBe(403);
    expect((await errorOf(response)).reason).toBe('link-forbidden');
  });

  test.each([
    ['a name that was never given', `${'0'.repeat(64)}.jpg`],
    ['what the engine remembers', `${'0'.repeat(64)}.json`],
    ['a path out of the folder', '../secret'],
  ])('answers 410 for an address of ours with %s', async (_name, name) => {
    const { server } = await serve();
    const response = await recognize(server, `${server.url}/files/${name}`);
    expect([410, 403]).toContain(response.status);
  });

  test('answers the vendor’s 400 word for word without imageReference', async () => {
    const { server } = await serve();
    for (const body of ['{}', '', '{"imageReference":""}', '{"imageReference":null,"email":"a@b.c"}']) {
      const response = await recognize(server, '', { body });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 'Parameter imageReference is required' });
    }
  });

  test.each([
    ['malformed JSON', 400, 'application/json', '{"imageReference":'],
    ['JSON that is no object', 400, 'application/json', '["a"]'],
    ['a number as reference', 400, 'application/json', '{"imageReference":7}'],
    ['a broken form', 400, 'multipart/form-data', 'imageReference=x'],
    ['another Content-Type', 415, 'application/x-www-form-urlencoded', 'imageReference=x'],
    ['a body that is too large', 413, 'application/json', JSON.stringify({ imageReference: 'x'.repeat(70_000) })],
  ])('answers %s with %i in the vendor’s error form', async (_name, status, contentType, body) => {
    const { server } = await serve();
    const response = await recognize(server, '', { body, headers: { authorization, 'content-type': contentType } });
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ code: status, error: expect.stringMatching(/\w.*\.?$/) });
  });

  test('asks who calls before it looks at what is sent', async () => {
    const { server } = await serve();
    const response = await recognize(server, '', { body: '{', headers: {} });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'Unauthorized', code: 401 });
  });

  test.each([
    [{ code: 'queue-full', retryAfterSeconds: 2.4 }, 429, 'at-capacity'],
    [{ code: 'detector-failed', reason: 'secret detail' }, 500, 'server-fault'],
    [{ code: 'interrupted' }, 503, 'at-capacity'],
    [{ code: 'unreadable-picture', reason: 'it is damaged' }, 400, 'unsupported-picture'],
    [{ code: 'picture-too-large', reason: 'it is huge' }, 413, 'too-large'],
  ] as const)('turns the detector’s %o into %i', async (failure, status, reason) => {
    const { server, detector } = await serve();
    detector.answerWith(err(failure));
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const response = await recognize(server, url);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '3' : status === 503 ? '15' : null);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ reason });
    expect(text).not.toContain('secret detail');
  });

  test('has finished by the next ask what its caller did not wait for', async () => {
    const { server, detector } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    const release = detector.hold();
    const leaving = new AbortController();
    const call = recognize(server, url, { signal: leaving.signal });
    await expect.poll(() => detector.calls).toBe(1);
    leaving.abort();
    await expect(call).rejects.toThrow();
    const again = recognize(server, url);
    release();
    expect((await detected(await again)).faceItems).toHaveLength(2);
    await detected(await recognize(server, url));
    expect(detector.calls).toBe(1);
  });

  test('says after the time for one call that the machine had none, and when to come again', async () => {
    const { server, detector } = await serve({ timeouts: { call: 300 } });
    const { url } = await uploaded(await upload(server, await jpeg(640, 480)));
    detector.hold();
    const response = await recognize(server, url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '15']);
    expect(await errorOf(response)).toMatchObject({ reason: 'at-capacity', error: expect.stringMatching(/too much/) });
  });

  test('does not try a picture again soon that stopped the detector, and says when', async () => {
    const { server, detector } = await serve();
    detector.answerWith(err({ code: 'picture-stopped' }));
    const picture = await jpeg(640, 480);
    const { url } = await uploaded(await upload(server, picture));
    const first = await recognize(server, url);
    const again = await recognize(server, (await uploaded(await upload(server, picture))).url);
    for (const response of [first, again]) {
      expect([response.status, response.headers.get('retry-after')]).toEqual([504, '600']);
      expect(await errorOf(response)).toMatchObject({
        reason: 'picture-stopped',
        error: expect.stringMatching(/^This picture stopped the detector a moment ago\. Try again in 10 min/),
      });
    }
    expect(detector.calls).toBe(1);
    detector.answerWith(outcomeWith(1));
    await detected(await recognize(server, (await uploaded(await upload(server, await jpeg(641, 480)))).url));
  });

  test('adds score and pose for who asks, in this order, also to an answer that it remembers; else nothing', async () => {
    const { server, detector } = await serve();
    const { url } = await uploaded(await upload(server, await jpeg(400, 300)));
    const argumentsOf = async (query: string) => {
      const response = await server.call(`/engines/embedded/v1/kling/images/recognize-faces${query}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ imageReference: url }),
      });
      const { faceItems = [] } = await detected(response);
      return faceItems.map((face) => face.arguments.slice(1));
    };
    const score = { name: 'face_score', value: '0.90' };
    const pose = (roll: number) => ({ name: 'face_pose', value: `{"yaw":-12,"pitch":3,"roll":${roll}}` });
    expect(await argumentsOf('')).toEqual([[], []]);
    expect(await argumentsOf('?details=score')).toEqual([[score], [score]]);
    expect(await argumentsOf('?details=pose,%20score,colour')).toEqual([
      [score, pose(0)],
      [score, pose(1)],
    ]);
    expect(await argumentsOf('?details=')).toEqual([[], []]);
    expect(detector.calls).toBe(1);
  });
});

describe('the rest of the contract', () => {
  test('has one account, and takes any email', async () => {
    const { server } = await serve();
    const all = await server.call('/v1/kling/accounts', { headers: { authorization } });
    expect(Object.keys(accountsReply.parse(await all.json()))).toEqual(['embedded@localhost']);
    const one = await server.call('/v1/kling/accounts/a%40b.c', { headers: { authorization } });
    expect(await one.json()).toMatchObject({ email: 'embedded@localhost' });
  });

  test.each([
    ['POST', '/images/kolors'],
    ['GET', '/tasks/abc?email=x'],
    ['GET', '/assets/download?workIds=1'],
  ])('answers %s %s with a clear 501', async (method, target) => {
    const { server } = await serve();
    const response = await server.call(`/v1/kling${target}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{"prompt":"x"}' } : {}),
    });
    expect(response.status).toBe(501);
    expect((await errorOf(response)).error).toContain('not part of the embedded engine');
  });

  test('answers unknown paths with 404 and other methods with 405, as JSON', async () => {
    const { server } = await serve();
    const unknown = await server.call('/v1/kling/videos', { headers: { authorization } });
    expect(unknown.status).toBe(404);
    expect((await errorOf(unknown)).reason).toBe('not-found');
    const wrongMethod = await server.call('/v1/kling/images/recognize-faces', { headers: { authorization } });
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.headers.get('allow')).toBe('POST');
    await errorOf(wrongMethod);
  });
});
