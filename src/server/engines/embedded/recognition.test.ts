import { afterEach, expect, test } from 'vitest';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createFileStore } from '../../files/file-store.ts';
import { createRecognition } from './recognition.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function recognitionOf(detector: ReturnType<typeof createFakeDetector>) {
  const temporary = await temporaryDir();
  closing.push(temporary.remove);
  const files = await createFileStore({ dataDir: temporary.dir, secret: Buffer.alloc(32), maxBytes: 1e9 });
  closing.push(() => files.close());
  return createRecognition({ detector, files, detectorVersion: 'test' });
}

test('pictures of more than 256 MB in all do not wait at once; those that are done make room', async () => {
  const detector = createFakeDetector();
  const release = detector.hold();
  const recognition = await recognitionOf(detector);
  const { signal } = new AbortController();
  // Never written to, so that they take no memory.
  const ask = (name: string, megabytes: number) =>
    recognition.recognize(name, async () => new Uint8Array(megabytes * 1024 * 1024), signal);
  const first = ask('first', 200);
  await expect.poll(() => detector.calls).toBe(1);
  expect(await ask('too much', 57)).toEqual({ ok: false, error: { code: 'queue-full', retryAfterSeconds: 5 } });
  const second = ask('second', 56);
  await expect.poll(() => detector.calls).toBe(2);
  release();
  expect([(await first).ok, (await second).ok]).toEqual([true, true]);
  expect((await ask('third', 200)).ok).toBe(true);
});
