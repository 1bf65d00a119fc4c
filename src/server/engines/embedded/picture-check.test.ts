import { expect, test } from 'vitest';
import type { Spooled } from '#api/files/stores.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { checkUpload } from './picture-check.ts';

const EMPTY: Spooled = {
  size: 0,
  digest: '',
  sha256: '',
  read: async () => undefined,
  open: async () => undefined,
  discard: async () => {},
};

test('a check whose caller has left before its turn is not begun', async () => {
  const bytes = await jpeg(320, 300);
  const upload = { ...EMPTY, size: bytes.byteLength, read: async () => bytes };
  const leaves = new AbortController();
  const checks = Array.from({ length: 3 }, (_, index) =>
    checkUpload(upload, 'image/jpeg', {
      caller: 'session',
      signal: index === 2 ? leaves.signal : new AbortController().signal,
    }),
  );
  leaves.abort();
  expect(await Promise.all(checks)).toEqual([
    { ok: true, value: 'jpg' },
    { ok: true, value: 'jpg' },
    { ok: false, error: { code: 'cancelled' } },
  ]);
});
