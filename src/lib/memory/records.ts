import { z } from 'zod';
import { ENGINE_NAMES } from '#contract/routes.ts';
import { toOrientation } from '#domain/intake/orientation.ts';

/**
 * What the page remembers, as it lies in IndexedDB. Everything is parsed when it is read back: another version of the
 * page, a half-written record or a curious person may have left anything there. No token and no session is ever in it.
 */

const side = z.number().int().positive().max(1_000_000);
const time = z.number().int().nonnegative();

const storedOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), via: z.enum(['drop', 'browse', 'paste', 'link', 'sample']) }),
  z.object({ kind: z.literal('link'), url: z.url({ protocol: /^https?$/ }).max(8192) }),
]);
export type StoredOrigin = z.infer<typeof storedOrigin>;

/** A picture without its bytes. */
export const storedPicture = z.object({
  /** See `memoryKey`. */
  key: z.string(),
  name: z.string(),
  origin: storedOrigin,
  /** Upright size in pixels. */
  size: z.object({ width: side, height: side }),
  notes: z.array(z.string()),
  orientation: z.number().transform(toOrientation),
  concerns: z.array(z.string()),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Size of the picture's bytes. */
  bytes: z.number().int().nonnegative(),
  thumbnail: z.instanceof(Blob),
  /** How many faces the last answer had. */
  faces: z.number().int().nonnegative().optional(),
  /** Size of everything else that is kept for it, in bytes. */
  answerBytes: z.number().int().nonnegative(),
  /** When it was last opened, in milliseconds since 1970. */
  openedAt: time,
});
export type StoredPicture = z.infer<typeof storedPicture>;

/** What an engine said of a picture, or only where the picture was uploaded when no answer came yet. */
export const storedAnswer = z.object({
  /** See `answerId`. */
  id: z.string(),
  /** Key of the picture. */
  picture: z.string(),
  engine: z.enum(ENGINE_NAMES),
  /** Whose token was used; the token itself is never here. */
  credential: z.enum(['server', 'own']),
  email: z.string().optional(),
  imageReference: z.string(),
  exchange: z
    .object({
      method: z.enum(['GET', 'POST']),
      path: z.string(),
      status: z.number().int().optional(),
      durationMs: z.number().nonnegative(),
      body: z.string(),
      requestId: z.string().optional(),
    })
    .optional(),
  at: time,
});
export type StoredAnswer = z.infer<typeof storedAnswer>;

/** The same bytes handed over in the same way are the same picture; a link is the same by its address. */
export const memoryKey = (origin: StoredOrigin, sha256: string): string =>
  origin.kind === 'link' ? `link ${origin.url}` : `file ${sha256}`;

export const answerId = (answer: Pick<StoredAnswer, 'picture' | 'engine' | 'credential' | 'email'>): string =>
  [answer.engine, answer.credential, answer.email ?? '', answer.picture].join(' ');
