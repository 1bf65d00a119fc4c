import * as z from 'zod/mini';
import { pageDatabase } from '#page/platform/page-database.ts';
import { createRemembered } from '#page/platform/remembered.ts';

/**
 * A picture that this browser uploaded to Kling and nobody took back: what finds it again there. It says nothing of the
 * picture but its digest, and stays when the picture is gone here. No token is ever in it.
 */
const sentUpload = z.object({
  /** Where the service says that it lies. */
  address: z.string(),
  /** What the service calls it. Undefined where its reply did not say: it cannot be found again then. */
  fileName: z.optional(z.string()),
  /** The Kling account; undefined where none was named, because one was configured. */
  email: z.optional(z.string()),
  /** Whose token sent it. */
  credential: z.enum(['server', 'own']),
  /** SHA-256 of the picture, hex, until a person has everything forgotten. */
  sha256: z.optional(z.string()),
  /** When, in milliseconds since 1970. */
  at: z.number(),
});
export type SentUpload = z.infer<typeof sentUpload>;

/** Newest first. */
export const rememberedUploads = createRemembered<readonly SentUpload[]>('uploads', [], async () =>
  readable(await (await pageDatabase.open()).getAll('uploads')).toSorted((a, b) => b.at - a.at),
);

/** Writes an upload down. Rejects where the browser stores nothing. */
export async function noteSentUpload(upload: SentUpload): Promise<void> {
  await (await pageDatabase.open()).put('uploads', upload);
  await rememberedUploads.announce();
}

/** Takes uploads off the list: they were taken back, or a person does not want to know of them any more. */
export async function dropSentUploads(addresses: readonly string[]): Promise<void> {
  const { store, done } = (await pageDatabase.open()).transaction('uploads', 'readwrite');
  for (const address of addresses) await store.delete(address);
  await done;
  await rememberedUploads.announce();
}

/**
 * Forgets which pictures they were and keeps what finds them at Kling; with `all` that goes, too. Gives how many can
 * still be taken back.
 */
export async function forgetSentUploads(all: boolean): Promise<number> {
  const { store, done } = (await pageDatabase.open()).transaction('uploads', 'readwrite');
  const uploads = readable(await store.getAll());
  if (all) await store.clear();
  else for (const { sha256: _, ...upload } of uploads) await store.put(upload);
  await done;
  await rememberedUploads.announce();
  return all ? 0 : uploads.length;
}

/** Another version of the page may have left anything there: what cannot be read is left alone. */
const readable = (rows: readonly unknown[]): SentUpload[] =>
  rows.flatMap((row) => {
    const parsed = sentUpload.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
