import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const parsed = (env: Record<string, string>) => {
  const config = parseConfig(env);
  if (!config.ok) throw new Error(config.error);
  return config.value;
};
const refusal = (env: Record<string, string>) => {
  const config = parseConfig(env);
  return config.ok ? undefined : config.error;
};
const KEY = 'a key of twenty characters';
const FACEBOUND_SECRET = '0f'.repeat(32);

describe('the environment', () => {
  test('needs nothing on this machine', () => {
    expect(parsed({})).toMatchObject({
      host: '127.0.0.1',
      port: 4173,
      useapiToken: undefined,
      useapiBaseUrl: 'https://api.useapi.net/v1/kling',
      origins: [],
      loopbackOnly: true,
    });
  });

  test('counts an empty variable as unset', () => {
    expect(parsed({ USEAPI_TOKEN: '', PORT: ' ', FACEBOUND_ORIGIN: '' })).toMatchObject({
      useapiToken: undefined,
      port: 4173,
    });
  });

  test.each([
    ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
    ['[::1]:9464', { host: '::1', port: 9464 }],
    ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
    ['figures.lan:0', { host: 'figures.lan', port: 0 }],
  ])('serves figures at %s', (text, metrics) => expect(parsed({ FACEBOUND_METRICS: text }).metrics).toEqual(metrics));

  test.each(['9464', ':9464', '*:9464', '127.0.0.1', '127.0.0.1:70000', 'http://127.0.0.1:9464', '::1:9464'])(
    'refuses to guess whom figures at %j are for',
    (text) =>
      expect(refusal({ FACEBOUND_METRICS: text })).toBe('FACEBOUND_METRICS must be host:port, such as 127.0.0.1:9464'),
  );

  test('names every bad variable in one line and repeats no value', () => {
    const message = refusal({
      HOST: 'a b',
      PORT: '70000',
      USEAPI_TOKEN: 'two words',
      USEAPI_BASE_URL: 'ftp://x',
      FACEBOUND_ACCESS_KEY: 'hunter2',
      FACEBOUND_EMBEDDED_TOKEN: 'line\u0007bell',
      FACEBOUND_RELAY_BEARERS: 'true',
      FACEBOUND_DATA_MAX_MB: '-1',
      FACEBOUND_ORIGIN: 'https://x.example/path',
      FACEBOUND_LINK_HOSTS: 'http://a',
      LOG_LEVEL: 'loud',
    });
    expect(message?.match(/[A-Z]+(_[A-Z]+)*(?= must)/g)).toEqual([
      'HOST',
      'PORT',
      'USEAPI_TOKEN',
      'USEAPI_BASE_URL',
      'FACEBOUND_ACCESS_KEY',
      'FACEBOUND_EMBEDDED_TOKEN',
      'FACEBOUND_RELAY_BEARERS',
      'FACEBOUND_DATA_MAX_MB',
      'FACEBOUND_ORIGIN',
      'FACEBOUND_LINK_HOSTS',
      'LOG_LEVEL',
    ]);
    expect(message).not.toMatch(/\n|hunter2|two words/);
  });

  test.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '192.168.1.20' }],
    [{ HOST: '::' }],
    [{ HOST: 'faces.lan' }],
    [{ FACEBOUND_ORIGIN: 'https://faces.example.com' }],
    [{ FACEBOUND_ORIGIN: 'http://127.0.0.1:5173,https://faces.example.com' }],
  ])('demands an access key beyond this machine: %o', (env) => {
    expect(refusal(env)).toMatch(/^FACEBOUND_ACCESS_KEY must be set/);
    expect(parsed({ ...env, FACEBOUND_ACCESS_KEY: KEY }).loopbackOnly).toBe(false);
  });

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('knows %s as this machine', (HOST) => {
    expect(parsed({ HOST }).loopbackOnly).toBe(true);
  });

  test('reads lists of origins and of hosts', () => {
    const config = parsed({
      FACEBOUND_ORIGIN: 'https://Faces.example.com/, http://localhost:8080',
      FACEBOUND_LINK_HOSTS: 'Pictures.lan, 10.0.0.5:8080,[::1]:9',
      FACEBOUND_ACCESS_KEY: KEY,
      USEAPI_BASE_URL: 'http://127.0.0.1:9/v1/kling/',
    });
    expect(config.origins).toEqual(['https://faces.example.com', 'http://localhost:8080']);
    expect(config.linkHosts).toEqual([
      { hostname: 'pictures.lan', port: undefined },
      { hostname: '10.0.0.5', port: '8080' },
      { hostname: '[::1]', port: '9' },
    ]);
    expect(config.useapiBaseUrl).toBe('http://127.0.0.1:9/v1/kling');
  });

  test('makes a whole set of a cluster, or says what it lacks', () => {
    expect(parsed({})).toMatchObject({ role: 'all', queue: undefined });
    const FACEBOUND_QUEUE_URL = 'rediss://:secret@cache.lan:6380/2';
    for (const FACEBOUND_ROLE of ['all', 'web', 'worker'] as const) {
      expect(parsed({ FACEBOUND_ROLE, FACEBOUND_QUEUE_URL, FACEBOUND_SECRET })).toMatchObject({
        role: FACEBOUND_ROLE,
        queue: { url: FACEBOUND_QUEUE_URL, limit: 256 },
      });
    }
    expect(parsed({ FACEBOUND_QUEUE_URL, FACEBOUND_QUEUE_LIMIT: '8', FACEBOUND_SECRET }).queue?.limit).toBe(8);
    expect(refusal({ FACEBOUND_ROLE: 'web' })).toBe(
      'FACEBOUND_ROLE=web needs FACEBOUND_QUEUE_URL, where web and workers meet',
    );
    expect(refusal({ FACEBOUND_ROLE: 'worker' })).toMatch(/^FACEBOUND_ROLE=worker needs FACEBOUND_QUEUE_URL/);
    expect(refusal({ FACEBOUND_QUEUE_LIMIT: '8' })).toMatch(/^FACEBOUND_QUEUE_LIMIT needs FACEBOUND_QUEUE_URL/);
    expect(refusal({ FACEBOUND_ROLE: 'both' })).toBe('FACEBOUND_ROLE must be one of all, web, worker');
  });

  test.each([
    'http://:secret@cache.lan',
    'redis://',
    'redis://:secret@cache.lan/faces',
    'redis://:secret@cache.lan?db=1',
    'cache.lan:6379',
  ])('takes %s for no queue, and repeats no password', (FACEBOUND_QUEUE_URL) => {
    expect(refusal({ FACEBOUND_QUEUE_URL })).toBe(
      'FACEBOUND_QUEUE_URL must be an address such as redis://10.0.0.5:6379',
    );
  });

  test('asks a worker, which answers no calls, for no access key', () => {
    const worker = {
      FACEBOUND_ROLE: 'worker',
      FACEBOUND_QUEUE_URL: 'redis://cache.lan',
      FACEBOUND_SECRET,
      HOST: '0.0.0.0',
    };
    expect(parsed(worker).role).toBe('worker');
    expect(refusal({ ...worker, FACEBOUND_ROLE: 'web' })).toMatch(/^FACEBOUND_ACCESS_KEY must be set/);
  });

  const S3 = {
    FACEBOUND_S3_ENDPOINT: 'https://s3.example.com/',
    FACEBOUND_S3_BUCKET: 'faces',
    FACEBOUND_S3_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'hunter2/+',
  };

  test('takes an object store as a whole', () => {
    expect(parsed({ ...S3, FACEBOUND_SECRET })).toMatchObject({
      secret: Buffer.alloc(32, 15),
      s3: {
        endpoint: 'https://s3.example.com',
        bucket: 'faces',
        region: 'eu-central-1',
        accessKeyId: 'id',
        secretAccessKey: 'hunter2/+',
      },
    });
  });

  test.each(Object.keys(S3))('names what is missing of an object store: %s', (name) => {
    const message = refusal({ ...S3, FACEBOUND_SECRET, [name]: '' });
    expect(message).toBe(`an object store also needs ${name}`);
  });

  test('names all that is missing of an object store in one sentence', () => {
    expect(refusal({ FACEBOUND_S3_BUCKET: 'faces', AWS_SECRET_ACCESS_KEY: 'hunter2' })).toBe(
      'an object store also needs FACEBOUND_S3_ENDPOINT and FACEBOUND_S3_REGION and AWS_ACCESS_KEY_ID',
    );
  });

  test('demands its secret with an object store and with a queue', () => {
    for (const env of [S3, { FACEBOUND_QUEUE_URL: 'redis://cache.lan' }]) {
      expect(refusal(env)).toMatch(/^FACEBOUND_SECRET must be set/);
    }
  });

  test.each(['short', 'x'.repeat(64), Buffer.alloc(31).toString('base64'), `${FACEBOUND_SECRET}00`])(
    'takes no secret of another form: %j',
    (secret) => {
      const message = refusal({ FACEBOUND_SECRET: secret });
      expect(message).toBe('FACEBOUND_SECRET must be 32 bytes in hex or base64');
    },
  );

  test('reads the secret’s file in hex, base64 and base64url alike', () => {
    const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));
    for (const form of ['hex', 'base64', 'base64url'] as const) {
      expect(parsed({ FACEBOUND_SECRET: `${secret.toString(form)}\n` }).secret).toEqual(secret);
    }
  });

  test('takes keys that other programs use for no object store of ours', () => {
    const others = { AWS_ACCESS_KEY_ID: 'two words', AWS_SECRET_ACCESS_KEY: 'x' };
    expect(parsed(others).s3).toBeUndefined();
    expect(refusal({ ...S3, ...others, FACEBOUND_SECRET })).toBe('AWS_ACCESS_KEY_ID must be one word without spaces');
  });

  test.each(['ftp://x', 'https://me:hunter2@s3.example.com', 'https://s3.example.com?x=hunter2', 'hunter2'])(
    'takes no such address for an object store: %j',
    (FACEBOUND_S3_ENDPOINT) => {
      const message = refusal({ ...S3, FACEBOUND_SECRET, FACEBOUND_S3_ENDPOINT });
      expect(message).toMatch(/^FACEBOUND_S3_ENDPOINT must /);
      expect(message).not.toContain('hunter2');
    },
  );
});
