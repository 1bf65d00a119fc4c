import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kept, planEviction, totalBytes } from './eviction.ts';

const kept = (key: string, openedAt: number, blobBytes: number, more: Partial<Kept> = {}): Kept => ({
  key,
  openedAt,
  blobBytes,
  otherBytes: 10,
  inUse: false,
  ...more,
});
const plenty = { maxBytes: 1_000_000, maxPictures: 1000 };

/** What is left when a plan was carried out. */
function carriedOut(entries: readonly Kept[], { blobs, pictures }: ReturnType<typeof planEviction>): Kept[] {
  return entries
    .filter(({ key }) => !pictures.includes(key))
    .map((entry) => (blobs.includes(entry.key) ? { ...entry, blobBytes: 0 } : entry));
}

describe('making room', () => {
  test('nothing goes while there is room', () => {
    expect(planEviction([kept('a', 1, 500), kept('b', 2, 500)], plenty)).toEqual({ blobs: [], pictures: [] });
  });

  test('the bytes of the oldest go first, and results stay', () => {
    const entries = [kept('new', 3, 100), kept('oldest', 1, 100), kept('old', 2, 100)];
    expect(planEviction(entries, { ...plenty, maxBytes: 240 })).toEqual({ blobs: ['oldest'], pictures: [] });
    expect(planEviction(entries, { ...plenty, maxBytes: 130 })).toEqual({ blobs: ['oldest', 'old'], pictures: [] });
  });

  test('results go when bytes are not enough', () => {
    const entries = [kept('new', 3, 0), kept('oldest', 1, 0), kept('old', 2, 0)];
    expect(planEviction(entries, { ...plenty, maxBytes: 10 })).toEqual({ blobs: [], pictures: ['oldest', 'old'] });
  });

  test('beyond so many pictures the oldest are forgotten', () => {
    const entries = [kept('new', 3, 5), kept('oldest', 1, 5), kept('old', 2, 5)];
    expect(planEviction(entries, { ...plenty, maxPictures: 2 })).toEqual({ blobs: [], pictures: ['oldest'] });
  });

  test('for any memory: what is in use stays whole, and the limits hold unless that alone breaks them', () => {
    const entry = fc.record({
      openedAt: fc.nat(100),
      blobBytes: fc.nat(100),
      otherBytes: fc.nat(20),
      inUse: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.nat(1500), fc.nat(30), (drafts, maxBytes, maxPictures) => {
        const entries = drafts.map((draft, index) => ({ key: String(index), ...draft }));
        const plan = planEviction(entries, { maxBytes, maxPictures });
        const left = carriedOut(entries, plan);
        const inUse = entries.filter((candidate) => candidate.inUse);
        expect(left).toEqual(expect.arrayContaining(inUse));
        if (totalBytes(inUse) <= maxBytes) expect(totalBytes(left)).toBeLessThanOrEqual(maxBytes);
        else for (const entry of left) expect(entry.inUse || entry.blobBytes === 0).toBe(true);
        expect(left.length).toBeLessThanOrEqual(Math.max(maxPictures, inUse.length));
        // Nothing is dropped twice.
        expect(new Set([...plan.blobs, ...plan.pictures]).size).toBe(plan.blobs.length + plan.pictures.length);
      }),
    );
  });

  test('for any memory: nothing goes that is newer than something like it that stays', () => {
    const entry = fc.record({ openedAt: fc.nat(1000), blobBytes: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { maxLength: 20, selector: ({ openedAt }) => openedAt }),
        fc.nat(900),
        (drafts, maxBytes) => {
          const entries = drafts.map((draft) => kept(String(draft.openedAt), draft.openedAt, draft.blobBytes));
          const { blobs } = planEviction(entries, { ...plenty, maxBytes });
          const newestGone = Math.max(-1, ...blobs.map(Number));
          const { pictures } = planEviction(entries, { ...plenty, maxBytes });
          for (const { key, openedAt } of entries) {
            if (openedAt < newestGone) expect([...blobs, ...pictures]).toContain(key);
          }
        },
      ),
    );
  });
});
