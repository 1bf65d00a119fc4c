import { once } from '#shared/once.ts';

/** How a picture's name is shown. It is a stranger's text: of any length, in any script, with any character in it. */

/** Turns the direction of what follows, which hides an ending and mixes up the words around it; the rest is unseen. */
const MISLEADING = /[\p{Bidi_Control}\p{Cc}\p{Zl}\p{Zp}]/gu;

/** No name is looked at beyond this, in UTF-16 units: file systems allow 255 bytes, addresses and saved results more. */
const LONGEST = 1_000;

/** The name without what would be shown as something else. Never empty. */
export function shownName(name: string): string {
  const shown = name.slice(0, LONGEST).toWellFormed().replace(MISLEADING, '').replace(/\s+/gu, ' ').trim();
  return shown === '' ? 'Picture' : shown;
}

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

const letters = once(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }));
const lettersOf = (text: string): readonly string[] => Array.from(letters().segment(text), ({ segment }) => segment);

/** Letters at the end that a shortened name keeps: what tells the pictures of a series apart, and the ending. */
const KEPT_AT_END = 14;

/**
 * A name in two parts, of which the first may be cut off: the pictures of a series differ at the end. A name with
 * letters from right to left stays whole (the second part is empty), because two parts would be put in another order.
 */
export function splitName(name: string): readonly [start: string, end: string] {
  const split = lettersOf(name);
  if (split.length <= 2 * KEPT_AT_END || hasRightToLeft(name)) return [name, ''];
  return [split.slice(0, -KEPT_AT_END).join(''), split.slice(-KEPT_AT_END).join('')];
}

/** Longest name in a title, in letters: a tab shows some 30, a list of windows some 80. */
const LONGEST_IN_TITLE = 60;
/** First-strong isolate and its end (Unicode UAX 9): a title has no elements that keep directions apart. */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** The name as part of a title, which has no room for a long one. */
export function titledName(name: string): string {
  const shown = shownName(name);
  const split = lettersOf(shown);
  const short =
    split.length <= LONGEST_IN_TITLE
      ? shown
      : `${split.slice(0, LONGEST_IN_TITLE - KEPT_AT_END - 1).join('')}…${split.slice(-KEPT_AT_END).join('')}`;
  return hasRightToLeft(short) ? `${ISOLATE}${short}${END}` : short;
}
