import { once } from 'node:events';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { jpeg } from '#testing/server/pictures.ts';
import { type ServerProcess, startServerProcess } from '#testing/server/server-process.ts';
import { startTestServer, temporaryDir } from '#testing/server/test-server.ts';

/** Whatever happens to servers and disk: an upload that was acknowledged is not lost. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const authorization = 'Bearer anyone';
const send = (url: string, bytes: Uint8Array) =>
  fetch(`${url}/v1/kling/assets/`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'image/jpeg' },
    body: new Uint8Array(bytes),
  });
const addressOf = async (response: Response) => new URL(uploadAssetReply.parse(await response.json()).url).pathname;

test('uploads outlive the sudden death of both servers on their directory', async () => {
  const temporary = await temporaryDir();
  closing.push(temporary.remove);
  const start = async (): Promise<ServerProcess> => {
    const server = await startServerProcess(temporary.dir);
    closing.push(() => server.process.kill('SIGKILL'));
    return server;
  };
  const servers = await Promise.all([start(), start()]);
  const acknowledged = new Map<string, Buffer>();
  let count = 0;
  /** Uploads one picture after the other until its server is gone. */
  const write = async ({ url }: ServerProcess) => {
    for (;;) {
      count += 1;
      const bytes = await jpeg(300 + Math.floor(count / 256), 300, count);
      const response = await send(url, bytes).catch(() => undefined);
      if (response === undefined) return;
      expect(response.status).toBe(200);
      const address = await addressOf(response).catch(() => undefined);
      if (address === undefined) return;
      acknowledged.set(address, bytes);
    }
  };
  const writing = servers.flatMap((server) => [write(server), write(server)]);
  for (const [index, server] of servers.entries()) {
    await expect.poll(() => acknowledged.size, { interval: 5 }).toBeGreaterThan(15 * (index + 1));
    server.process.kill('SIGKILL');
    await once(server.process, 'exit');
  }
  await Promise.all(writing);

  const after = await startTestServer({ dataDir: temporary.dir });
  closing.push(() => after.close());
  for (const [address, bytes] of acknowledged) {
    const kept = await after.call(address);
    expect(kept.status).toBe(200);
    expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true);
  }
  const found = await after.call('/v1/kling/images/recognize-faces', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference: `${after.url}${[...acknowledged.keys()].at(-1)}` }),
  });
  expect(recognizeFacesReply.parse(await found.json()).faceItems).toHaveLength(2);
});

test('uploads are there while the disk takes nothing more, and more come when it does again', async () => {
  const server = await startTestServer();
  closing.push(() => server.close());
  const before = await addressOf(await send(server.url, await jpeg(300, 300)));
  const drafts = path.join(server.dataDir, 'drafts');
  // For whoever runs the tests, root as well: nothing can be begun there.
  await rename(drafts, `${drafts}.aside`);
  await writeFile(drafts, '');
  const refused = await Promise.all(
    [1, 2, 3].map(async (red) => (await send(server.url, await jpeg(300, 300, red))).status),
  );
  expect(refused).toEqual([500, 500, 500]);
  expect((await server.call(before)).status).toBe(200);
  await rm(drafts);
  await rename(`${drafts}.aside`, drafts);
  const later = await addressOf(await send(server.url, await jpeg(300, 300, 7)));
  for (const address of [before, later]) expect((await server.call(address)).status).toBe(200);
  expect(await readdir(drafts)).toEqual([]);
});
