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
});
