import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { startWebHost } from '#testing/server/web-host.ts';
import { createGuardedAgent, ForbiddenAddressError } from './guarded-agent.ts';
import type { Lookup } from './name-lookup.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function agentFor(lookup: Lookup, isAllowed: (address: string) => boolean) {
  const agent = createGuardedAgent({
    linkHosts: [],
    connectTimeoutMs: 5_000,
    lookup,
    systemLookup: () => Promise.reject(new Error('must not be asked')),
    signal: new AbortController().signal,
    isAllowed,
  });
  closing.push(() => agent.destroy());
  return agent;
}

test('connects to the address that was checked: a name is resolved once a connection', async () => {
  const host = await startWebHost((_, response) => response.end('here'));
  closing.push(() => host.close());
  let asked = 0;
  // A name of an attacker: harmless when it is checked, another address when it is asked again.
  const lookup: Lookup = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  };
  const dispatcher = agentFor(lookup, (address) => address === '127.0.0.1');
  const reply = await request(`http://rebinding.example:${host.port}/`, { dispatcher });
  expect(await reply.body.text()).toBe('here');
  expect(asked).toBe(1);
  await expect(request(`http://rebinding.example:${host.port}/`, { dispatcher })).rejects.toThrow(
    ForbiddenAddressError,
  );
  expect(asked).toBe(2);
});

test('checks every address that a name has', async () => {
  const lookup: Lookup = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '127.0.0.2', family: 4 },
  ];
  const dispatcher = agentFor(lookup, (address) => address === '127.0.0.1');
  await expect(request('http://two-faced.example:1/', { dispatcher })).rejects.toThrow(ForbiddenAddressError);
});

test('looks at the connected peer once more', async () => {
  const host = await startWebHost((_, response) => response.end('here'));
  closing.push(() => host.close());
  let checks = 0;
  const dispatcher = agentFor(
    async () => [{ address: '127.0.0.1', family: 4 }],
    () => {
      checks += 1;
      return checks === 1;
    },
  );
  await expect(request(`http://pictures.example:${host.port}/`, { dispatcher })).rejects.toThrow(ForbiddenAddressError);
  expect(checks).toBe(2);
});
