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
      vi.stubGlobal('XMLHttpRequest', fakeXhr(wire));
      const reply = await call({ method: 'POST', path: '/', ...options });
      codes.push(reply.ok ? 'ok' : reply.error.code);
    }
    return codes;
  }

  test('a free call is told so, by the server itself, by silence after it, and by a proxy in its place', async () => {
    expect(await codesOf([REFUSAL], ['silence'], [PROXY])).toEqual(['restarting', 'restarting', 'restarting']);
  });

  test('without the server’s own word, silence and proxies mean what they always do', async () => {
    expect(await codesOf(['silence'], [PROXY])).toEqual(['unreachable', 'service-trouble']);
  });

  test('what the server passes on of the live service is not taken for a proxy', async () => {
    expect(await codesOf([REFUSAL], [VENDOR])).toEqual(['restarting', 'service-trouble']);
  });

  test('of a paid call only the server’s own word counts', async () => {
    const once = { once: true } as const;
    expect(await codesOf([REFUSAL, once], ['silence', once], [PROXY, once])).toEqual([
      'restarting',
      'unreachable',
      'service-trouble',
    ]);
  });
});

function fakeXhr(wire: Wire) {
  return class extends EventTarget {
    readonly upload = new EventTarget();
    readonly status = wire === 'silence' ? 0 : wire.status;
    readonly responseText = wire === 'silence' ? '' : wire.body;
    timeout = 0;
    open() {}
    setRequestHeader() {}
    getResponseHeader(name: string) {
      return wire === 'silence' ? null : (wire.headers[name] ?? null);
    }
    send() {
      queueMicrotask(() => this.dispatchEvent(new Event(wire === 'silence' ? 'error' : 'load')));
    }
  };
}
