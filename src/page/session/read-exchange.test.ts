import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange, FailureCode } from '#shared/failure.ts';
import { FAILURE_MESSAGES } from '#shared/failure-message.ts';
import { readExchange } from './read-exchange.ts';

const exchange = (status: number, body: string): Exchange => ({
  method: 'POST',
  path: '/v1/kling/images/recognize-faces',
  status,
  durationMs: 1,
  body,
  requestId: 'r1',
});

const codeOf = (status: number, body = '{}'): FailureCode | 'ok' => {
  const read = readExchange(exchange(status, body), null);
  return read.ok ? 'ok' : read.error.code;
};

describe('reading an exchange', () => {
  test.each([
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [402, 'no-subscription'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'result-gone'],
    [413, 'too-large'],
    [429, 'at-capacity'],
    [500, 'moderated-or-fault'],
    [596, 'session-broken'],
  ] as const)('status %i of the vendor is %s', (status, code) => {
    expect(codeOf(status)).toBe(code);
  });

  test('that a server restarts is believed only when our own says that it sent nothing on', () => {
    const body = JSON.stringify({ error: 'The server is about to restart.', code: 503, reason: 'restarting' });
    const codeFor = (wasRefused: boolean) => {
      const read = readExchange(exchange(503, body), '5', wasRefused);
      return read.ok ? 'ok' : read.error.code;
    };
    expect([codeFor(true), codeFor(false)]).toEqual(['restarting', 'service-unreachable']);
  });

  test('of a proxy’s web page only the title is told', () => {
    const html = '<html>\r\n<head><title>413 Request Entity Too Large</title></head><body><hr>nginx</body></html>';
    const read = readExchange(exchange(413, html), null);
    expect(read).toMatchObject({ ok: false, error: { code: 'too-large', detail: '413 Request Entity Too Large' } });
    expect(readExchange(exchange(502, '<p>no title</p>'), null)).toMatchObject({ error: { detail: undefined } });
    expect(readExchange(exchange(502, 'upstream fell over'), null)).toMatchObject({
      error: { detail: 'upstream fell over' },
    });
  });

  test('our own 404 for a dead link is told apart from the vendor’s 404', () => {
    expect(codeOf(404, '{"error":"…","code":404,"reason":"link-unreachable"}')).toBe('link-refused');
    expect(codeOf(404, '{"error":"…"}')).toBe('not-found');
  });

  test('a 400 that asks for the email means that an account must be chosen', () => {
    expect(codeOf(400, '{"error":"Parameter email is required"}')).toBe('account-required');
    expect(codeOf(400, '{"error":"Parameter imageReference is required"}')).toBe('bad-request');
  });

  test('only the beginning of a long text is searched for words, and little of it is told', () => {
    const detailOf = (body: string) => {
      const read = readExchange(exchange(500, body), null);
      return read.ok ? undefined : read.error.detail;
    };
    expect(detailOf('<title'.repeat(33_000))).toBeUndefined();
    expect(detailOf(`<html>${' '.repeat(50_000)}<title>too far down</title>`)).toBeUndefined();
    expect(detailOf(JSON.stringify({ error: 'overloaded '.repeat(20_000) }))).toHaveLength(1000);
    expect(codeOf(400, JSON.stringify({ error: 'email '.repeat(33_000) }))).toBe('bad-request');
    expect(codeOf(400, JSON.stringify({ error: `email ${'is '.repeat(33_000)}required` }))).toBe('bad-request');
  });

  test('HTML with status 200 is an unreadable reply, and the body is kept', () => {
    const read = readExchange(exchange(200, '<html>'), null);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error).toMatchObject({ code: 'unreadable-reply', exchange: { body: '<html>' } });
  });

  test('the service’s own text is kept beside our words', () => {
    const read = readExchange(exchange(500, '{"error":"Content moderation"}'), null);
    expect(read.ok ? undefined : read.error.detail).toBe('Content moderation');
  });

  test('Retry-After counts in seconds or as a date, never below zero nor beyond a day', () => {
    const wait = (header: string) => {
      const read = readExchange(exchange(429, '{}'), header);
      return read.ok ? undefined : read.error.retryAfterMs;
    };
    expect(wait('7')).toBe(7000);
    expect(wait(new Date(0).toUTCString())).toBe(0);
    expect(wait('99999999999')).toBe(86_400_000);
    expect(wait(new Date(Date.now() + 1e12).toUTCString())).toBe(86_400_000);
    expect(wait('soon')).toBeUndefined();
  });

  test('every status and body gives JSON or a failure that has words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), fc.string(), (status, body) => {
        const read = readExchange(exchange(status, body), null);
        if (!read.ok) expect(FAILURE_MESSAGES[read.error.code].title).not.toBe('');
      }),
    );
  });
});
