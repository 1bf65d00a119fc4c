import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('a call that takes its time', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** Begins a call whose connection the test moves by hand. */
  async function begin(options: { readonly isUpload: boolean }) {
    vi.resetModules();
    const { callApi: call } = await import('./api-client.ts');
    const made: InstanceType<ReturnType<typeof fakeXhr>>[] = [];
    vi.stubGlobal('navigator', { onLine: true });
    vi.stubGlobal(
      'XMLHttpRequest',
      class extends fakeXhr(() => 'held') {
        constructor() {
          super();
          made.push(this);
        }
      },
    );
    const ended = call({ method: 'POST', path: '/', ...(options.isUpload ? { onUploadProgress: () => {} } : {}) });
    const [xhr] = made;
    if (xhr === undefined) throw new Error('Nothing was sent');
    let code: string | undefined;
    void ended.then((reply) => {
      code = reply.ok ? 'ok' : reply.error.code;
    });
    const wait = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return code;
    };
    return { xhr, wait };
  }
  const progress = () => Object.assign(new Event('progress'), { loaded: 1, total: 2 });

  test('is timed from its last progress while it uploads, and from its start otherwise', async () => {
    const upload = await begin({ isUpload: true });
    expect(upload.xhr.timeout).toBe(0);
    for (let step = 0; step < 10; step += 1) {
      expect(await upload.wait(100_000)).toBeUndefined();
      upload.xhr.upload.dispatchEvent(progress());
    }
    expect(await upload.wait(129_000)).toBeUndefined();
    expect(await upload.wait(1_001)).toBe('too-slow');
    expect(upload.xhr.isAborted).toBe(true);
    expect((await begin({ isUpload: false })).xhr.timeout).toBe(130_000);
  });

  test('an upload that never moves is given up after the same time', async () => {
    const { wait } = await begin({ isUpload: true });
    expect(await wait(130_001)).toBe('too-slow');
  });

  test('an answer that breaks off after its head is the service’s fault, not a server that is not there', async () => {
    const { xhr, wait } = await begin({ isUpload: false });
    xhr.headers = { 'x-facebound-request-id': '3' };
    xhr.readyState = 2;
    xhr.dispatchEvent(new Event('readystatechange'));
    xhr.dispatchEvent(new Event('error'));
    expect(await wait(0)).toBe('reply-broken');
  });

  test('one that breaks off after a head that is not our server’s tells nothing', async () => {
    const { xhr, wait } = await begin({ isUpload: false });
    xhr.readyState = 2;
    xhr.dispatchEvent(new Event('readystatechange'));
    xhr.dispatchEvent(new Event('error'));
    expect(await wait(0)).toBe('unreachable');
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

function fakeXhr(wireOf: (path: string) => Wire | 'held') {
  return class extends EventTarget {
    readonly upload = new EventTarget();
    #wire: Wire | 'held' = 'silence';
    status = 0;
    responseText = '';
    headers: Readonly<Record<string, string>> = {};
    readyState = 0;
    timeout = 0;
    isAborted = false;
    open(_method: string, path: string) {
      this.#wire = wireOf(path);
      if (typeof this.#wire === 'string') return;
      this.status = this.#wire.status;
      this.responseText = this.#wire.body;
      this.headers = this.#wire.headers;
    }
    setRequestHeader() {}
    getResponseHeader(name: string) {
      return this.headers[name] ?? null;
    }
    abort() {
      this.isAborted = true;
    }
    send() {
      if (this.#wire === 'held') return;
      queueMicrotask(() => this.dispatchEvent(new Event(this.#wire === 'silence' ? 'error' : 'load')));
    }
  };
}
