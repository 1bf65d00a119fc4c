import { afterEach, describe, expect, test } from 'vitest';
import { type NameAnswer, startNameServer } from '#testing/server/name-server.ts';
import { createDnsLookup, createSystemLookup } from './name-lookup.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A look-up that asks a name server of its own. Without a time it waits longer than any test. */
async function lookupAt(answer: (name: string, type: 'A' | 'AAAA') => NameAnswer, timeoutMs = 600_000) {
  const server = await startNameServer(answer);
  closing.push(() => server.close());
  return { server, lookup: createDnsLookup({ nameServers: [server.address], timeoutMs }) };
}
const stays = () => new AbortController().signal;

describe('looking up a name', () => {
  test('gives its addresses of both kinds', async () => {
    const addresses = ['192.0.2.1', '192.0.2.2', '2001:db8:0:0:0:0:0:1'];
    const { lookup } = await lookupAt(() => addresses);
    expect(await lookup('pictures.example', stays())).toEqual([
      { address: '192.0.2.1', family: 4 },
      { address: '192.0.2.2', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ]);
  });

  test('says that there is no such name, or that it has no address', async () => {
    const { lookup } = await lookupAt((name) => (name.startsWith('no') ? 'unknown' : []));
    await expect(lookup('nowhere.example', stays())).rejects.toMatchObject({ failure: 'not-found' });
    await expect(lookup('mail-only.example', stays())).rejects.toMatchObject({ failure: 'not-found' });
  });

  test('ends after its time when nobody answers', async () => {
    const { lookup } = await lookupAt(() => 'silent', 100);
    await expect(lookup('dead.example', stays())).rejects.toMatchObject({ failure: 'too-slow' });
  });

  test('does with the addresses of one kind when nobody answers for the other', async () => {
    const { lookup } = await lookupAt((_, type) => (type === 'A' ? ['192.0.2.1'] : 'silent'), 2_000);
    expect(await lookup('half-dead.example', stays())).toEqual([{ address: '192.0.2.1', family: 4 }]);
  });

  test('asks once for all who ask for the same name at once', async () => {
    const { server, lookup } = await lookupAt(() => ['192.0.2.1']);
    const names = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'same.example' : 'SAME.example'));
    const found = await Promise.all(names.map((name) => lookup(name, stays())));
    expect(new Set(found.map(([first]) => first?.address))).toEqual(new Set(['192.0.2.1']));
    expect(server.questions.map((question) => question.toLowerCase()).toSorted()).toEqual([
      'a same.example',
      'aaaa same.example',
    ]);
  });

  test('ends with its caller, and goes on for the others', async () => {
    let isSilent = true;
    const { server, lookup } = await lookupAt((name) =>
      isSilent && name === 'dead.example' ? 'silent' : ['192.0.2.1'],
    );
    const leaves = new AbortController();
    const stayed = new AbortController();
    const left = lookup('dead.example', leaves.signal);
    const waits = lookup('dead.example', stayed.signal);
    await expect.poll(() => server.questions).toHaveLength(2);
    leaves.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    // A silent name keeps no other waiting.
    expect(await lookup('pictures.example', stays())).toHaveLength(1);
    stayed.abort(new Error('left, too'));
    await expect(waits).rejects.toThrow('left, too');
    // Nobody waits any more, so that the next one asks anew.
    isSilent = false;
    expect(await lookup('dead.example', stays())).toHaveLength(1);
  });

  test('by the system knows what only this machine knows', async () => {
    const lookup = createSystemLookup();
    const found = await lookup('localhost', stays());
    expect(found.map(({ address }) => address)).toContain(
      found.some(({ family }) => family === 4) ? '127.0.0.1' : '::1',
    );
    const leaves = new AbortController();
    leaves.abort(new Error('left'));
    await expect(lookup('localhost', leaves.signal)).rejects.toThrow('left');
  });
});
