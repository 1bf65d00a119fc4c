import { randomBytes } from 'node:crypto';
import { Queue } from 'bullmq';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AskedPicture, Recognition } from '#api/embedded/recognition.ts';
import { CALLER_KINDS, type CallerKind } from '#api/engine.ts';
import { createMemoryFiles } from '#testing/api/memory-stores.ts';
import { createFakeDetector, outcomeWith } from '#testing/server/fake-detector.ts';
import { lacks } from '#testing/server/programs.ts';
import { startQueuedReplica, startWorkerOf } from '#testing/server/queued-parts.ts';
import { type RedisServer, startRedis } from '#testing/server/redis-server.ts';
import { detectionJob, lineName, queueName, readFailure, writeFailure } from './detection-job.ts';
import type { DetectionQueue } from './detection-queue.ts';
import { connectRedis } from './redis.ts';

/** What only the queue has to keep; what it has in common with one process is `recognition-contract.test.ts`. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const HEX = 'ab'.repeat(32);

test.each([
  { picture: `=${HEX}.jpg`, answer: HEX },
  { picture: `${HEX}.bin`, answer: HEX },
])('a job names a stored picture and its answer: %o', (job) => {
  expect(detectionJob.safeParse(job).success).toBe(true);
});

test.each([
  { picture: '../../etc/passwd', answer: HEX },
  { picture: `=../${HEX}.jpg`, answer: HEX },
  { picture: `@${HEX}.jpg`, answer: HEX },
  { picture: `=${HEX}.jpg`, answer: '../x' },
  { picture: `=${HEX}.jpg`, answer: HEX, pixels: 'AAAA' },
  { picture: `=${HEX}.jpg` },
  'text',
])('anything else is none: %o', (job) => {
  expect(detectionJob.safeParse(job).success).toBe(false);
});

test('failures travel as they are, and whatever else is told is a worker that went down each time', () => {
  const failure = { code: 'picture-stopped', retryAfterSeconds: 600 } as const;
  expect(readFailure(writeFailure(failure))).toEqual(failure);
  for (const text of ['job stalled more than allowable limit', '{"code":"cancelled"}', '{', '{"code":"queue-full"}']) {
    expect(readFailure(text)).toEqual({ code: 'interrupted' });
  }
});

test('a queue has another name for another version and for another secret', async () => {
  const [one, other] = [createMemoryFiles(), { digest: async () => 'f'.repeat(64) }];
  const name = await queueName('facebound-2 0123', one.digest);
  expect(name).toMatch(/^faces-facebound-2-[0-9a-f]{16}$/);
  expect(await queueName('facebound-2 0123', one.digest)).toBe(name);
  expect(await queueName('facebound-2 4567', one.digest)).not.toBe(name);
  expect(await queueName('facebound-2 0123', other.digest)).not.toBe(name);
});

describe.skipIf(lacks('redis-server'))('the queue', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis({ appendOnly: true });
  });
  afterAll(() => redis?.close());

  /** Replicas and workers by hand, on one store. */
  function cluster(url = redis.url) {
    const files = createMemoryFiles();
    const detectorVersion = `test ${randomBytes(8).toString('hex')}`;
    const parts = { url, files, detectorVersion };
    return {
      files,
      detectorVersion,
      replica: async (limit = 64, version = detectorVersion) => {
        const replica = await startQueuedReplica({ ...parts, detectorVersion: version, limit });
        closing.push(() => replica.recognition.close());
        return replica;
      },
      worker: async (version = detectorVersion) => {
        const detector = createFakeDetector();
        const worker = await startWorkerOf({ ...parts, detectorVersion: version, detector });
        closing.push(() => worker.close());
        return detector;
      },
    };
  }
  type Cluster = ReturnType<typeof cluster>;
  const waiting = async (queue: DetectionQueue) => (await queue.backlog()).waiting;
  const pictureIn = async ({ files }: Cluster, bytes = new Uint8Array(randomBytes(32))): Promise<AskedPicture> => ({
    digest: await files.digest(bytes),
    load: async () => bytes,
    key: undefined,
  });
  /** Has pictures looked at for all kinds of caller, and tells how many were answered, or refused. */
  function asking(team: Cluster, recognition: Recognition) {
    const ended: CallerKind[] = [];
    return {
      answered: (kind?: CallerKind) => ended.filter((caller) => kind === undefined || caller === kind).length,
      /** Resolves once the call is on its way. */
      ask: async (caller: CallerKind) => {
        const picture = await pictureIn(team, new Uint8Array(randomBytes(32)).fill(CALLER_KINDS.indexOf(caller), 0, 1));
        void recognition
          .recognize(picture, { caller, signal: new AbortController().signal })
          .then(() => ended.push(caller));
      },
    };
  }
  /** Whose picture `asking` sent. */
  const callerOf = (bytes: Uint8Array) => CALLER_KINDS[bytes[0] ?? 0];
  /** A detector that ends one picture after another when it is told to. */
  function steppedDetector() {
    const begun: Uint8Array[] = [];
    const running: (() => void)[] = [];
    return {
      ...createFakeDetector(),
      begun,
      /** Ends the one that was begun first. */
      endOne: () => running.shift()?.(),
      detect: async (bytes: Uint8Array) => {
        begun.push(bytes);
        await new Promise<void>((resolve) => running.push(resolve));
        return outcomeWith(1);
      },
    };
  }
  /** How many calls await something, as Redis counts them. */
  const awaiting = async ({ detectorVersion, files }: Cluster): Promise<number> => {
    const name = await queueName(detectorVersion, files.digest);
    const client = connectRedis(redis.url);
    const keys = await client.keys(`facebound-awaited:${name}-*`);
    const counts = await Promise.all(keys.map((key) => client.zcard(key)));
    client.disconnect();
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const asker = (recognition: Recognition, caller: CallerKind = 'session') => {
    const leaving = new AbortController();
    return {
      ask: (picture: AskedPicture) => recognition.recognize(picture, { caller, signal: leaving.signal }),
      leave: () => leaving.abort(),
    };
  };

  test('takes no more than its limit, strangers up to half of it, and says when to come again', async () => {
    const team = cluster();
    const { recognition, queue } = await team.replica(4);
    const ask = async (caller: CallerKind) => asker(recognition, caller).ask(await pictureIn(team));
    const strangers = [1, 2, 3].map(() => ask('strangers-bearer'));
    const full = { ok: false, error: { code: 'queue-full', retryAfterSeconds: expect.any(Number) } };
    expect(await Promise.race(strangers)).toEqual(full);
    const others = Array.from({ length: 5 }, () => ask('session'));
    const refused: unknown[] = [];
    for (const call of others) void call.then((outcome) => outcome.ok || refused.push(outcome));
    await expect.poll(() => refused).toHaveLength(3);
    expect(refused).toEqual([full, full, full]);
    expect(await waiting(queue)).toBe(4);
    await team.worker();
    expect((await Promise.all([...strangers, ...others])).filter(({ ok }) => ok)).toHaveLength(4);
  });

  test('keeps room for programs beyond strangers, and for people beyond programs', async () => {
    const team = cluster();
    const { recognition, queue } = await team.replica(4);
    const { answered, ask } = asking(team, recognition);
    for (const [caller, refused, waits] of [
      ['strangers-bearer', 2, 2],
      ['configured-bearer', 3, 3],
      ['session', 3, 4],
    ] as const) {
      await Promise.all(Array.from({ length: 4 }, () => ask(caller)));
      await expect.poll(() => answered(caller)).toBe(refused);
      expect(await waiting(queue)).toBe(waits);
    }
    await team.worker();
    await expect.poll(() => answered()).toBe(12);
  });

  test('gives each kind of caller its turns: a flood of strangers is not in front of anybody else', async () => {
    const team = cluster();
    const { recognition, queue } = await team.replica();
    const { answered, ask } = asking(team, recognition);
    const detector = steppedDetector();
    const worker = await startWorkerOf({ url: redis.url, ...team, detector });
    closing.push(() => worker.close());
    for (let count = 0; count < 12; count += 1) await ask('strangers-bearer');
    // All places but the one that is never a stranger's.
    await expect.poll(() => detector.begun).toHaveLength(2);
    await expect.poll(() => waiting(queue)).toBe(10);
    for (let count = 0; count < 3; count += 1) {
      await ask('session');
      await ask('configured-bearer');
    }
    await expect.poll(() => detector.begun).toHaveLength(3);
    const endUntil = (count: () => number, many: number) =>
      expect
        .poll(() => {
          detector.endOne();
          return count();
        })
        .toBe(many);
    await endUntil(() => answered('session') + answered('configured-bearer'), 6);
    const order = detector.begun.map((bytes) => callerOf(bytes));
    const last = order.findLastIndex((caller) => caller !== 'strangers-bearer');
    expect(order.slice(0, last).filter((caller) => caller === 'strangers-bearer').length).toBeLessThanOrEqual(8);
    await endUntil(() => answered(), 18);
  });

  test('has a picture that a worker has for one kind of caller looked at once for the others', async () => {
    const team = cluster();
    const { recognition } = await team.replica();
    const detectors = [await team.worker(), await team.worker()];
    const releases = detectors.map((detector) => detector.hold());
    const picture = await pictureIn(team);
    const calls = [asker(recognition, 'strangers-bearer').ask(picture)];
    const begun = () => detectors.reduce((sum, { calls: count }) => sum + count, 0);
    await expect.poll(begun).toBe(1);
    calls.push(asker(recognition).ask(picture), asker(recognition, 'configured-bearer').ask(picture));
    await expect.poll(() => awaiting(team)).toBe(3);
    for (const release of releases) release();
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(begun()).toBe(1);
  });

  test('has equal pictures of two replicas once, and keeps them while one of them waits', async () => {
    const team = cluster();
    const [one, other] = [await team.replica(), await team.replica()];
    const bytes = new Uint8Array(randomBytes(32));
    const [first, second] = [asker(one.recognition), asker(other.recognition)];
    const left = first.ask(await pictureIn(team, bytes));
    await expect.poll(() => waiting(one.queue)).toBe(1);
    const stays = second.ask(await pictureIn(team, bytes));
    await expect.poll(() => awaiting(team)).toBe(2);
    first.leave();
    expect(await left).toMatchObject({ error: { code: 'cancelled' } });
    await expect.poll(() => awaiting(team)).toBe(1);
    expect(await waiting(other.queue)).toBe(1);
    second.leave();
    expect(await stays).toMatchObject({ error: { code: 'cancelled' } });
    await expect.poll(() => waiting(other.queue)).toBe(0);
    await expect.poll(() => team.files.kept()).toEqual([]);
  });

  test('keeps two versions of the detector apart on one Redis', async () => {
    const team = cluster();
    const [older, newer] = [team.detectorVersion, `${team.detectorVersion}-next`];
    const [one, other] = [await team.replica(64, older), await team.replica(64, newer)];
    const detectors = [await team.worker(older), await team.worker(newer)];
    const picture = await pictureIn(team);
    const answers = [await asker(one.recognition).ask(picture), await asker(other.recognition).ask(picture)];
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
    expect(detectors.map(({ calls }) => calls)).toEqual([1, 1]);
  });

  test('that forgot everything is told again what is awaited', async () => {
    const own = await startRedis();
    closing.push(own.close);
    const team = cluster(own.url);
    const { recognition, queue } = await team.replica();
    const call = asker(recognition).ask(await pictureIn(team));
    await expect.poll(() => waiting(queue)).toBe(1);
    await own.restart();
    await team.worker();
    expect((await call).ok).toBe(true);
  });

  test('that is away is told within seconds, and then at once; when it is back, all goes on', async () => {
    const own = await startRedis({ appendOnly: true });
    closing.push(own.close);
    const team = cluster(own.url);
    const { recognition, queue } = await team.replica();
    await queue.tryReaching();
    await own.kill();
    const away = { name: 'AwayError', what: 'queue' };
    await expect(asker(recognition).ask(await pictureIn(team))).rejects.toMatchObject(away);
    await expect(queue.tryReaching()).rejects.toMatchObject(away);
    await own.restart();
    await team.worker();
    await expect
      .poll(
        async () =>
          (
            await asker(recognition)
              .ask(await pictureIn(team))
              .catch(() => undefined)
          )?.ok,
      )
      .toBe(true);
  });

  test('is read as a stranger’s: what is no job of ours is refused, and writes nothing', async () => {
    const team = cluster();
    const detector = await team.worker();
    const name = await queueName(team.detectorVersion, team.files.digest);
    const connection = connectRedis(redis.url, { waits: true });
    const queue = new Queue(lineName(name, 'session'), { connection, prefix: 'facebound' });
    closing.push(async () => {
      await queue.close();
      connection.disconnect();
    });
    const lent = await team.files.put(new Uint8Array(8), 'bin', HEX);
    expect(lent.ok).toBe(true);
    const answer = 'cd'.repeat(32);
    await queue.add('detect', { picture: '/etc/passwd', answer }, { jobId: answer });
    await queue.add('detect', { picture: `=${HEX}.jpg`, answer: HEX }, { jobId: 'another' });
    // Of another content than its answer's name is about.
    await queue.add('detect', { picture: `${HEX}.bin`, answer: HEX }, { jobId: HEX });
    await expect.poll(() => queue.getFailedCount()).toBe(3);
    for (const { failedReason } of await queue.getFailed())
      expect(readFailure(failedReason)).toEqual({ code: 'file-gone' });
    expect(detector.calls).toBe(0);
    await expect.poll(() => team.files.kept()).toEqual([]);
  });

  test('has a worker whose detector cannot start leave the pictures to the others', async () => {
    const team = cluster();
    const { recognition } = await team.replica();
    const broken = await team.worker();
    broken.be('failing');
    broken.answerWith({ ok: false, error: { code: 'detector-failed', reason: 'no network file' } });
    const call = asker(recognition).ask(await pictureIn(team));
    await expect.poll(() => broken.calls).toBe(1);
    await team.worker();
    expect((await call).ok).toBe(true);
    expect(broken.calls).toBe(1);
  });
});
