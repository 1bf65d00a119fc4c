import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PAGE_ENTRY_HEADER } from '#contract/routes.ts';
import { startTestServer, temporaryDir } from '#testing/server/test-server.ts';

test('every answer of ours says which script the page begins with, so that an open page knows another version', async () => {
  const { dir, remove } = await temporaryDir();
  await mkdir(path.join(dir, 'assets'));
  await writeFile(path.join(dir, 'assets/index-AbCd1234.js'), 'code');
  await writeFile(
    path.join(dir, 'index.html'),
    '<script>1</script><script type="module" crossorigin src="/assets/index-AbCd1234.js" nonce="x"></script>',
  );
  const server = await startTestServer({ pageDir: dir });
  for (const target of ['/', '/app/config', '/v1/kling/accounts', '/nowhere']) {
    expect((await server.call(target)).headers.get(PAGE_ENTRY_HEADER)).toBe('/assets/index-AbCd1234.js');
  }
  await server.close();
  await remove();
});

test('a server without a built page says nothing of one', async () => {
  const server = await startTestServer();
  expect((await server.call('/app/config')).headers.has(PAGE_ENTRY_HEADER)).toBe(false);
  await server.close();
});
