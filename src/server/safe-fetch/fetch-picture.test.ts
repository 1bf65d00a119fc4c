import { readdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { startNameServer } from '#testing/server/name-server.ts';
import { jpeg, png } from '#testing/server/pictures.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';
import { createFileStore, type FileStore } from '../files/file-store.ts';
import { createLinkFetcher, type LinkLimits } from './fetch-picture.ts';
import { type Lookup, NameLookupError } from './name-lookup.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function serve(listener: RequestListener) {
  const host = await startWebHost(listener);
  closing.push(() => host.close());
  return host;
}

let temporary: Awaited<ReturnType<typeof temporaryDir>>;
let store: FileStore;
beforeAll(async () => {
  temporary = await temporaryDir();
  store = await createFileStore({ dataDir: temporary.dir, secret: Buffer.alloc(32), maxBytes: 1e9 });
});
afterEach(async () => {
  await expect.poll(() => readdir(path.join(temporary.dir, 'drafts'))).toEqual([]);
});
afterAll(async () => {
  store.close();
  await temporary.remove();
});

function fetcher(
  options: {
    allow?: readonly string[];
    limits?: Partial<LinkLimits>;
    lookup?: Lookup;
    systemLookup?: Lookup;
    nameServers?: readonly string[];
  } = {},
) {
  const links = createLinkFetcher({
    linkHosts: (options.allow ?? []).map((entry) => {
      const [hostname = '', port] = entry.split(':');
      return { hostname, port };
    }),
    userAgent: 'test',
    spool: store.spool,
    limits: { timeoutMs: 5_000, ...options.limits },
    nameServers: options.nameServers,
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    ...(options.systemLookup === undefined ? {} : { systemLookup: options.systemLookup }),
  });
  closing.push(() => links.close());
  /** Fetches a picture and lets go of it; `bytes` is what it was. */
  return async (link: string, signal = new AbortController().signal) => {
    const fetched = await links.fetchPicture(link, { caller: 'session', signal });
    if (!fetched.ok) return fetched;
    const { read, open: _, release, ...about } = fetched.value;
    const bytes = (await read()) ?? new Uint8Array();
    await release();
    return ok({ ...about, bytes });
  };
}

describe('a link', () => {
  test('gives the picture and its type by its bytes, and tells the host nothing about us', async () => {
    const picture = await png(40, 30);
    const seen: Record<string, unknown>[] = [];
    const host = await serve((request, response) => {
      seen.push(request.headers);
      response.setHeader('content-type', 'text/html').end(picture);
    });
    const result = await fetcher({ allow: [host.host] })(`http://${host.host}/a.png#fragment`);
    expect(result).toMatchObject({ ok: true, value: { type: 'image/png' } });
    expect(result.ok && Buffer.from(result.value.bytes).equals(picture)).toBe(true);
    expect(Object.keys(seen[0] ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  test.each([
    'ftp://example.com/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'javascript:alert(1)',
    'http://user:password@example.com/a.png',
  ])('to %j is refused before anything is opened', async (link) => {
    const result = await fetcher({ lookup: () => Promise.reject(new Error('must not be asked')) })(link);
    expect(result).toMatchObject({ ok: false, error: { code: 'link-forbidden' } });
  });

  test.each(['/relative.png', 'http://', ''])('that is no address, %j, leads nowhere', async (link) => {
    const result = await fetcher({ lookup: () => Promise.reject(new Error('must not be asked')) })(link);
    expect(result).toMatchObject({ ok: false, error: { code: 'link-unreachable' } });
  });

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://anything.localhost/',
    'http://①②⑦.⓪.⓪.①/',
  ])('to a private address written as %s is refused', async (link) => {
    expect(await fetcher()(link)).toMatchObject({ ok: false, error: { code: 'link-forbidden' } });
  });

  test('whose name resolves to a private address is refused, and nothing is connected', async () => {
    let connections = 0;
    const trap = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => trap.close(resolve)));
    const address = trap.address();
    const port = typeof address === 'object' ? address?.port : 0;
    for (const answers of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1'], []]) {
      const lookup: Lookup = async () => answers.map((ip) => ({ address: ip, family: ip.includes(':') ? 6 : 4 }));
      const result = await fetcher({ lookup })(`http://pictures.example:${port}/a.png`);
      expect(result).toMatchObject({ ok: false, error: { code: 'link-forbidden' } });
    }
    expect(connections).toBe(0);
  });

  test('may use a private host that is listed, with its port only, and the system resolves its name', async () => {
    const picture = await jpeg(40, 30);
    const host = await serve((_, response) => response.end(picture));
    const privately: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    const link = `http://pictures.lan:${host.port}/`;
    const asked = (allow: string) =>
      fetcher({
        allow: [allow],
        systemLookup: privately,
        lookup: () => Promise.reject(new Error('must not be asked')),
      });
    expect((await asked('pictures.lan')(link)).ok).toBe(true);
    expect((await asked(`pictures.lan:${host.port}`)(link)).ok).toBe(true);
    expect(await fetcher({ allow: ['pictures.lan:1'], lookup: privately })(link)).toMatchObject({
      ok: false,
      error: { code: 'link-forbidden' },
    });
  });

  test('is resolved by the name servers, whose private answers are refused', async () => {
    const names = await startNameServer((name) => (name === 'inside.example' ? ['10.0.0.1'] : 'unknown'));
    closing.push(() => names.close());
    const get = fetcher({ nameServers: [names.address] });
    expect(await get('http://inside.example/')).toMatchObject({ ok: false, error: { code: 'link-forbidden' } });
    expect(await get('http://nowhere.example/')).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: 'its host name was not found' },
    });
  });

  test('with names that nobody answers for keeps no other waiting, however many there are', async () => {
    const picture = await jpeg(40, 30);
    const host = await serve((_, response) => response.end(picture));
    const names = await startNameServer(() => 'silent');
    closing.push(() => names.close());
    const get = fetcher({
      allow: [`localhost:${host.port}`],
      nameServers: [names.address],
      limits: { lookupTimeoutMs: 600_000 },
    });
    const leaving = Array.from({ length: 40 }, () => new AbortController());
    const dead = leaving.map(({ signal }, index) => get(`http://dead${index}.example/`, signal));
    await expect.poll(() => new Set(names.questions).size).toBe(80);
    expect((await get(`http://localhost:${host.port}/`)).ok).toBe(true);
    for (const caller of leaving) caller.abort();
    for (const result of await Promise.all(dead)) expect(result).toEqual({ ok: false, error: { code: 'cancelled' } });
    const shortOfTime = fetcher({ nameServers: [names.address], limits: { lookupTimeoutMs: 50 } });
    expect(await shortOfTime('http://dead.example/')).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: 'its host name was not resolved in time' },
    });
  });

  test('is checked at every redirect', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const outside = await serve((_, response) => response.writeHead(302, { location: `http://${inside.host}/` }).end());
    const result = await fetcher({ allow: [outside.host] })(`http://${outside.host}/`);
    expect(result).toMatchObject({ ok: false, error: { code: 'link-forbidden' } });
  });

  test.each(['file:///etc/passwd', 'http://user:pw@example.com/', 'gopher://127.0.0.1/'])(
    'that redirects to %s is refused',
    async (location) => {
      const host = await serve((_, response) => response.writeHead(301, { location }).end());
      expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`)).toMatchObject({
        ok: false,
        error: { code: 'link-forbidden' },
      });
    },
  );

  test.each([301, 302, 303, 307, 308])('follows the redirect %i', async (status) => {
    const picture = await jpeg(40, 30);
    const host = await serve((request, response) => {
      if (request.url === '/there') response.end(picture);
      else response.writeHead(status, { location: '/there' }).end();
    });
    expect((await fetcher({ allow: [host.host] })(`http://${host.host}/`)).ok).toBe(true);
  });

  test('follows redirects, relative ones too, but not for ever', async () => {
    const picture = await jpeg(40, 30);
    const host = await serve((request, response) => {
      const hops = Number(new URL(request.url ?? '', 'http://x').searchParams.get('hops'));
      if (hops === 0) response.end(picture);
      else response.writeHead(307, { location: `?hops=${hops - 1}` }).end();
    });
    const get = fetcher({ allow: [host.host], limits: { maxRedirects: 3 } });
    expect((await get(`http://${host.host}/?hops=3`)).ok).toBe(true);
    expect(await get(`http://${host.host}/?hops=4`)).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: 'it redirects more than 3 times' },
    });
  });

  test('to more bytes than allowed ends there, whether they were announced or not', async () => {
    const picture = await png(40, 30);
    const endless = await serve((request, response) => {
      response.write(picture);
      const more = Buffer.alloc(16 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(more));
      };
      response.on('drain', write);
      request.socket.on('error', () => {});
      write();
    });
    const announced = await serve((_, response) => {
      response.writeHead(200, { 'content-length': String(10 ** 9) }).write(picture);
    });
    for (const host of [endless.host, announced.host]) {
      expect(await fetcher({ allow: [host], limits: { maxBytes: 256 * 1024 } })(`http://${host}/`)).toMatchObject({
        ok: false,
        error: { code: 'picture-too-large' },
      });
    }
  });

  test('that is slow to answer, or slow to send, takes too long', async () => {
    const picture = await png(40, 30);
    const silent = await serve(() => {});
    const stalled = await serve((_, response) => {
      response.write(picture.subarray(0, 20));
    });
    for (const host of [silent.host, stalled.host]) {
      expect(await fetcher({ allow: [host], limits: { timeoutMs: 200 } })(`http://${host}/`)).toEqual({
        ok: false,
        error: { code: 'link-too-slow' },
      });
    }
  });

  test('compressed against our wish is not a picture, so nothing inflates', async () => {
    const bomb = gzipSync(Buffer.concat([await png(40, 30), Buffer.alloc(5_000_000)]));
    const host = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`)).toMatchObject({
      ok: false,
      error: { code: 'link-not-a-picture' },
    });
  });

  test('whose host hangs up, or is not there, cannot be reached', async () => {
    const cut = await serve((_, response) => response.destroy());
    const gone = await serve(() => {});
    await gone.close();
    closing.length -= 1;
    for (const host of [cut.host, gone.host]) {
      expect(await fetcher({ allow: [host] })(`http://${host}/`)).toMatchObject({
        ok: false,
        error: { code: 'link-unreachable' },
      });
    }
    const lookup: Lookup = (name) => Promise.reject(new NameLookupError(name, 'not-found'));
    expect(await fetcher({ lookup })('http://nowhere.example/')).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: 'its host name was not found' },
    });
  });

  test('is given up when the caller leaves', async () => {
    const leaving = new AbortController();
    let closed = false;
    const host = await serve((request) => {
      request.socket.on('close', () => {
        closed = true;
      });
      leaving.abort();
    });
    expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`, leaving.signal)).toEqual({
      ok: false,
      error: { code: 'cancelled' },
    });
    await expect.poll(() => closed).toBe(true);
  });
});
