import { readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PAID_ONCE_HEADER } from '#contract/routes.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { startTestServer, temporaryDir } from '#testing/server/test-server.ts';
import { createPaidOnce } from './paid-once.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A data directory that goes with the test. */
async function folder(): Promise<string> {
  const { dir, remove } = await temporaryDir();
  closing.push(remove);
  return dir;
}

const ID = 'a'.repeat(32);

describe('ids of paid requests', () => {
  test('are claimed once, also by the next process and by two at a time', async () => {
    const dataDir = await folder();
    const once = await createPaidOnce({ dataDir });
    expect(await once.claim(ID)).toBe(true);
    expect(await once.claim(ID)).toBe(false);
    expect(await (await createPaidOnce({ dataDir })).claim(ID)).toBe(false);
    const two = await Promise.all([once.claim('b'.repeat(32)), once.claim('b'.repeat(32))]);
    expect(two.toSorted()).toEqual([false, true]);
  });

  test('that are none of ours claim nothing and name no file', async () => {
    const dataDir = await folder();
    const once = await createPaidOnce({ dataDir });
    for (const id of [undefined, '', '../secret', `${'a'.repeat(31)}/`, 'A'.repeat(32)]) {
      expect([await once.claim(id), await once.claim(id)]).toEqual([true, true]);
    }
    expect(await readdir(path.join(dataDir, 'paid'))).toEqual([]);
  });

  test('are forgotten a day later', async () => {
    const dataDir = await folder();
    await (await createPaidOnce({ dataDir })).claim(ID);
    const before = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes(path.join(dataDir, 'paid', ID), before, before);
    await createPaidOnce({ dataDir });
    expect(await readdir(path.join(dataDir, 'paid'))).toEqual([]);
  });
});

test('a request that comes again after the server died is not paid again', async () => {
  const vendor = await startFakeVendor();
  closing.push(() => vendor.close());
  const dataDir = await folder();
  const pay = async () => {
    const server = await startTestServer({ env: { USEAPI_BASE_URL: vendor.baseUrl }, dataDir });
    try {
      const response = await server.call('/engines/kling/v1/kling/images/kolors', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${vendor.token}`,
          'content-type': 'application/json',
          [PAID_ONCE_HEADER]: ID,
        },
        body: JSON.stringify({ prompt: 'A lighthouse keeper' }),
      });
      return response.status;
    } finally {
      await server.close();
    }
  };
  expect([await pay(), await pay()]).toEqual([200, 504]);
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});
