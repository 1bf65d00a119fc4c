import { chmod, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryDir } from '#testing/server/test-server.ts';
import { addressOf } from './caller-address.ts';
import { createEndedOnDisk } from './ended-sessions.ts';
import { createOwnOrigins } from './own-origins.ts';
import { createPasswordThrottle } from './password-throttle.ts';
import { inspectRequest } from './request-guard.ts';
import { loadSecret } from './secret.ts';
import { createSessions, SESSION_LIFETIME_MS, sessionCookieName } from './sessions.ts';

let temporary: Awaited<ReturnType<typeof temporaryDir>>;
beforeEach(async () => {
  temporary = await temporaryDir();
});
afterEach(() => temporary.remove());

describe('the secret of a data directory', () => {
  test('is made once, readable by its owner only', async () => {
    const dataDir = path.join(temporary.dir, 'new', 'data');
    const secret = await loadSecret(dataDir);
    expect(secret).toHaveLength(32);
    expect(await loadSecret(dataDir)).toEqual(secret);
    expect((await stat(path.join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
  });

  test('is one and the same for many who start at once, and leaves no drafts', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(temporary.dir)));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(await readdir(temporary.dir)).toEqual(['secret']);
  });

  test('loses rights that others have to it, and is refused when damaged', async () => {
    await loadSecret(temporary.dir);
    const file = path.join(temporary.dir, 'secret');
    await chmod(file, 0o644);
    await loadSecret(temporary.dir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'short');
    await expect(loadSecret(temporary.dir)).rejects.toThrow(/damaged/);
    expect(await readFile(file, 'utf8')).toBe('short');
  });
});

describe('a session', () => {
  const secret = Buffer.alloc(32, 7);
  const create = async ({
    now = Date.now,
    isSettled = () => true,
    ...options
  }: {
    accessKey?: string;
    now?: () => number;
    isSettled?: () => boolean;
    secret?: Buffer;
  } = {}) => {
    const clock = { now, isSettled };
    const endedSessions = await createEndedOnDisk({ dataDir: temporary.dir, clock });
    return createSessions({ secret, accessKey: undefined, endedSessions, clock, ...options });
  };

  test('is open for twelve hours', async () => {
    let now = 1_700_000_000_000;
    const sessions = await create({ now: () => now });
    const value = sessions.open();
    now += SESSION_LIFETIME_MS - 1;
    expect(await sessions.nameOf(value)).toBeDefined();
    now += 1;
    expect(await sessions.nameOf(value)).toBeUndefined();
  });

  test('is known to a replica with the same secret, and to nobody else', async () => {
    const value = (await create()).open();
    expect(await (await create()).nameOf(value)).toBeDefined();
    expect(await (await create({ secret: Buffer.alloc(32, 8) })).nameOf(value)).toBeUndefined();
  });

  test('ends when the access key changes', async () => {
    const value = (await create({ accessKey: 'the key of yesterday' })).open();
    expect(await (await create({ accessKey: 'the key of yesterday' })).nameOf(value)).toBeDefined();
    expect(await (await create({ accessKey: 'the key of today' })).nameOf(value)).toBeUndefined();
  });

  test('ends for every replica when it is ended, alone', async () => {
    const [one, other] = [await create(), await create()];
    const [mine, yours] = [one.open(), one.open()];
    await one.end(mine);
    expect(await other.nameOf(mine)).toBeUndefined();
    expect(await other.nameOf(yours)).toBeDefined();
  });

  test('is not taken for open when what was ended cannot be read', async () => {
    const [sessions, replica] = [await create(), await create()];
    const value = sessions.open();
    await sessions.end(value);
    await rename(path.join(temporary.dir, 'ended-sessions'), path.join(temporary.dir, 'elsewhere'));
    await writeFile(path.join(temporary.dir, 'ended-sessions'), '');
    await expect(replica.nameOf(value)).rejects.toThrow();
    expect(await sessions.nameOf(value)).toBeUndefined();
  });

  test('forgets nothing by a clock that jumped, so that none is good again when it is set right', async () => {
    let now = 1_700_000_000_000;
    const sessions = await create({ now: () => now, isSettled: () => now < 1_800_000_000_000 });
    const value = sessions.open();
    await sessions.end(value);
    now += 200_000_000_000;
    await sessions.end(sessions.open());
    now -= 200_000_000_000;
    expect(await sessions.nameOf(value)).toBeUndefined();
    expect(await readdir(path.join(temporary.dir, 'ended-sessions'))).toHaveLength(2);
  });

  test('forgets what was ended once it would be over', async () => {
    let now = 1_700_000_000_000;
    const sessions = await create({ now: () => now });
    await sessions.end(sessions.open());
    now += SESSION_LIFETIME_MS;
    await sessions.end(sessions.open());
    expect(await readdir(path.join(temporary.dir, 'ended-sessions'))).toHaveLength(1);
  });

  test('cannot be made up', async () => {
    const sessions = await create();
    const value = sessions.open();
    const [expires = '', id = '', signature = ''] = value.split('.');
    const later = String(Number(expires) + 1);
    const forged = [
      undefined,
      '',
      `${later}.${id}.${signature}`,
      `${expires}.${id}.${signature.slice(0, -1)}`,
      `${expires}.${id.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}.${signature}`,
      `${expires}.${id}`,
      `${value} `,
      `${expires}.../${id}.${signature}`,
    ];
    for (const attempt of forged) {
      expect(await sessions.nameOf(attempt)).toBeUndefined();
      await sessions.end(attempt);
    }
    expect(await sessions.nameOf(value)).toBeDefined();
  });

  test('has the port in the name of its cookie, and is bound to the host under TLS', () => {
    expect(sessionCookieName('http://127.0.0.1:4173')).toBe('facebound-session-4173');
    expect(sessionCookieName('http://127.0.0.1')).toBe('facebound-session-80');
    expect(sessionCookieName('https://faces.example.com')).toBe('__Host-facebound-session-443');
  });
});

describe('the gate for the access key', () => {
  const KEY = 'the right access key';
  const stays = new AbortController().signal;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
  const gateWith = (options: Partial<Parameters<typeof createPasswordThrottle>[0]> = {}) => {
    const gate = createPasswordThrottle({ key: KEY, wait: async () => {}, ...options });
    return async (key: string, network = 'here') => (await gate.check(key, network, stays)).kind;
  };

  test('compares ten wrong keys of a network in a minute, and then none, many at once no more than one by one', async () => {
    const check = gateWith();
    const verdicts = await Promise.all(Array.from({ length: 30 }, (_, index) => check(`wrong ${index}`)));
    expect(verdicts.filter((verdict) => verdict === 'wrong')).toHaveLength(10);
    expect(await check(KEY)).toBe('busy');
    expect(await check(KEY, 'elsewhere')).toBe('right');
    pass(61);
    expect(await check(KEY)).toBe('right');
  });

  test('takes nothing off the budget for right keys', async () => {
    const check = gateWith();
    for (let tries = 0; tries < 30; tries += 1) expect(await check(KEY)).toBe('right');
    expect(await check('wrong')).toBe('wrong');
  });

  test('compares a key that was refused unread when it comes again a few seconds later, once', async () => {
    const check = gateWith();
    const pour = () => Promise.all(Array.from({ length: 50 }, (_, index) => check(`wrong ${Date.now()} ${index}`)));
    await pour();
    expect(await check('a guess')).toBe('busy');
    expect(await check(KEY)).toBe('busy');
    pass(1);
    await pour();
    expect(await check(KEY)).toBe('busy');
    pass(4);
    await pour();
    expect(await check('a guess')).toBe('wrong');
    expect(await check('a guess')).toBe('busy');
    expect(await check(KEY)).toBe('right');
    // A key that was told to the others opens no way around their budget.
    expect(await check(KEY)).toBe('busy');
  });

  test('says how long to wait, and no longer than a minute', async () => {
    const gate = createPasswordThrottle({ key: KEY, wait: async () => {} });
    for (let tries = 0; tries < 10; tries += 1) await gate.check('wrong', 'here', stays);
    expect(await gate.check(KEY, 'here', stays)).toEqual({ kind: 'busy', retryAfterSeconds: 5 });
    pass(5);
    expect((await gate.check('another', 'here', stays)).kind).toBe('busy');
    expect(await gate.check(KEY, 'here', stays)).toEqual({ kind: 'right' });
  });

  test('lets wrong answers come late when they are many over all networks, and right ones never', async () => {
    const late: number[] = [];
    const check = gateWith({ wait: async (ms) => late.push(ms) });
    for (let network = 0; network < 101; network += 1) expect(await check('wrong', `net ${network}`)).toBe('wrong');
    expect(late).toEqual([2_000]);
    expect(await check(KEY, 'elsewhere')).toBe('right');
    expect(late).toHaveLength(1);
  });

  test('holds back only so many wrong answers at once, none for callers that left, and lets the right key by', async () => {
    const gate = createPasswordThrottle({ key: KEY });
    const callers = Array.from({ length: 256 }, () => new AbortController());
    for (let network = 0; network < 100; network += 1) await gate.check('wrong', `net ${network}`, stays);
    const held = callers.map(({ signal }, network) => gate.check('wrong', `held ${network}`, signal));
    expect((await gate.check('wrong', 'one more', stays)).kind).toBe('busy');
    expect((await gate.check(KEY, 'elsewhere', stays)).kind).toBe('right');
    for (const caller of callers) caller.abort();
    expect(new Set((await Promise.all(held)).map(({ kind }) => kind))).toEqual(new Set(['wrong']));
  });
});

describe('the address behind a call', () => {
  const of = (socketAddress: string | undefined, forwardedFor?: string, behindProxy = true) =>
    addressOf({ socketAddress, forwardedFor, behindProxy });

  test.each([
    ['the socket’s without a proxy', '198.51.100.4', undefined, false, '198.51.100.4'],
    ['an IPv4 one in IPv6’s clothes', '::ffff:198.51.100.4', undefined, false, '198.51.100.4'],
    ['what the proxy on this machine says', '127.0.0.1', '203.0.113.7', true, '203.0.113.7'],
    ['the last that it says, not the caller’s own words', '::1', '10.1.1.1, 203.0.113.7', true, '203.0.113.7'],
    ['one with a port', '127.0.0.1', '203.0.113.7:51234', true, '203.0.113.7'],
    ['an IPv6 one with a port', '127.0.0.1', '[2001:db8::7]:51234', true, '2001:db8::7'],
    ['the socket’s when a stranger says another', '198.51.100.4', '203.0.113.7', true, '198.51.100.4'],
    ['the socket’s when no proxy is configured', '127.0.0.1', '203.0.113.7', false, '127.0.0.1'],
    ['the socket’s when the proxy says none', '127.0.0.1', 'unknown', true, '127.0.0.1'],
    ['the socket’s when the proxy says nothing', '127.0.0.1', undefined, true, '127.0.0.1'],
    ['none without a socket', undefined, '203.0.113.7', true, 'unknown'],
  ])('is %s', (_name, socket, forwarded, behindProxy, address) => {
    expect(of(socket, forwarded, behindProxy).address).toBe(address);
  });

  test('counts as one caller with the others of its IPv6 network', () => {
    const one = of('2001:db8:1:2::3');
    expect(one).toEqual({ address: '2001:db8:1:2::3', network: '2001:db8:1:2::/64', isLoopback: false });
    expect(of('2001:db8:1:2:ffff::9').network).toBe(one.network);
    expect(of('2001:db8:1:3::3').network).not.toBe(one.network);
    expect(of('198.51.100.4').network).not.toBe(of('198.51.100.5').network);
  });
});

describe('which origins are ours', () => {
  test.each([
    ['127.0.0.1:4173', 'http://127.0.0.1:4173'],
    ['LOCALHOST:4173', 'http://localhost:4173'],
    ['[::1]:4173', 'http://[::1]:4173'],
    ['127.0.0.1', undefined],
    ['127.0.0.1:4174', undefined],
    ['evil.example:4173', undefined],
    ['127.0.0.1.evil.example:4173', undefined],
    ['localhost.evil.example:4173', undefined],
    ['user@127.0.0.1:4173', undefined],
    ['127.0.0.1:4173/x', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('called directly, Host %s stands for %s', (host, origin) => {
    const own = createOwnOrigins({ configured: [], listenHost: '127.0.0.1', port: () => 4173 });
    expect(own.fromHost(host)).toBe(origin);
  });

  test.each([
    ['faces.example.com', 'https://faces.example.com'],
    ['faces.example.com:443', 'https://faces.example.com'],
    ['faces.example.com:8443', undefined],
    ['127.0.0.1:4173', undefined],
    ['team.lan:8080', 'http://team.lan:8080'],
  ])('behind a proxy, Host %s stands for %s', (host, origin) => {
    const configured = ['https://faces.example.com', 'http://team.lan:8080'];
    const own = createOwnOrigins({ configured, listenHost: '127.0.0.1', port: () => 4173 });
    expect(own.fromHost(host)).toBe(origin);
  });
});

test('listening on all addresses, the machine’s own are ours, the stand-in for all is not', () => {
  for (const listenHost of ['0.0.0.0', '::']) {
    const own = createOwnOrigins({ configured: [], listenHost, port: () => 4173 });
    const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
    for (const { address, family } of addresses.filter(({ address }) => !address.startsWith('fe80'))) {
      const host = `${family === 'IPv6' ? `[${address}]` : address}:4173`;
      expect(own.fromHost(host)).toBe(`http://${host}`);
    }
    for (const host of ['0.0.0.0:4173', '[::]:4173', '8.8.8.8:4173']) expect(own.fromHost(host)).toBeUndefined();
  }
});

describe('the request guard', () => {
  const origins = createOwnOrigins({ configured: [], listenHost: '127.0.0.1', port: () => 4173 });
  const inspect = (headers: Record<string, string>, target = '/v1/kling/accounts', method = 'GET') => {
    const request = new Request(`http://127.0.0.1:4173${target}`, {
      method,
      headers: { host: '127.0.0.1:4173', ...headers },
    });
    const verdict = inspectRequest(request, new URL(request.url).pathname, origins, false);
    return typeof verdict === 'string' ? verdict : verdict.status;
  };
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  test('lets programs and our own page in', () => {
    expect(inspect({})).toBe('http://127.0.0.1:4173');
    expect(inspect({ origin: 'http://127.0.0.1:4173', 'sec-fetch-site': 'same-origin' }, '/app/session', 'POST')).toBe(
      'http://127.0.0.1:4173',
    );
    expect(inspect({ 'sec-fetch-site': 'none', ...navigation }, '/')).toBe('http://127.0.0.1:4173');
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another port of this host', { origin: 'http://127.0.0.1:9999' }],
    ['another name of this host', { origin: 'http://localhost:4173' }],
    ['another scheme', { origin: 'https://127.0.0.1:4173' }],
    ['an opaque origin', { origin: 'null' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port, as the browser says it', { 'sec-fetch-site': 'same-site' }],
    ['a name that a stranger’s DNS points here', { host: 'evil.example:4173' }],
    ['a proxy that nobody configured', { 'x-forwarded-for': '1.2.3.4' }],
    ['a proxy that says so by the standard', { forwarded: 'for=1.2.3.4' }],
    ['a host that a proxy claims', { 'x-forwarded-host': 'evil.example' }],
  ])('refuses %s', (_name, headers) => {
    expect(inspect({ ...headers })).toBe(403);
  });

  test('lets another site link to the page, and to nothing else', () => {
    const fromAfar = { 'sec-fetch-site': 'cross-site', ...navigation };
    expect(inspect(fromAfar, '/')).toBe('http://127.0.0.1:4173');
    for (const target of [
      '/v1/kling/accounts',
      '/engines/kling/v1/kling/accounts',
      '/files/x.jpg',
      '/app/image?url=x',
    ]) {
      expect(inspect(fromAfar, target)).toBe(403);
    }
    expect(inspect({ ...fromAfar, 'sec-fetch-dest': 'iframe' }, '/')).toBe(403);
    expect(inspect(fromAfar, '/', 'POST')).toBe(403);
  });

  test('behind a configured proxy, forwarding headers are fine and decide nothing', () => {
    const own = createOwnOrigins({ configured: ['https://faces.example.com'], listenHost: '127.0.0.1', port: () => 1 });
    const request = new Request('http://faces.example.com/', {
      headers: { host: 'faces.example.com', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    });
    expect(inspectRequest(request, '/', own, true)).toBe('https://faces.example.com');
  });
});
