import { createHash, webcrypto } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { sha256Hex } from './sha256.ts';

const bytes = new TextEncoder().encode('the same bytes are the same picture');
const expected = createHash('sha256').update(bytes).digest('hex');

afterEach(() => vi.unstubAllGlobals());

test('a secure page hashes with the browser', async () => {
  vi.stubGlobal('isSecureContext', true);
  const digest = vi.spyOn(webcrypto.subtle, 'digest');
  expect(await sha256Hex(bytes)).toBe(expected);
  expect(digest).toHaveBeenCalledOnce();
});

test('a page on plain http, which has no such function, comes to the same hash', async () => {
  vi.stubGlobal('isSecureContext', false);
  vi.stubGlobal('crypto', {});
  expect(await sha256Hex(bytes)).toBe(expected);
});
