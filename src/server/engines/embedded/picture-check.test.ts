import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { jpeg } from '#testing/server/pictures.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { checkUpload } from './picture-check.ts';

test('a check whose caller has left before its turn is not begun', async () => {
  const temporary = await temporaryDir();
  const file = path.join(temporary.dir, 'picture');
  await writeFile(file, await jpeg(320, 300));
  const leaves = new AbortController();
  const checks = Array.from({ length: 3 }, (_, index) =>
    checkUpload(file, 'image/jpeg', {
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
  await temporary.remove();
});
