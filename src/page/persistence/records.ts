import * as z from 'zod/mini';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';
import { RESPONSE_FILES, type ResponseFile } from '#contract/saved-result-file.ts';
import type { HandedOver } from '#page/pictures/model/handed-over.ts';
import { toOrientation } from '#shared/geometry/orientation.ts';

/**
 * What the page remembers, as it lies in IndexedDB. Everything is parsed when it is read back: another version of the
 * page, a half-written record or a curious person may have left anything there. No token and no session is ever in it.
 */

const side = z.int().check(z.positive(), z.maximum(1_000_000));
const time = z.int().check(z.nonnegative());

const storedExchange = z.object({
  method: z.enum(['GET', 'POST', 'DELETE']),
  path: z.string(),
  status: z.optional(z.int()),
  durationMs: z.number().check(z.nonnegative()),
  body: z.string(),
  requestId: z.optional(z.string()),
  detector: z.optional(z.string()),
  readFrom: z.optional(z.enum(RESPONSE_FILES)),
});
export type StoredExchange = z.infer<typeof storedExchange>;

const storedLink = z.url({ protocol: /^https?$/ }).check(z.maxLength(8192));

const SOURCES = [
  z.object({
    kind: z.literal('file'),
    via: z.enum(['drop', 'browse', 'paste', 'link', 'sample']),
    url: z.optional(storedLink),
  }),
  z.object({ kind: z.literal('link'), url: storedLink }),
] as const;
const storedSource = z.discriminatedUnion('kind', SOURCES);

const storedOrigin = z.discriminatedUnion('kind', [
  ...SOURCES,
  /** A saved result that was opened: it brings its answer along. */
  z.object({
    kind: z.literal('replay'),
    engine: z.enum(ENGINE_NAMES),
    exchange: storedExchange,
    imageReference: z.string(),
    source: storedSource,
    crops: z.array(z.object({ address: z.string(), blob: z.instanceof(Blob) })),
  }),
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
  orientation: z.pipe(z.number(), z.transform(toOrientation)),
  concerns: z.array(z.string()),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** Size of the picture's bytes. */
  bytes: z.int().check(z.nonnegative()),
  thumbnail: z.instanceof(Blob),
  /** How many faces the last answer had. */
  faces: z.optional(z.int().check(z.nonnegative())),
  /** Mark of the detector that gave the last answer of the embedded engine. */
  detector: z.optional(z.string()),
  /** Size of everything else that is kept for it, in bytes. */
  answerBytes: z.int().check(z.nonnegative()),
  /** When it was last opened, in milliseconds since 1970. */
  openedAt: time,
});
export type StoredPicture = z.infer<typeof storedPicture>;

/**
 * What is known of the file that a picture was made from. It lies among the answers and not in the picture's record: an
 * earlier version of the page writes that record anew, without what it does not know, and would lose it. Here it is
 * passed over, and forgotten with its picture.
 */
export const storedFile = z.object({
  /** See `fileId`. */
  id: z.string(),
  /** Key of the picture. */
  picture: z.string(),
  handedOver: z.pipe(
    z.object({
      path: z.optional(z.string()),
      size: z.object({ width: side, height: side }),
      orientation: z.pipe(z.number(), z.transform(toOrientation)),
      sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    }),
    z.transform(({ path, ...known }): HandedOver => ({ path, ...known })),
  ),
});
export type StoredFile = z.infer<typeof storedFile>;

/** No answer's id begins like this. */
export const fileId = (picture: string): string => `file of ${picture}`;

/** What an engine said of a picture, or only where the picture was uploaded when no answer came yet. */
export const storedAnswer = z.object({
  /** See `answerId`. */
  id: z.string(),
  /** Key of the picture. */
  picture: z.string(),
  engine: z.enum(ENGINE_NAMES),
  /** Whose token was used; the token itself is never here. */
  credential: z.enum(['server', 'own']),
  email: z.optional(z.string()),
  imageReference: z.string(),
  exchange: z.optional(storedExchange),
  at: time,
});
export type StoredAnswer = z.infer<typeof storedAnswer>;

/**
 * The same bytes handed over in the same way are the same picture; of a link its address counts as well. Earlier
 * versions knew a link by its address alone (`link https://…`), although it may give other bytes each time, and a saved
 * result without what it says, so that of two about the same bytes one was kept (`SavedResult.keptAs`).
 */
export function memoryKey(origin: MemoryOrigin, sha256: string): string {
  switch (origin.kind) {
    case 'file':
      return `file ${sha256}`;
    case 'link':
      return `link ${sha256} ${origin.url}`;
    case 'replay':
      return `replay ${origin.exchange.readFrom ?? origin.engine} ${sha256} ${textMark(origin.exchange.body)}`;
  }
}

/** Whether a linked picture was written down by an earlier version: what is under its key may be of other bytes. */
export const isOutdated = ({ key, origin, sha256 }: StoredPicture): boolean =>
  origin.kind === 'link' && key !== memoryKey(origin, sha256);

/** What tells one origin from another. */
type MemoryOrigin =
  | { readonly kind: 'file' }
  | { readonly kind: 'link'; readonly url: string }
  /** Who gave the answer, or the file that was read as one: of one picture there may be several. */
  | {
      readonly kind: 'replay';
      readonly engine: EngineName;
      readonly exchange: { readonly readFrom?: ResponseFile | undefined; readonly body: string };
    };

/** Tells texts apart that lie under one picture: 64 bits of FNV-1a in two halves, which nobody is to trust further. */
function textMark(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code ^ (a >>> 15), 0x85ebca6b);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

export const answerId = (answer: Pick<StoredAnswer, 'picture' | 'engine' | 'credential' | 'email'>): string =>
  [answer.engine, answer.credential, answer.email ?? '', answer.picture].join(' ');
