import * as z from 'zod/mini';
import { ENGINE_NAMES, type EngineName } from '#contract/routes.ts';
import { err, ok, type Result } from '#shared/result.ts';

/**
 * What travels in a shared address: in its fragment, which browsers never send, so that no log keeps it. A link may
 * carry a key of its own in its query; whoever shares it shares that too, and nobody else sees it.
 */
export type Share = {
  /** Address of the picture, http or https. */
  readonly link: string;
  readonly engine: EngineName;
  readonly faceNo: number | undefined;
};

/** Longer fragments are not ours: browsers and chat programs cut addresses at about this length, in characters. */
export const MAX_FRAGMENT_LENGTH = 8_000;

/** No picture has this many faces. */
const MAX_FACE_NO = 100_000;

const shareFields = z.object({
  link: z.pipe(
    z.url({ protocol: /^https?$/, normalize: true }),
    z.string().check(z.refine((link) => new URL(link).username === '' && new URL(link).password === '')),
  ),
  engine: z._default(z.enum(ENGINE_NAMES), 'embedded'),
  face: z.catch(
    z.optional(
      z
        .pipe(z.string().check(z.regex(/^[1-9]\d{0,5}$/)), z.transform(Number))
        .check(z.refine((face) => face <= MAX_FACE_NO)),
    ),
    undefined,
  ),
});

/** The fragment without `#`; undefined when the address is too long to be shared. */
export function shareFragment({ link, engine, faceNo }: Share): string | undefined {
  const fields = new URLSearchParams({ link, engine });
  if (faceNo !== undefined) fields.set('face', String(faceNo));
  const fragment = fields.toString();
  return fragment.length <= MAX_FRAGMENT_LENGTH ? fragment : undefined;
}

/** Why a fragment cannot be opened: nothing of ours, or something that claims to be and is not. */
export type ShareProblem = 'none' | 'unusable';

/**
 * Reads a fragment that anybody may have written, with or without `#`. Only what is exactly a shared address comes out:
 * an http(s) link without a user name or password, a known engine (the embedded one when none is named), a plain number
 * of a face. A face that is none is left out; anything else that is wrong makes the whole unusable.
 */
export function parseShareFragment(fragment: string): Result<Share, ShareProblem> {
  const text = fragment.replace(/^#/, '');
  if (!/(?:^|&)link=/.test(text)) return err('none');
  if (text.length > MAX_FRAGMENT_LENGTH) return err('unusable');
  const parsed = shareFields.safeParse(Object.fromEntries(new URLSearchParams(text)));
  if (!parsed.success) return err('unusable');
  const { link, engine, face } = parsed.data;
  return ok({ link, engine, faceNo: face });
}
