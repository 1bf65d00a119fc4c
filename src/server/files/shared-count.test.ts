import { readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDir } from '#testing/server/test-server.ts';
import { createSharedCount } from './shared-count.ts';

let temporary: Awaited<ReturnType<typeof temporaryDir>>;
beforeEach(async () => {
  temporary = await temporaryDir();
});
afterEach(() => temporary.remove());

const count = () => createSharedCount(temporary.dir, 100);
const told = () => readdir(path.join(temporary.dir, 'replicas'));

test('replicas hear what others add, once it is much, and not what was there when they looked themselves', async () => {
  const [one, other] = [await count(), await count()];
  other.add(500);
  await other.exchange();
  await one.begin();
  expect(one.others()).toBe(0);
  other.add(99);
  await other.exchange();
  await one.exchange(true);
  expect(one.others()).toBe(0);
  other.add(1);
  await other.exchange();
  await one.exchange(true);
  expect(one.others()).toBe(100);
  other.add(-300);
  await other.exchange();
  await one.exchange(true);
  expect(one.others()).toBe(-200);
});

test('a replica that comes later is heard from its first word, one that was stopped takes its word back', async () => {
  const one = await count();
  await one.begin();
  const late = await count();
  late.add(100);
  await late.exchange();
  await one.exchange(true);
  expect(one.others()).toBe(100);
  await late.close();
  await one.exchange(true);
  expect(one.others()).toBe(0);
});

test('what a replica left behind that was killed is removed after an hour', async () => {
  const [one, killed] = [await count(), await count()];
  await killed.begin();
  const [name] = await told();
  const longAgo = Date.now() / 1000 - 2 * 60 * 60;
  await utimes(path.join(temporary.dir, 'replicas', name ?? ''), longAgo, longAgo);
  await one.begin();
  expect(await told()).not.toContain(name);
});
