import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '#page/platform/failure-error.ts';
import { isWorthRetrying } from '#page/platform/query-client.ts';
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
    [302, 'unreadable-reply'],
    [304, 'unreadable-reply'],
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [402, 'no-subscription'],
    [403, 'service-forbidden'],
    [404, 'not-found'],
    [408, 'too-slow'],
    [410, 'result-gone'],
    [412, 'no-credits'],
    [413, 'too-large'],
    [415, 'bad-request'],
    [422, 'moderated'],
    [429, 'at-capacity'],
    [500, 'moderated-or-fault'],
    [501, 'service-fault'],
    [502, 'service-trouble'],
    [503, 'service-trouble'],
    [504, 'too-slow'],
    [505, 'service-fault'],
    [520, 'service-trouble'],
    [521, 'service-trouble'],
    [522, 'too-slow'],
    [523, 'service-trouble'],
    [524, 'too-slow'],
    [525, 'service-trouble'],
    [526, 'service-certificate'],
    [527, 'service-trouble'],
    [529, 'service-fault'],
    [530, 'service-trouble'],
    [596, 'session-broken'],
  ] as const)('status %i of the vendor is %s', (status, code) => {
    expect(codeOf(status)).toBe(code);
  });

  test('a 500 of the embedded engine is a fault: nobody behind it moderates', () => {
    const path = '/engines/embedded/v1/kling/images/recognize-faces';
    const read = readExchange({ ...exchange(500, '{"error":"Internal error"}'), path }, null);
    expect(read).toMatchObject({ ok: false, error: { code: 'server-fault' } });
  });

  test('of all statuses from 500 on only 500 may mean moderation', () => {
    const moderated = Array.from({ length: 500 }, (_, index) => 500 + index).filter((status) =>
      codeOf(status).startsWith('moderated'),
    );
    expect(moderated).toEqual([500]);
  });

  test('what is not repeated by itself is a timeout, a certificate or a fault; trouble at a gateway passes', () => {
    const isRepeated = (status: number) => {
      const read = readExchange(exchange(status, '{}'), null);
      return !read.ok && isWorthRetrying(0, new FailureError(read.error));
    };
    expect([429, 502, 503, 520, 521, 523, 525, 527, 530].filter((status) => !isRepeated(status))).toEqual([]);
    expect([400, 408, 412, 422, 500, 501, 504, 522, 524, 526, 596].filter(isRepeated)).toEqual([]);
  });

  test('every failing status has a cure of its own kind', () => {
    const cures = [402, 403, 404, 408, 412, 413, 422, 429, 500, 502, 526, 529, 596].map((status) => {
      const code = codeOf(status);
      return code === 'ok' ? '' : FAILURE_MESSAGES[code].cure;
    });
    expect(new Set(cures).size).toBe(cures.length);
    expect(FAILURE_MESSAGES['session-broken'].cure).toContain('slider captcha');
  });

  test('that a server restarts is believed only when our own says that it sent nothing on', () => {
    const body = JSON.stringify({ error: 'The server is about to restart.', code: 503, reason: 'restarting' });
    const codeFor = (wasRefused: boolean) => {
      const read = readExchange(exchange(503, body), '5', wasRefused);
      return read.ok ? 'ok' : read.error.code;
    };
    expect([codeFor(true), codeFor(false)]).toEqual(['restarting', 'service-trouble']);
  });

  test('what our server waits for is told apart from a service that is busy', () => {
    for (const reason of ['store-away', 'queue-away'] as const) {
      const read = readExchange(exchange(503, JSON.stringify({ error: 'It is away.', code: 503, reason })), '5');
      expect(read).toMatchObject({ ok: false, error: { code: reason, retryAfterMs: 5_000 } });
    }
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

  test.each(['store-away', 'queue-away'])(
    'a server of ours that says what it waits for (%s) is told apart from a service that is in trouble',
    (reason) => {
      expect(codeOf(503, JSON.stringify({ error: '…', code: 503, reason }))).toBe(reason);
      expect(codeOf(503, JSON.stringify({ error: '…' }))).toBe('service-trouble');
    },
  );

  test('a 400 that asks for the email means that an account must be chosen', () => {
    expect(codeOf(400, '{"error":"Parameter email is required"}')).toBe('account-required');
    expect(codeOf(400, '{"error":"Parameter imageReference is required"}')).toBe('bad-request');
  });

  test.each([
    '{"error":"Parameter email is required","code":"400"}',
    '{"error":{"message":"Parameter email is required","code":400}}',
    '{"message":"Parameter email is required","code":"BAD_REQUEST"}',
    '{"error":{"code":"EMAIL_REQUIRED"}}',
    '{"errors":[{"msg":"email: field required"}]}',
    'Parameter email is required',
  ])('the same in any shape: %s', (body) => {
    expect(codeOf(400, body)).toBe('account-required');
  });

  test.each([
    ['{"error":{"code":"BAD","message":"Image is not reachable"}}', 'Image is not reachable'],
    ['{"message":"Image is not reachable"}', 'Image is not reachable'],
    ['{"error":"Image is not reachable","code":"400","data":null}', 'Image is not reachable'],
    ['{"code":400,"data":{}}', undefined],
    ['[1,2]', undefined],
    ['{"error":', undefined],
  ])('the words in %s are told, and never raw JSON', (body, detail) => {
    const read = readExchange(exchange(400, body), null);
    expect(read.ok ? undefined : read.error.detail).toBe(detail);
  });

  test('our own reason counts beside a code of any kind', () => {
    expect(codeOf(404, '{"error":"…","code":"404","reason":"link-unreachable"}')).toBe('link-refused');
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
    expect(wait(' ')).toBeUndefined();
  });

  test('without the header the body’s retryAfter counts, a date or seconds', () => {
    const wait = (retryAfter: unknown, header: string | null = null) => {
      const read = readExchange(exchange(429, JSON.stringify({ error: 'Busy', retryAfter })), header);
      return read.ok ? undefined : read.error.retryAfterMs;
    };
    const inAMinute = wait(new Date(Date.now() + 60_000).toISOString()) ?? 0;
    expect(inAMinute).toBeGreaterThan(50_000);
    expect(inAMinute).toBeLessThanOrEqual(60_000);
    expect([wait('12'), wait(12), wait('2020-01-01T00:00:00Z'), wait('soon'), wait(null)]).toEqual([
      12_000,
      12_000,
      0,
      undefined,
      undefined,
    ]);
    expect(wait('12', '7')).toBe(7000);
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
