import { afterEach, expect, test, vi } from 'vitest';
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
