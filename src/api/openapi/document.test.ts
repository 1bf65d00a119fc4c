import { describe, expect, test } from 'vitest';
import { createMemoryApi } from '#testing/api/memory-api.ts';
import { describedCalls, documentFaults, replyFaults } from '#testing/api/reply-check.ts';
import { problem, problemResponse } from '../problem.ts';
import { openApiDocument } from './document.ts';
import { serversAt } from './servers.ts';

describe('the contract as a document', () => {
  const served = (base: string) =>
    JSON.parse(JSON.stringify({ ...openApiDocument({ version: '1.2.3' }), servers: serversAt(base) }));

  test('is OpenAPI 3.1, wherever it is served', async () => {
    for (const base of ['http://127.0.0.1:4173', 'https://host.test/some/folder']) {
      expect(await documentFaults(served(base))).toEqual([]);
    }
    expect(await documentFaults({ ...served('https://host.test'), paths: { accounts: 3 } })).not.toEqual([]);
  });

  test('describes every call that the routes take, and no other', () => {
    const routes = createMemoryApi({ base: 'https://host.test' })
      .routes()
      .filter((route) => /^(?:GET|POST|DELETE) \/v1\/kling\//.test(route))
      .map((route) => route.replace('/v1/kling', '').replace(/:(\w+)/, '{$1}'));
    const withoutLastSlash = describedCalls().map((call) => call.replace(/\/$/, ''));
    expect(withoutLastSlash.toSorted()).toEqual(routes.toSorted());
  });

  test('a reply that is not as described is found out', async () => {
    const reply = (body: unknown, status = 200) => Response.json(body, { status });
    expect(await replyFaults('GET', '/accounts', reply({ 'a@b.c': { email: 'a@b.c' } }))).toEqual([]);
    expect(await replyFaults('GET', '/accounts/', reply({ 'a@b.c': { email: 7 } }))).toHaveLength(1);
    expect(await replyFaults('GET', '/tasks/7', reply({ status: 5 }))).not.toEqual([]);
    expect(await replyFaults('POST', '/images/recognize-faces', reply({ error: 'no', code: 'x' }, 400))).toHaveLength(
      1,
    );
    expect(await replyFaults('POST', '/images/recognize-faces', new Response('no', { status: 500 }))).toHaveLength(1);
    expect(await replyFaults('GET', '/videos', reply({}))).toEqual(['GET /videos is not described']);
    expect(await replyFaults('PUT', '/accounts', problemResponse(problem(405, 'bad-request', 'No.')))).toEqual([]);
  });
});
