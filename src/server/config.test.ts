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
      expect(parsed({ FACEBOUND_ROLE, FACEBOUND_QUEUE_URL })).toMatchObject({
        role: FACEBOUND_ROLE,
        queue: { url: FACEBOUND_QUEUE_URL, limit: 256 },
      });
    }
    expect(parsed({ FACEBOUND_QUEUE_URL, FACEBOUND_QUEUE_LIMIT: '8' }).queue?.limit).toBe(8);
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
    const worker = { FACEBOUND_ROLE: 'worker', FACEBOUND_QUEUE_URL: 'redis://cache.lan', HOST: '0.0.0.0' };
    expect(parsed(worker).role).toBe('worker');
    expect(refusal({ ...worker, FACEBOUND_ROLE: 'web' })).toMatch(/^FACEBOUND_ACCESS_KEY must be set/);
  });
});
