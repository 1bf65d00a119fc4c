import { describe, expect, test } from 'vitest';
import { engineBase } from '#contract/routes.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { contractRoutes } from './contract-routes.ts';
import type { Engine, EngineAnswer } from './engine.ts';
import type { ContractCall } from './host.ts';
import { type Problem, problem } from './problem.ts';

const text = (body: string): EngineAnswer =>
  Promise.resolve(ok({ status: 200, headers: { 'content-type': 'text/plain' }, body: new Blob([body]).stream() }));

/** An engine that answers with what it was asked, and hears no call end. */
const echo: Engine = {
  name: 'kling',
  uploadAsset: async ({ body, contentType }) => text(`${contentType} ${await new Response(body).text()}`),
  recognizeFaces: ({ imageReference, email }, { owner, token }) =>
    text([imageReference, email, owner, token].join(' ')),
  listAccounts: () => text('accounts'),
  showAccount: ({ email }) => text(email),
  generate: ({ fields }) => text(JSON.stringify(fields)),
  showTask: ({ taskId }) => text(taskId),
  deleteTask: ({ taskId, email }) => text(`delete ${taskId} ${email}`),
  listUploadedAssets: ({ query }) => text(JSON.stringify(query)),
  deleteUploadedAssets: ({ email, ids }) => text(`delete ${ids} ${email}`),
  listFreePlaces: () => text('free places'),
  downloadAsset: ({ query }) => text(JSON.stringify(query)),
  drain: () => {},
  close: async () => {},
};

/** A host that is nothing but web standards: requests in, responses out. */
function hostOf(identified: Result<Omit<ContractCall, 'markPaid' | 'claimPaid'>, Problem>) {
  const events: string[] = [];
  const sent = new Set<string>();
  const app = contractRoutes({
    engine: echo,
    timeouts: { call: 5_000, fields: 5_000, upload: 5_000 },
    host: {
      base: () => 'https://host.test',
      logger: { info: (line) => events.push(line), error: (line) => events.push(line) },
      identify: async () =>
        identified.ok
          ? ok({
              ...identified.value,
              markPaid: () => events.push('paid'),
              claimPaid: async (id = '') => id === '' || (!sent.has(id) && sent.add(id).has(id)),
            })
          : identified,
      guardBody: (body) => {
        events.push('guarded');
        return body;
      },
    },
  });
  const ask = (path: string, init?: RequestInit) => app.request(`https://host.test${path}`, init);
  return { ask, events };
}
const known = ok({
  requestId: 'r',
  caller: 'session',
  token: 't',
  owner: 'somebody',
} as const);
const json = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

describe('the contract on any host', () => {
  test('answers by the engine, for whom the host says, with bodies that the host looks after', async () => {
    const { ask, events } = hostOf(known);
    const found = await ask(
      '/images/recognize-faces',
      json({ imageReference: 'https://a.test/b.jpg', email: 'c@d.e' }),
    );
    expect([found.status, await found.text()]).toEqual([200, 'https://a.test/b.jpg c@d.e somebody t']);
    const put = await ask('/assets', { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'bytes' });
    expect(await put.text()).toBe('image/png bytes');
    expect(events).toEqual(['guarded', 'guarded']);
  });

  test('says of a paid call that it is one before the engine hears of it', async () => {
    const { ask, events } = hostOf(known);
    await ask('/images/kolors', json({ prompt: 'a lighthouse' }));
    expect(events).toEqual(['paid', 'guarded']);
  });

  test('sends a paid call on once for each id of the caller’s, and those without as often as they come', async () => {
    const { ask } = hostOf(known);
    const pay = async (id?: string) => {
      const call = json({ prompt: 'a lighthouse' });
      const headers = { ...call.headers, ...(id === undefined ? {} : { 'facebound-paid-once': id }) };
      return (await ask('/images/kolors', { ...call, headers })).status;
    };
    expect([await pay('a'), await pay('b'), await pay('a'), await pay(), await pay()]).toEqual([
      200, 200, 504, 200, 200,
    ]);
  });

  test('takes back by ids that are numbers, ten at most, of an account that is named', async () => {
    const { ask } = hostOf(known);
    const remove = async (query: string) => {
      const answer = await ask(`/assets/uploaded${query}`, { method: 'DELETE' });
      return [answer.status, await answer.text()];
    };
    const ten = Array.from({ length: 10 }, (_, index) => `86921816752783368${index}`).join();
    expect(await remove(`?email=a@b.c&id=${ten}`)).toEqual([200, `delete ${ten} a@b.c`]);
    expect(await remove('?id=1')).toEqual([400, '{"error":"Parameter email is required"}']);
    for (const id of ['', 'a', '1,', ',1', '1,,2', '1, 2', '-1', '*', `${ten},1`, '1&id=all']) {
      const [status, body] = await remove(`?email=a@b.c&id=${encodeURIComponent(id)}`);
      expect(status, id).toBe(400);
      expect(body).toContain('must be a numeric string or a comma-separated list of up to 10 numeric strings');
    }
    const task = await ask('/tasks/77?email=a@b.c', { method: 'DELETE' });
    expect(await task.text()).toBe('delete 77 a@b.c');
  });

  test('is closed to whom the host refuses, whatever is asked', async () => {
    const { ask, events } = hostOf(err(problem(401, 'forbidden', 'Who are you?')));
    for (const path of ['/accounts', '/nothing here', '/images/kolors']) expect((await ask(path)).status).toBe(401);
    expect(events).toEqual([]);
  });

  test('tells another method and an unknown path in the contract’s own form', async () => {
    const { ask } = hostOf(known);
    const other = await ask('/images/kolors');
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'POST']);
    const nothing = await ask(`${engineBase('kling')}/nothing`);
    expect([nothing.status, await nothing.json()]).toEqual([404, expect.objectContaining({ code: 404 })]);
  });
});
