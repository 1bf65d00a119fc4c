import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { err } from '#shared/result.ts';
import { ended, startCommand } from '#testing/cli/command.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { createFakeDetector, outcomeWith } from '#testing/server/fake-detector.ts';
import { startTestServer } from '#testing/server/test-server.ts';
import { serverFinder } from './finders/server.ts';

const ACCESS_KEY = 'a long phrase of our own';
const TOKEN = 'token-of-a-program';

describe('the command line against a running server', { timeout: 60_000 }, () => {
  const closing: (() => Promise<void>)[] = [];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'facebound-cli-'));
    await mkdir(path.join(folder, 'photos'));
    const drawn = sharp({ create: { width: 640, height: 480, channels: 3, background: '#567' } });
    // As a phone writes it: stored lying, with a place.
    const phone = drawn
      .clone()
      .rotate(270)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' } });
    await phone.toFile(path.join(folder, 'photos/phone.jpg'));
    await drawn.clone().webp().toFile(path.join(folder, 'photos/web.webp'));
    await drawn.clone().resize(64, 48).png().toFile(path.join(folder, 'small.png'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function serve(options: Parameters<typeof startTestServer>[0] = {}) {
    const server = await startTestServer(options);
    closing.push(server.close);
    return server;
  }
  const run = (args: readonly string[], more: { env?: Readonly<Record<string, string>>; input?: string } = {}) =>
    ended(startCommand(args, { cwd: folder, buildDir: path.join(folder, 'nothing-built'), ...more }));

  test('sends pictures as the page does: upright, in a form that it takes, without the place', async () => {
    const server = await serve();
    const { code, out, error } = await run(['photos', '--json', '--server', server.url]);
    expect(error).not.toContain('cannot');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      pictures: [
        { name: 'photos/phone.jpg', width: 640, height: 480, faces: { length: 2 } },
        { name: 'photos/web.webp', width: 640, height: 480, faces: [{ x: 10, y: 20, score: 0.9 }, { x: 50 }] },
      ],
    });
    const uploads = path.join(server.dataDir, 'uploads');
    const stored = await Promise.all(
      (await readdir(uploads)).map((name) => sharp(path.join(uploads, name)).metadata()),
    );
    expect(stored.map(({ width, height, exif }) => ({ width, height, exif }))).toEqual([
      { width: 640, height: 480, exif: undefined },
      { width: 640, height: 480, exif: undefined },
    ]);
  });

  test('a server with an access key takes its token from a variable or from standard input, and nothing repeats it', async () => {
    const server = await serve({ env: { FACEBOUND_ACCESS_KEY: ACCESS_KEY, FACEBOUND_EMBEDDED_TOKEN: TOKEN } });
    const at = ['photos/web.webp', '--server', server.url];
    const byVariable = await run([...at, '--token-env', 'MY_TOKEN'], { env: { MY_TOKEN: TOKEN } });
    expect(byVariable.code).toBe(0);
    expect((await run([...at, '--token-stdin'], { input: `${TOKEN}\n` })).code).toBe(0);

    const without = await run(at);
    expect(without.code).toBe(4);
    expect(without.error).toMatch(/wants a token: --token-env/);
    const wrong = await run([...at, '--token-env', 'MY_TOKEN'], { env: { MY_TOKEN: 'wrong-token' } });
    expect(wrong.code).toBe(4);
    expect(wrong.error).toMatch(/does not take this token/);
    expect((await run([...at, '--token-env', 'NOT_SET'])).code).toBe(2);
    for (const { out, error } of [byVariable, without, wrong])
      expect(out + error).not.toMatch(/token-of-a-program|wrong-token/);
  });

  test('asks Kling with its own token, about the account that was named', async () => {
    const vendor = await startFakeVendor();
    closing.push(vendor.close);
    const server = await serve({ env: { USEAPI_BASE_URL: vendor.baseUrl, FACEBOUND_LINK_HOSTS: vendor.host } });
    const { code, out } = await run(
      [
        'photos/web.webp',
        '--json',
        '--server',
        server.url,
        '--engine',
        'kling',
        '--account',
        'kling@example.com',
        '--token-env',
        'KLING',
      ],
      { env: { KLING: vendor.token } },
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ engine: 'kling', pictures: [{ faces: { length: 2 } }] });
    expect(vendor.calls.map(({ operation }) => operation)).toEqual(['assets', 'recognize']);
    expect(vendor.calls[0]?.target).toContain('email=kling%40example.com');
  });

  test('what a server does not take is said of that picture alone', async () => {
    const server = await serve();
    const { code, error, out } = await run(['small.png', 'photos/web.webp', '--server', server.url]);
    expect(error).toMatch(/^small\.png has 64 by 48 pixels, and a server takes none under 300 on a side\.$/m);
    expect(out).toContain('1 picture, 2 faces; 1 picture could not be looked at');
    expect(code).toBe(3);
  });

  test('waits as long as a busy server asks, says so, and goes on', async () => {
    const detector = createFakeDetector();
    detector.answerWith(err({ code: 'queue-full', retryAfterSeconds: 1 }));
    const server = await serve({ detector });
    const waits: string[] = [];
    const never = new AbortController().signal;
    const finder = await serverFinder(
      {
        server: server.url,
        engine: 'embedded',
        token: undefined,
        account: undefined,
        onWait: (sentence) => {
          waits.push(sentence);
          detector.answerWith(outcomeWith(3));
        },
      },
      never,
    );
    if (!finder.ok) throw new Error(finder.error);
    const found = await finder.value.find(new Uint8Array(await readFile(path.join(folder, 'photos/web.webp'))), never);
    expect(found.ok ? found.value.detection.faces : found.error).toHaveLength(3);
    expect(waits).toEqual([`${server.url} asks to wait 1 s (busy)`]);
  });

  test('a server that goes away for good ends the run, and nothing is written', async () => {
    const detector = createFakeDetector();
    const server = await serve({ detector });
    const never = new AbortController().signal;
    const finder = await serverFinder(
      {
        server: server.url,
        engine: 'embedded',
        token: undefined,
        account: undefined,
        onWait: () => {},
        patience: { busyMs: 0, awayMs: 0 },
      },
      never,
    );
    if (!finder.ok) throw new Error(finder.error);
    await server.close();
    const found = await finder.value.find(new Uint8Array(await readFile(path.join(folder, 'photos/web.webp'))), never);
    expect(found).toMatchObject({ ok: false, error: { kind: 'nobody-there' } });
  });

  test('what is no Facebound is told from one, and gets no token', async () => {
    const vendor = await startFakeVendor();
    closing.push(vendor.close);
    const { code, error } = await run(
      ['photos', '--server', new URL(vendor.baseUrl).origin, '--token-env', 'MY_TOKEN'],
      { env: { MY_TOKEN: TOKEN } },
    );
    expect(code).toBe(4);
    expect(error).toMatch(/does not say that it is a Facebound/);
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('a truth saved beside the pictures is not written over', async () => {
    const truth = path.join(folder, 'truth.csv');
    await writeFile(truth, 'picture,x,y,width,height\nweb.webp,10,20,30,36\n');
    const { code, error } = await run(['photos', '--truth', 'truth.csv', '--csv', './truth.csv']);
    expect(code).toBe(2);
    expect(error).toMatch(/nothing is written over it/);
  });
});
