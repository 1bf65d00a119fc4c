/** What a stop leaves alone: signals to the real server, with the live service faked over HTTP behind it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Facebound } from '../fixtures/facebound-page.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';
import { freePort } from '../tools/free-port.ts';

const KOLORS = '/engines/kling/v1/kling/images/kolors';

test('a paid call in flight is finished, new calls hear that the server restarts, then it ends', async ({
  workerVendor: vendor,
}) => {
  const server = await startServer({ env: { USEAPI_BASE_URL: vendor.baseUrl } });
  const headers = { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ prompt: 'A lighthouse keeper' });
  const stopHolding = vendor.on('kolors', { kind: 'held' }, 1);
  const before = vendor.callsTo('kolors').length;
  const paid = fetch(server.origin + KOLORS, { method: 'POST', headers, body });
  await expect.poll(() => vendor.callsTo('kolors').length).toBe(before + 1);

  const exited = once(server.process, 'exit');
  // As npm does, which hands on what the terminal sent already.
  server.process.kill('SIGINT');
  server.process.kill('SIGINT');
  await expect.poll(() => server.log()).toContain('Finishing 1 call, a paid one; Ctrl-C again stops at once\n');
  for (const path of ['/', '/healthz', '/engines/embedded/v1/kling/accounts']) {
    const refused = await fetch(server.origin + path, { headers });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.headers.get('connection')).toBe('close');
  }
  const second = await fetch(server.origin + KOLORS, { method: 'POST', headers, body });
  expect(await second.json()).toMatchObject({ code: 503, reason: 'restarting' });
  expect(vendor.callsTo('kolors')).toHaveLength(before + 1);

  vendor.release();
  const answer = await paid;
  expect(answer.status).toBe(200);
  expect(await answer.json()).toHaveProperty('task');
  expect(await exited).toEqual([0, null]);
  stopHolding();
  await server.stop();
});

test('a second signal ends at once what the first one waits for', async ({ workerVendor: vendor }) => {
  const server = await startServer({ env: { USEAPI_BASE_URL: vendor.baseUrl } });
  const headers = { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' };
  const stopHolding = vendor.on('kolors', { kind: 'held' }, 1);
  const before = vendor.callsTo('kolors').length;
  const lost = fetch(server.origin + KOLORS, { method: 'POST', headers, body: '{"prompt":"x"}' }).catch(() => 'lost');
  await expect.poll(() => vendor.callsTo('kolors').length).toBe(before + 1);
  const exited = once(server.process, 'exit');
  server.process.kill('SIGINT');
  await expect.poll(() => server.log()).toContain('Finishing 1 call');
  server.process.kill('SIGINT');
  expect(await exited).toEqual([1, null]);
  expect(await lost).toBe('lost');
  vendor.release();
  stopHolding();
  await server.stop();
});

test('a page whose server restarts waits and goes on by itself', async ({ page, watch, workerVendor: vendor }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'facebound-restart-'));
  const env = { PORT: String(await freePort()), FACEBOUND_DATA_DIR: dataDir, USEAPI_BASE_URL: vendor.baseUrl };
  const first = await startServer({ env });
  const facebound = new Facebound(page);
  watch.expectProblem(/503|unreachable|stranger|ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE/);
  await page.goto(first.origin);
  await expect(facebound.linkField).toBeVisible();
  // The page is whole, so that what is tried is a waiting call and not a part that is missing.
  await page.waitForLoadState('networkidle');

  // A paid call of somebody else keeps the server for as long as this test needs it.
  const stopHolding = vendor.on('kolors', { kind: 'held' }, 1);
  const before = vendor.callsTo('kolors').length;
  const headers = { authorization: `Bearer ${vendor.token}`, 'content-type': 'application/json' };
  const paid = fetch(first.origin + KOLORS, { method: 'POST', headers, body: '{"prompt":"x"}' });
  await expect.poll(() => vendor.callsTo('kolors').length).toBe(before + 1);
  const exited = once(first.process, 'exit');
  first.process.kill('SIGTERM');
  await expect.poll(() => first.log()).toMatch(/Finishing (1 call, a paid one|\d+ calls, one of them paid)/);

  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await expect(page.getByText('The server is restarting…').first()).toBeVisible();
  vendor.release();
  expect((await paid).status).toBe(200);
  expect(await exited).toEqual([0, null]);
  stopHolding();

  const second = await startServer({ env });
  await facebound.expectFaces(3);
  await first.stop();
  await second.stop();
  await rm(dataDir, { recursive: true, force: true });
});
