import * as z from 'zod/mini';
import { pageDatabase } from '#page/platform/page-database.ts';
import { createRemembered } from '#page/platform/remembered.ts';
import { ok, type Result } from '#shared/result.ts';
import { advance, type Claimed, type GenerationEvent, generation, isOpen, mayClaim } from './model/generation.ts';

/**
 * What the page remembers of paid generations, across reloads and tabs. IndexedDB holds it, because its transactions
 * are the same for every tab: of two tabs that claim at once, one sees the other's claim. No token is ever in it.
 */
const storedGeneration = z.extend(generation, { crop: z.optional(z.instanceof(Blob)) });
export type StoredGeneration = z.infer<typeof storedGeneration>;

const STORE = 'generations';
/** How many that are over are kept, newest first. */
const KEPT = 30;

/** Newest first. */
export const rememberedGenerations = createRemembered<readonly StoredGeneration[]>(
  'generations',
  [],
  async (before) => {
    const stored = readable(await (await pageDatabase.open()).getAll(STORE)).toSorted(
      (a, b) => b.createdAt - a.createdAt,
    );
    // Every reading makes new blobs of the same bytes; who shows one would show it anew each time.
    const crops = new Map(before.map(({ id, crop }) => [id, crop]));
    return stored.map((entry) => {
      const crop = crops.get(entry.id) ?? entry.crop;
      return crop === undefined ? entry : { ...entry, crop };
    });
  },
);

/** Writes reach the disk before they count: a crash must not forget what was paid. */
const writing = async () => (await pageDatabase.open()).transaction(STORE, 'readwrite', { durability: 'strict' });

/** What is stored and can be read. A record of another version of the page is left alone and not shown. */
const readable = (rows: readonly unknown[]): StoredGeneration[] =>
  rows.flatMap((row) => {
    const parsed = storedGeneration.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });

/**
 * Writes a generation down before it is sent. Fails when the same confirmation or the same request was claimed before,
 * here or in another tab: see `mayClaim`. Rejects when the browser stores nothing; then nothing may be sent.
 */
export async function claimGeneration(
  wanted: StoredGeneration,
  again: string | undefined,
): Promise<Result<undefined, Claimed>> {
  const transaction = await writing();
  const remembered = readable(await transaction.store.getAll());
  const claim = mayClaim(remembered, wanted, again);
  if (!claim.ok) {
    await transaction.done;
    // Whoever was first may be a tab that this one does not hear of.
    await rememberedGenerations.refresh();
    return claim;
  }
  const replaced = remembered.find(({ id }) => id === again);
  if (replaced !== undefined) await transaction.store.put({ ...replaced, sentAgainAs: wanted.id });
  await transaction.store.add(wanted);
  const over = remembered.filter((other) => !isOpen(other)).toSorted((a, b) => b.createdAt - a.createdAt);
  for (const { id } of over.slice(KEPT)) await transaction.store.delete(id);
  await transaction.done;
  await rememberedGenerations.announce();
  return ok(undefined);
}

/**
 * Notes what happened to a generation. Shown once it is written down, so that a reload forgets nothing that a person has
 * seen, and even where the browser has stopped storing; rejects then.
 */
export async function noteGeneration(id: string, event: GenerationEvent): Promise<void> {
  try {
    const transaction = await writing();
    const [stored] = readable([await transaction.store.get(id)]);
    if (stored !== undefined) {
      const next = moved(stored, event);
      if (next !== stored) await transaction.store.put(next);
    }
    await transaction.done;
  } finally {
    rememberedGenerations.note(({ status, value }) => ({
      status,
      value: value.map((entry) => (entry.id === id ? moved(entry, event) : entry)),
    }));
  }
  await rememberedGenerations.announce();
}

const moved = (entry: StoredGeneration, event: GenerationEvent): StoredGeneration => {
  const next = advance(entry, event);
  return next === entry ? entry : { ...entry, phase: next.phase };
};

/** Takes a generation off the list. One that may still be working stays. */
export async function forgetGeneration(id: string): Promise<void> {
  const transaction = await writing();
  const [stored] = readable([await transaction.store.get(id)]);
  if (stored !== undefined && stored.phase.kind !== 'sending' && stored.phase.kind !== 'running') {
    await transaction.store.delete(id);
  }
  await transaction.done;
  await rememberedGenerations.announce();
}

/**
 * Takes everything off the list that is over. What is not, or what nobody knows the outcome of, stays and goes on
 * holding the same request back, but for the ids that a person named. Gives how many stay.
 */
export async function forgetGenerations(named: ReadonlySet<string>): Promise<number> {
  const transaction = await writing();
  const stored = readable(await transaction.store.getAll());
  const gone = stored.filter((entry) => !isOpen(entry) || named.has(entry.id));
  for (const { id } of gone) await transaction.store.delete(id);
  await transaction.done;
  await rememberedGenerations.announce();
  return stored.length - gone.length;
}
