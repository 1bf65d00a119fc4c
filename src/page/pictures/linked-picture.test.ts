import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reopenSession } from '#page/session/api-client.ts';
import { fetchLinkedPicture } from './linked-picture.ts';

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
