import { afterEach, describe, expect, test, vi } from 'vitest';
import { callApi } from './api-client.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['a dash that was made pretty', 'user:1234\u2013abcdefghijkl'],
  ['an invisible space', 'user:1234-abcdefghijkl\u200b'],
  ['a space', 'user:1234 abcdefghijkl'],
  ['a line break', 'user:1234-abc\r\nCookie: x'],
])('a token with %s is refused like a wrong one, and not sent', async (_name, token) => {
  const made = vi.fn();
  vi.stubGlobal('XMLHttpRequest', made);
  const reply = await callApi({ method: 'GET', path: '/', token });
  expect(reply).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
  expect(JSON.stringify(reply)).not.toContain('user:');
  expect(made).not.toHaveBeenCalled();
});

/** An exchange as the browser has it: an answer, or silence. */
type Wire =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | 'silence';

describe('while our server restarts', () => {
  const REFUSAL: Wire = {
    status: 503,
    headers: { 'retry-after': '5', 'facebound-refused': 'restarting', 'x-facebound-request-id': '1' },
    body: '{"error":"The server is about to restart.","code":503,"reason":"restarting"}',
  };
  const PROXY: Wire = { status: 502, headers: {}, body: '<html><head><title>502 Bad Gateway</title></head></html>' };
  const VENDOR: Wire = { status: 502, headers: { 'x-facebound-request-id': '2' }, body: '{"error":"Upstream"}' };

  /** Calls our server on a page that was just opened; each call is answered by the next of `wires`. */
  async function codesOf(...wires: readonly (readonly [Wire, { once?: true }?])[]) {
    vi.resetModules();
    const { callApi: call } = await import('./api-client.ts');
    const codes: string[] = [];
    for (const [wire, options] of wires) {
      vi.stubGlobal('navigator', { onLine: true });
      vi.stubGlobal(
        'XMLHttpRequest',
        fakeXhr(() => wire),
      );
      const reply = await call({ method: 'POST', path: '/', ...options });
      codes.push(reply.ok ? 'ok' : reply.error.code);
    }
    return codes;
  }

  test('a free call is told so, by the server itself, by silence after it, and by a proxy in its place', async () => {
    expect(await codesOf([REFUSAL], ['silence'], [PROXY])).toEqual(['restarting', 'restarting', 'restarting']);
  });

  test('without the server’s own word, silence and proxies mean what they always do', async () => {
    expect(await codesOf(['silence'], [PROXY])).toEqual(['unreachable', 'service-unreachable']);
  });

  test('what the server passes on of the live service is not taken for a proxy', async () => {
    expect(await codesOf([REFUSAL], [VENDOR])).toEqual(['restarting', 'service-unreachable']);
  });

  test('of a paid call only the server’s own word counts', async () => {
    const once = { once: true } as const;
    expect(await codesOf([REFUSAL, once], ['silence', once], [PROXY, once])).toEqual([
      'restarting',
      'unreachable',
      'service-unreachable',
    ]);
  });
});

describe('a call with a token of the tab', () => {
  const SESSION_NEEDED: Wire = {
    status: 401,
    headers: {},
    body: '{"error":"…","code":401,"reason":"access-key-required"}',
  };
  const WRONG_TOKEN: Wire = { status: 401, headers: {}, body: '{"error":"Unauthorized","code":401}' };
  const FOUND: Wire = { status: 200, headers: {}, body: '{}' };

  /** Answers the calls to the API one after another; the session is opened whenever that is asked for. */
  async function call(wires: readonly Wire[], options: { once?: true } = {}) {
    vi.resetModules();
    const { callApi: ask } = await import('./api-client.ts');
    const asked: string[] = [];
    const left = [...wires];
    vi.stubGlobal('navigator', { onLine: true });
    vi.stubGlobal(
      'XMLHttpRequest',
      fakeXhr((path) => {
        asked.push(path);
        return path === '/api' ? (left.shift() ?? 'silence') : { status: 204, headers: {}, body: '' };
      }),
    );
    const reply = await ask({ method: 'POST', path: '/api', token: 'user:1234-abcdefghijkl', ...options });
    return { code: reply.ok ? 'ok' : reply.error.code, asked: asked.filter((path) => path === '/api').length };
  }

  test('is sent once more when our server says that it is the session that is missing', async () => {
    expect(await call([SESSION_NEEDED, FOUND])).toEqual({ code: 'ok', asked: 2 });
  });

  test('is not when the service does not know the token, before or after that', async () => {
    expect(await call([WRONG_TOKEN, FOUND])).toEqual({ code: 'unauthorized', asked: 1 });
    expect(await call([SESSION_NEEDED, WRONG_TOKEN])).toEqual({ code: 'unauthorized', asked: 2 });
  });

  test('is never when it costs something', async () => {
    expect(await call([SESSION_NEEDED, FOUND], { once: true })).toEqual({ code: 'session-ended', asked: 1 });
  });
});

function fakeXhr(wireOf: (path: string) => Wire) {
  return class extends EventTarget {
    readonly upload = new EventTarget();
    #wire: Wire = 'silence';
    status = 0;
    responseText = '';
    timeout = 0;
    open(_method: string, path: string) {
      this.#wire = wireOf(path);
      if (this.#wire === 'silence') return;
      this.status = this.#wire.status;
      this.responseText = this.#wire.body;
    }
    setRequestHeader() {}
    getResponseHeader(name: string) {
      return this.#wire === 'silence' ? null : (this.#wire.headers[name] ?? null);
    }
    send() {
      queueMicrotask(() => this.dispatchEvent(new Event(this.#wire === 'silence' ? 'error' : 'load')));
    }
  };
}
