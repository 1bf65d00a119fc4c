import { describe, expect, test } from 'vitest';
import { obstacle, payerWords } from './spending.tsx';

const payer = (credits?: number, free?: number, most?: number) => ({
  credits,
  places: free === undefined ? undefined : { free, most },
});

describe('what is told before credits are spent', () => {
  test.each([
    [payer(), ''],
    [payer(66), '66 credits left'],
    [payer(1, 4, 5), '1 credit left · 4 of 5 places free'],
    [payer(undefined, 1), '1 place free'],
    [payer(undefined, 0), '0 places free'],
  ])('of %j', (known, words) => {
    expect(payerWords(known)).toBe(words);
  });

  test.each([
    [payer(2, 1, 5), 3, /^The account has 2 credits left, and this costs 3/],
    [payer(0), 1, /^The account has 0 credits left/],
    [payer(66, 0, 5), 1, /^All 5 places of this account are taken/],
    [payer(66, 0, 1), 1, /^The only place of this account is taken/],
    [payer(66, 0), 1, /^All places of this account are taken/],
  ])('what is in its way: %j', (known, cost, words) => {
    expect(obstacle(known, cost)).toMatch(words);
  });

  test.each([
    [payer(), 9],
    [payer(3, 1, 5), 3],
    [payer(undefined, 5, 5), 1],
  ])('nothing is in its way that nobody knows of: %j', (known, cost) => {
    expect(obstacle(known, cost)).toBeUndefined();
  });
});
