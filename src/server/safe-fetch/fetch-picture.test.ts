import { readdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import { startNameServer } from '#testing/server/name-server.ts';
import { jpeg, png } from '#testing/server/pictures.ts';
import { temporaryDir } from '#testing/server/test-server.ts';
import { startWebHost } from '#testing/server/web-host.ts';
import { createFileStore, type DiskFileStore } from '../files/file-store.ts';
import { createLinkFetcher, type LinkLimits, type WantedPictures } from './fetch-picture.ts';
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
let store: DiskFileStore;
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
    spool?: DiskFileStore['spool'];
  } = {},
) {
  const links = createLinkFetcher({
    linkHosts: (options.allow ?? []).map((entry) => {
      const [hostname = '', port] = entry.split(':');
      return { hostname, port };
    }),
    userAgent: 'test',
    spool: options.spool ?? store.spool,
    limits: { timeoutMs: 5_000, ...options.limits },
    nameServers: options.nameServers,
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    ...(options.systemLookup === undefined ? {} : { systemLookup: options.systemLookup }),
  });
  closing.push(() => links.close());
  /** Fetches a picture and lets go of it; `bytes` is what it was. */
  return async (
    link: string,
    signal = new AbortController().signal,
    wanted: WantedPictures = 'known',
    owner = 'anna',
  ) => {
    const fetched = await links.fetchPicture(link, wanted, { caller: 'session', owner, signal });
    if (!fetched.ok) return fetched;
    const { read, open: _, release, ...about } = fetched.value;
    const bytes = (await read()) ?? new Uint8Array();
    await release();
    return ok({ ...about, bytes });
  };
}

describe('many links at once', () => {
  /** A host that answers when it is told to; `asked` has what it was asked for, in that order. */
  async function heldHost() {
    const picture = await png(40, 30);
    const asked: string[] = [];
    const answers = new Map<string, () => void>();
    let isHeld = true;
    const host = await serve((request, response) => {
      const { url = '' } = request;
      asked.push(url);
      if (isHeld) answers.set(url, () => response.end(picture));
      else response.end(picture);
    });
    return {
      host: host.host,
      asked,
      release: (path: string) => {
        answers.get(path)?.();
        answers.delete(path);
      },
      /** From now on it answers at once. */
      releaseAll: () => {
        isHeld = false;
        for (const answer of answers.values()) answer();
      },
    };
  }
  const never = new AbortController().signal;

  test('are begun no faster than what they bring can be taken in; each small one makes room for another', async () => {
    const { host, asked, release, releaseAll } = await heldHost();
    // Hardly anything passes while the test runs; three may be as large as is assumed.
    const ask = fetcher({ allow: [host], limits: { intake: { bytesPerSecond: 1, burst: 20 * 1024 * 1024 } } });
    const calls = Array.from({ length: 6 }, (_, index) => ask(`http://${host}/${index}`));
    await expect.poll(() => asked.length).toBe(3);
    release(asked[0] ?? '');
    await expect.poll(() => asked.length).toBe(4);
    releaseAll();
    expect((await Promise.all(calls)).map(({ ok: isOk }) => isOk)).toEqual(Array.from({ length: 6 }, () => true));
  });

  test('are not begun while what came before waits for the disk', async () => {
    const picture = Buffer.concat([await png(40, 30), Buffer.alloc(25e6)]);
    const events: string[] = [];
    const host = await serve((request, response) => {
      events.push(request.url ?? '');
      response.end(picture, () => events.push('sent'));
    });
    let begin = () => {};
    const disk = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const ask = fetcher({
      allow: [host.host],
      limits: { intake: { bytesPerSecond: 1e12, burst: 1e12 } },
      spool: (body) =>
        store.spool(
          body.pipeThrough(
            new TransformStream({
              transform: async (piece, controller) => {
                await disk;
                controller.enqueue(piece);
              },
            }),
          ),
        ),
    });
    const calls = [ask(`http://${host.host}/a`), ask(`http://${host.host}/b`)];
    await expect.poll(() => events.filter((event) => event === 'sent')).toHaveLength(2);
    calls.push(ask(`http://${host.host}/c`));
    // As long as a question and its answer take, several times.
    for (const path of ['/1', '/2', '/3']) await (await fetch(`http://${host.host}${path}`)).arrayBuffer();
    expect(events).not.toContain('/c');
    begin();
    expect((await Promise.all(calls)).map(({ ok: isOk }) => isOk)).toEqual([true, true, true]);
  });

  test('of one page are not in front of another’s', async () => {
    const { host, asked, release, releaseAll } = await heldHost();
    const ask = fetcher({ allow: [host], limits: { intake: { bytesPerSecond: 1, burst: 1e9 } } });
    const ofAnna = Array.from({ length: 20 }, (_, index) => ask(`http://${host}/anna-${index}`));
    await expect.poll(() => asked.length).toBe(12);
    const ofBen = ask(`http://${host}/ben`, never, 'known', 'ben');
    release('/anna-0');
    await expect.poll(() => asked.length).toBe(13);
    expect(asked.at(-1)).toBe('/ben');
    releaseAll();
    expect((await Promise.all([...ofAnna, ofBen])).filter(({ ok: isOk }) => isOk)).toHaveLength(21);
  });
});

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

  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ] as const)('packed as %s against our wish is unpacked', async (coding, pack) => {
    const picture = await png(400, 300);
    const host = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(pack(picture)),
    );
    const result = await fetcher({ allow: [host.host] })(`http://${host.host}/`);
    expect(result.ok && Buffer.from(result.value.bytes).equals(picture)).toBe(true);
  });

  test('packed small that unpacks to more than is allowed ends there', async () => {
    const picture = Buffer.concat([await png(40, 30), Buffer.alloc(50_000_000)]);
    for (const [coding, pack] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      const bomb = pack(picture);
      const host = await serve((_, response) => response.writeHead(200, { 'content-encoding': coding }).end(bomb));
      expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`)).toMatchObject({
        ok: false,
        error: { code: 'picture-too-large' },
      });
    }
  });

  test.each([
    ['gzip, gzip', gzipSync, 'it answered packed as “gzip, gzip”, which is not undone here'],
    ['snappy', gzipSync, 'it answered packed as “snappy”, which is not undone here'],
    ['gzip', (bytes: Buffer) => gzipSync(bytes).subarray(0, 60), /damaged or stops in the middle/],
    ['br', () => Buffer.from('no brotli at all, and long enough'), /damaged or stops in the middle/],
  ] as const)('packed as %s that cannot be undone names that', async (coding, pack, reason) => {
    const picture = await png(40, 30);
    const host = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': coding }).end(pack(picture)),
    );
    expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`)).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) },
    });
  });

  test('that redirects to an address in plain letters of any language is followed', async () => {
    const picture = await jpeg(40, 30);
    const asked: string[] = [];
    const answer = (path: string) =>
      Buffer.from(`HTTP/1.1 302 Found\r\nLocation: ${path}\r\nContent-Length: 0\r\n\r\n`);
    const raw = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (request) => {
        const path = /^GET (\S+)/.exec(request.toString('latin1'))?.[1] ?? '';
        asked.push(path);
        if (path === '/') socket.end(answer('/größe/写真.jpg?a=b c'));
        else socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n'), picture]));
      });
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => raw.close(resolve)));
    const address = raw.address();
    const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    expect((await fetcher({ allow: [host] })(`http://${host}/`)).ok).toBe(true);
    expect(asked[1]).toBe('/gr%C3%B6%C3%9Fe/%E5%86%99%E7%9C%9F.jpg?a=b%20c');
  });

  test('that needs the cookie of its first answer gets it, and no other host does', async () => {
    const picture = await jpeg(40, 30);
    const elsewhere: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      elsewhere.push(request.headers.cookie);
      response.setHeader('set-cookie', 'theirs=1; Domain=127.0.0.1').writeHead(302, { location: home() }).end();
    });
    const home = () => `http://${host.host}/in/picture.jpg`;
    const seen: (string | undefined)[] = [];
    const host = await serve((request, response) => {
      seen.push(request.headers.cookie);
      if (seen.length === 1) {
        response.setHeader('set-cookie', [
          'visit=a=1; Path=/; HttpOnly',
          'gone=1; Max-Age=0',
          'safe=1; Secure; Path=/',
          'deeper=1; Path=/other',
          'broken',
        ]);
        response.writeHead(302, { location: `http://${other.host}/` }).end();
      } else response.end(picture);
    });
    const get = fetcher({ allow: [host.host, other.host] });
    expect((await get(`http://${host.host}/in/`)).ok).toBe(true);
    expect([seen, elsewhere]).toEqual([[undefined, 'visit=a=1'], [undefined]]);
    // Another chain, perhaps of another caller, begins with nothing.
    expect((await get(`http://${host.host}/in/`)).ok).toBe(true);
    expect(seen[2]).toBeUndefined();
  });

  test('whose answer has long headers is taken up to 64 KB, and refused beyond by name', async () => {
    const picture = await jpeg(40, 30);
    const host = await serve((request, response) => {
      const length = Number(request.url?.slice(1));
      response.setHeader('x-policy', 'x'.repeat(length)).end(picture);
    });
    const get = fetcher({ allow: [host.host] });
    expect((await get(`http://${host.host}/60000`)).ok).toBe(true);
    expect(await get(`http://${host.host}/70000`)).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: 'the headers of its answer are longer than 64 KB' },
    });
  });

  test.each([
    [401, /sign-in/],
    [403, /does not hand it out/],
    [404, /nothing at this address/],
    [410, /no longer there/],
    [418, /status 418/],
    [429, /too often/],
    [503, /wrong at its host \(status 503\)/],
    [302, /redirects to nowhere/],
  ])('that answers with status %i says what that is', async (status, reason) => {
    const host = await serve((_, response) => response.writeHead(status).end());
    expect(await fetcher({ allow: [host.host] })(`http://${host.host}/`)).toMatchObject({
      ok: false,
      error: { code: 'link-unreachable', reason: expect.stringMatching(reason) },
    });
  });

  test('gives every picture that the page takes, and names one that is not decoded here', async () => {
    const heic = await makePicture({ format: 'heic', width: 64, height: 64 });
    const host = await serve((_, response) => response.setHeader('cache-control', 'private, No-Store').end(heic));
    const get = fetcher({ allow: [host.host] });
    expect(await get(`http://${host.host}/`)).toMatchObject({
      ok: true,
      value: { type: 'image/heic', isUnsteady: true },
    });
    expect(await get(`http://${host.host}/`, undefined, 'detected')).toEqual({
      ok: false,
      error: { code: 'unreadable-picture', reason: 'it is a HEIC picture' },
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
