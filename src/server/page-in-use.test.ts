import { request } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import { createFakeDetector } from '#testing/server/fake-detector.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';
import { createPageInUse } from './page-in-use.ts';

let server: TestServer | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
  server = undefined;
});

test('a page is in use until a minute after its last call', () => {
  vi.useFakeTimers();
  const changes: boolean[] = [];
  const page = createPageInUse((isInUse) => changes.push(isInUse));
  page.note();
  vi.advanceTimersByTime(50_000);
  page.note();
  vi.advanceTimersByTime(59_999);
  expect(changes).toEqual([true]);
  vi.advanceTimersByTime(1);
  expect(changes).toEqual([true, false]);
  page.note();
  expect(changes).toEqual([true, false, true]);
  page.close();
});

test('the detector steps back for a page on this machine, and for no program and no page elsewhere', async () => {
  const detector = createFakeDetector();
  const host = 'faces.localhost:8080';
  server = await startTestServer({ detector, env: { FACEBOUND_ORIGIN: `http://${host}` } });
  const call = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: string) => {
    const reply = await request(`${server?.url}${path}`, { method, headers: { host, ...headers }, body: body ?? null });
    await reply.body.dump();
    return reply;
  };
  const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
  const json = { 'content-type': 'application/json', origin: `http://${host}` };
  const opened = await call('POST', '/app/session', { ...elsewhere, ...json }, '{}');
  const cookie = String(opened.headers['set-cookie']).split(';', 1)[0] ?? '';
  const accounts = '/engines/embedded/v1/kling/accounts';
  await call('GET', accounts, { authorization: 'Bearer a-program' });
  expect((await call('GET', accounts, { ...elsewhere, cookie })).statusCode).toBe(200);
  expect(detector.isBack).toBe(false);
  await call('GET', accounts, { cookie, 'x-forwarded-for': '127.0.0.1' });
  expect(detector.isBack).toBe(true);
});
