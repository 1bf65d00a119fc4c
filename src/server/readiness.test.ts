import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { rawRequest } from '#testing/server/raw-request.ts';
import { startTestServer } from '#testing/server/test-server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve() {
  const detector = createFakeDetector();
  const server = await startTestServer({ detector });
  closing.push(() => server.close());
  const ask = async (target: string) => {
    const response = await server.call(target);
    return [response.status, await response.json()];
  };
  return { server, detector, ask };
}

describe('a balancer that asks whether the server can do its work', () => {
  test('hears yes once the detector has been ready and the data directory takes files', async () => {
    const { ask } = await serve();
    expect(await ask('/readyz')).toEqual([200, { status: 'ready', detector: 'ready', dataDirectory: 'writable' }]);
  });

  test.each(['starting', 'failing'] as const)(
    'hears no while the detector is %s, though the server lives',
    async (state) => {
      const { detector, ask } = await serve();
      detector.be(state);
      expect(await ask('/readyz')).toEqual([503, { status: 'not-ready', detector: state, dataDirectory: 'writable' }]);
      expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
      detector.be('ready');
      expect((await ask('/readyz'))[0]).toBe(200);
    },
  );

  test('hears no while the data directory takes no files, and the log says it once', async () => {
    const { server, ask } = await serve();
    const drafts = path.join(server.dataDir, 'drafts');
    await rm(drafts, { recursive: true });
    await writeFile(drafts, 'no folder any more');
    const no = [503, { status: 'not-ready', detector: 'ready', dataDirectory: 'not-writable' }];
    expect(await ask('/readyz')).toEqual(no);
    expect(await ask('/readyz')).toEqual(no);
    expect(server.log.filter((line) => line.includes('takes no files'))).toHaveLength(1);
  });

  test.each(['GET', 'HEAD', 'OPTIONS'])('may ask without a Host: %s', async (method) => {
    const { server } = await serve();
    expect((await rawRequest(server.port, `${method} /readyz HTTP/1.0\r\n\r\n`)).status).toBe(200);
  });
});
