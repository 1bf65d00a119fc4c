import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MEASURED_SHA256_HEADER } from '#contract/routes.ts';
import { reopenSession } from '#page/session/api-client.ts';
import { fetchLink, fetchLinkedPicture, givesTheSame } from './linked-picture.ts';

vi.mock('#page/session/api-client.ts', () => ({ reopenSession: vi.fn() }));

const LINK = 'https://example.com/a.jpg';
const refused = () => new Response('{"error":"Unauthorized","code":401}', { status: 401 });
const answers = vi.fn<() => Promise<Response>>();
beforeEach(() => vi.stubGlobal('fetch', answers));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});
const fetchIt = () => fetchLinkedPicture(LINK, new AbortController().signal);

test('a session that ended meanwhile is opened again before the picture is given up', async () => {
  answers.mockResolvedValueOnce(refused()).mockResolvedValueOnce(new Response('picture'));
  vi.mocked(reopenSession).mockResolvedValueOnce(true);
  const fetched = await fetchIt();
  expect(fetched.ok && (await fetched.value.text())).toBe('picture');
});

test('when it stays closed, the person is told so and what to do', async () => {
  answers.mockResolvedValueOnce(refused());
  vi.mocked(reopenSession).mockResolvedValueOnce(false);
  const fetched = await fetchIt();
  expect(!fetched.ok && fetched.error).toMatch(/session has ended.*again/);
  expect(answers).toHaveBeenCalledTimes(1);
});

test('any other refusal is told in the server’s own words', async () => {
  answers.mockResolvedValueOnce(new Response('{"error":"This link answered with a web page."}', { status: 400 }));
  const fetched = await fetchIt();
  expect(fetched).toEqual({ ok: false, error: 'This link answered with a web page.' });
  expect(reopenSession).not.toHaveBeenCalled();
});

test('a server that restarts meanwhile is waited for', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { onLine: true });
  answers
    .mockResolvedValueOnce(new Response('{}', { status: 503, headers: { 'facebound-refused': 'restarting' } }))
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValueOnce(new Response('Bad gateway', { status: 502 }))
    .mockResolvedValueOnce(new Response('picture'));
  const fetching = fetchIt();
  await vi.runAllTimersAsync();
  const fetched = await fetching;
  vi.useRealTimers();
  expect(fetched.ok && (await fetched.value.text())).toBe('picture');
  expect(answers).toHaveBeenCalledTimes(4);
});

test('and not longer than the person does', async () => {
  answers.mockResolvedValue(new Response('{}', { status: 503, headers: { 'facebound-refused': 'restarting' } }));
  const leaving = new AbortController();
  const fetching = fetchLinkedPicture(LINK, leaving.signal);
  leaving.abort(new Error('Enough'));
  await expect(fetching).rejects.toThrow('Enough');
});

test.each([
  ['link-forbidden', false],
  ['link-unreachable', true],
])('another try of a link that was refused as %s is offered only where it can help', async (reason, canRetry) => {
  answers.mockResolvedValueOnce(new Response(JSON.stringify({ error: 'No.', code: 403, reason }), { status: 403 }));
  const fetched = await fetchLink(LINK, new AbortController().signal);
  expect(fetched).toEqual({ ok: false, error: { text: 'No.', canRetry } });
});

describe('a second look at a link', () => {
  const reply = (sha256?: string, init: ResponseInit = {}) =>
    new Response('picture', {
      ...init,
      headers: { ...init.headers, ...(sha256 === undefined ? {} : { [MEASURED_SHA256_HEADER]: sha256 }) },
    });
  const { signal } = new AbortController();
  const lookTwice = async (first: Response, second: Response | Error) => {
    answers.mockResolvedValueOnce(first);
    if (second instanceof Error) answers.mockRejectedValueOnce(second);
    else answers.mockResolvedValueOnce(second);
    const fetched = await fetchLink(LINK, signal);
    if (!fetched.ok) throw new Error(fetched.error.text);
    return { isUnsteady: fetched.value.isUnsteady, same: await givesTheSame(LINK, fetched.value, signal) };
  };

  test('tells whether it gives the same bytes again', async () => {
    expect(await lookTwice(reply('aa'), reply('aa'))).toEqual({ isUnsteady: false, same: true });
    expect(await lookTwice(reply('aa'), reply('bb'))).toEqual({ isUnsteady: false, same: false });
  });

  test('that gives nothing any more is another one', async () => {
    expect((await lookTwice(reply('aa'), reply(undefined, { status: 400 }))).same).toBe(false);
    expect((await lookTwice(reply('aa'), new TypeError('Failed to fetch'))).same).toBe(false);
  });

  test('is not taken at a file of our own server, which never changes', async () => {
    answers.mockResolvedValueOnce(reply());
    const fetched = await fetchLink(LINK, signal);
    expect(fetched.ok && (await givesTheSame(LINK, fetched.value, signal))).toBe(true);
    expect(answers).toHaveBeenCalledTimes(1);
  });

  test('is needless where the host says that nothing of it may be kept', async () => {
    const first = reply('aa', { headers: { 'cache-control': 'no-store' } });
    expect((await lookTwice(first, reply('aa'))).isUnsteady).toBe(true);
  });
});
