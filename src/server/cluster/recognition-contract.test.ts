import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskedPicture, Recognition } from '#api/embedded/recognition.ts';
import { createLocalRecognition } from '#api/embedded/recognition.ts';
import { createStoppedPictures } from '#api/embedded/stopped-pictures.ts';
import { CALLER_KINDS, type CallerKind } from '#api/engine.ts';
import { newUploadName } from '#api/files/stored-name.ts';
import { createFileStore, type DiskFileStore } from '#server/files/file-store.ts';
import { err } from '#shared/result.ts';
import { createFakeDetector, type FakeDetector, outcomeWith } from '#testing/server/fake-detector.ts';
import { lacks } from '#testing/server/programs.ts';
import { startQueuedReplica, startWorkerOf } from '#testing/server/queued-parts.ts';
import { type RedisServer, startRedis } from '#testing/server/redis-server.ts';
import { temporaryDir } from '#testing/server/test-server.ts';

/** One suite for both: whoever asks for faces must not be able to tell whether this process detects or a worker does. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Setup = { readonly recognition: Recognition; readonly detector: FakeDetector };
type Start = (open: () => Promise<DiskFileStore>) => Promise<Setup>;

const local: Start = async (open) => {
  const detector = createFakeDetector();
  const recognition = createLocalRecognition({
    detector,
    files: await open(),
    stopped: createStoppedPictures(),
    detectorVersion: 'test',
  });
  closing.push(() => recognition.close());
  return { recognition, detector };
};

let redis: RedisServer;
/** Replica and worker have a store each on one folder, as in two processes. */
const queued: Start = async (open) => {
  const detector = createFakeDetector();
  const parts = { url: redis.url, detectorVersion: `test ${randomBytes(8).toString('hex')}` };
  const worker = await startWorkerOf({ ...parts, detector, files: await open() });
  closing.push(() => worker.close());
  const { recognition } = await startQueuedReplica({ ...parts, files: await open() });
  closing.push(() => recognition.close());
  return { recognition, detector };
};

const isWithoutRedis = lacks('redis-server');
beforeAll(async () => {
  if (!isWithoutRedis) redis = await startRedis();
});
afterAll(() => redis?.close());

describe.each([
  ['in this process', local],
  ['by workers behind a queue', queued],
] as const)('faces that are found %s', (where, start) => {
  describe.skipIf(where !== 'in this process' && isWithoutRedis)('as the contract of recognition has it', () => {
    async function setUp() {
      const temporary = await temporaryDir();
      closing.push(temporary.remove);
      const open = async () => {
        const files = await createFileStore({ dataDir: temporary.dir, secret: Buffer.alloc(32, 7), maxBytes: 1e8 });
        closing.push(() => files.close());
        return files;
      };
      const files = await open();
      const { recognition, detector } = await start(open);
      const signal = new AbortController().signal;
      /** What `read` has of each picture, in that order. */
      const upload = async (bytes: Uint8Array): Promise<AskedPicture> => {
        const spooled = await files.spool(new Blob([new Uint8Array(bytes)]).stream());
        if (!spooled.ok) throw new Error(spooled.error);
        const name = newUploadName('jpg');
        await files.keepUpload(spooled.value, name);
        const picture = await files.use(name);
        if (picture === undefined) throw new Error('The upload is not there');
        return picture;
      };
      const link = async (bytes: Uint8Array): Promise<AskedPicture> => ({
        digest: await files.digest(bytes),
        load: async () => bytes,
        key: undefined,
      });
      const ask = (picture: AskedPicture, caller: CallerKind = 'session') =>
        recognition.recognize(picture, { caller, signal });
      const kept = async () => (await readdir(path.join(temporary.dir, 'files'))).toSorted();
      return { dir: temporary.dir, files, recognition, detector, upload, link, ask, kept };
    }
    const picture = () => new Uint8Array(randomBytes(64));

    test('an answer and its crops are in the store, and are not worked out twice', async () => {
      const { upload, ask, detector, kept } = await setUp();
      const asked = await upload(picture());
      const found = await ask(asked);
      if (!found.ok) throw new Error(found.error.code);
      expect(found.value.detection).toMatchObject({ width: 640, height: 480, faces: [{ score: 0.9 }, { score: 0.9 }] });
      expect([...new Set(found.value.files)].toSorted()).toEqual(await kept());
      expect(await ask(asked)).toEqual(found);
      expect(detector.calls).toBe(1);
    });

    test('equal pictures that come at once are detected once, whoever asks', async () => {
      const { upload, ask, detector } = await setUp();
      const bytes = picture();
      const release = detector.hold();
      const asked = await Promise.all([upload(bytes), upload(bytes)]);
      const calls = CALLER_KINDS.flatMap((caller) => asked.map((one) => ask(one, caller)));
      await expect.poll(() => detector.calls).toBe(1);
      release();
      const [first, ...others] = await Promise.all(calls);
      expect(first?.ok).toBe(true);
      for (const other of others) expect(other).toEqual(first);
      expect(detector.calls).toBe(1);
    });

    test('a picture behind a link is looked at, and no copy of it stays', async () => {
      const { link, ask, detector, kept } = await setUp();
      const found = await ask(await link(picture()));
      if (!found.ok) throw new Error(found.error.code);
      expect(detector.calls).toBe(1);
      await expect.poll(kept).toEqual([...new Set(found.value.files)].toSorted());
    });

    test('a failure is told as such, and no longer than for a few seconds', async () => {
      const { link, ask, detector, kept } = await setUp();
      const failures = [
        { code: 'unreadable-picture', reason: 'it is cut off' },
        { code: 'picture-too-large', reason: 'it has 300 megapixels' },
        { code: 'picture-unsafe', reason: 'it has 900 scans' },
        { code: 'detector-failed', reason: 'no memory' },
        { code: 'interrupted' },
      ] as const;
      const asked = await Promise.all(failures.map(() => link(picture())));
      for (const [index, failure] of failures.entries()) {
        detector.answerWith(err(failure));
        const one = asked[index];
        expect(one && (await ask(one))).toEqual({ ok: false, error: failure });
      }
      await expect.poll(kept).toEqual([]);
      detector.answerWith(outcomeWith(1));
      await Promise.all(asked.map((one) => expect.poll(async () => (await ask(one)).ok, { interval: 500 }).toBe(true)));
    });

    test('a picture that stopped the detector is not tried again for ten minutes', async () => {
      const { upload, ask, detector } = await setUp();
      detector.answerWith(err({ code: 'picture-stopped' }));
      const asked = await upload(picture());
      expect(await ask(asked)).toEqual({ ok: false, error: { code: 'picture-stopped', retryAfterSeconds: 600 } });
      expect(await ask(asked)).toMatchObject({ ok: false, error: { code: 'picture-stopped' } });
      expect(detector.calls).toBe(1);
    });

    test('a picture that went away meanwhile is told as gone', async () => {
      const { dir, upload, ask, detector } = await setUp();
      const asked = await upload(picture());
      for (const name of await readdir(path.join(dir, 'uploads'))) await rm(path.join(dir, 'uploads', name));
      expect(await ask(asked)).toEqual({ ok: false, error: { code: 'file-gone' } });
      expect(detector.calls).toBe(0);
    });

    test('an answer whose crops are gone is worked out again', async () => {
      const { dir, upload, ask, detector } = await setUp();
      const asked = await upload(picture());
      const found = await ask(asked);
      if (!found.ok) throw new Error(found.error.code);
      await rm(path.join(dir, 'files', found.value.detection.faces[0]?.crop ?? ''));
      expect(await ask(asked)).toEqual(found);
      expect(detector.calls).toBe(2);
    });

    test('what the detector has is finished when its caller leaves, belongs to them, and is there for whoever asks next', async () => {
      const { upload, recognition, ask, detector } = await setUp();
      const release = detector.hold();
      const asked = await upload(picture());
      const leaving = new AbortController();
      const noted: string[] = [];
      const left = recognition.recognize(asked, {
        caller: 'session',
        signal: leaving.signal,
        keep: async (names) => void noted.push(...names),
      });
      await expect.poll(() => detector.calls).toBe(1);
      leaving.abort();
      expect(await left).toEqual({ ok: false, error: { code: 'cancelled' } });
      release();
      await expect.poll(() => noted).not.toEqual([]);
      const found = await ask(asked);
      expect(found).toMatchObject({ ok: true, value: { files: noted } });
      expect(detector.calls).toBe(1);
    });

    test('a picture whose caller leaves while it waits is not looked at', async () => {
      const { upload, link, recognition, ask, detector, kept } = await setUp();
      const release = detector.hold();
      const before = await Promise.all([1, 2, 3].map(async () => ask(await upload(picture()))).map((call) => [call]));
      await expect.poll(() => detector.calls).toBe(3);
      const leaving = new AbortController();
      const left = recognition.recognize(await link(picture()), { caller: 'session', signal: leaving.signal });
      leaving.abort();
      expect(await left).toEqual({ ok: false, error: { code: 'cancelled' } });
      release();
      for (const [call] of before) expect((await call)?.ok).toBe(true);
      expect((await ask(await upload(picture()))).ok).toBe(true);
      expect(detector.calls).toBe(4);
      await expect.poll(async () => (await kept()).filter((name) => name.endsWith('.bin'))).toEqual([]);
    });

    test('what waits is given back when the server is about to stop, and so is what comes then', async () => {
      const { upload, recognition, ask, detector } = await setUp();
      const release = detector.hold();
      const pictures = await Promise.all([1, 2, 3, 4].map(() => upload(picture())));
      const calls = pictures.map((one) => ask(one));
      await expect.poll(() => detector.calls).toBe(3);
      recognition.drain();
      const restarting = { ok: false, error: { code: 'restarting' } };
      expect(await Promise.race(calls)).toEqual(restarting);
      expect(await ask(await upload(picture()))).toEqual(restarting);
      release();
      await Promise.all(calls);
    });
  });
});
