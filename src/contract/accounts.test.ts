import { expect, test } from 'vitest';
import { account, accountsReply } from './accounts.ts';

test('an account with values of another kind is still an account, and hides no other', () => {
  const odd = { email: null, error: { code: 596 }, maxJobs: '3', balance: null, session: 'x' };
  const good = { email: 'b@c.d', balance: { total: 7 } };
  const read = accountsReply.parse({ 'a@b.c': odd, 'b@c.d': good });
  expect(read['b@c.d']).toEqual(good);
  expect(read['a@b.c']).toMatchObject({ session: 'x' });
  expect([read['a@b.c']?.email, read['a@b.c']?.balance]).toEqual([undefined, undefined]);
});

test.each([null, 'active', 3, []])('an entry that is %j is an account without particulars', (entry) => {
  expect(accountsReply.parse({ 'a@b.c': entry, 'b@c.d': { maxJobs: 2 } })).toEqual({
    'a@b.c': {},
    'b@c.d': { maxJobs: 2 },
  });
});

test('what says no is no account', () => {
  for (const refusal of [{ error: 'No', code: 404 }, { error: { message: 'No' } }, { message: 'No', status: null }]) {
    expect(accountsReply.safeParse(refusal).success).toBe(false);
  }
  expect(accountsReply.parse({ 'a@b.c': {}, error: null, first: { email: 'b@c.d' } })).toEqual({
    'a@b.c': {},
    first: { email: 'b@c.d' },
  });
  expect(accountsReply.parse({})).toEqual({});
});

test('credits are told only where they are a number', () => {
  expect(account.parse({ balance: { total: 12 } }).balance?.total).toBe(12);
  expect(account.parse({ balance: { total: '12' } }).balance?.total).toBeUndefined();
});
