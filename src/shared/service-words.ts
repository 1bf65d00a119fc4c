import { asFields, asJson, asText } from './lenient.ts';

/** Longest words of a service that are shown in a message, in characters. */
const LONGEST_WORDS = 1000;

/** How much of a text is searched for words, in characters: what stands further down is no message. */
const SEARCHED = 16_384;

/** How deep words may lie: a sentence in JSON in a text in an object in a list, and no deeper. */
const DEEPEST = 6;

/** Where services put the sentence about what went wrong, the vendor's own place first. */
const PLACES = [
  'error',
  'message',
  'errors',
  'detail',
  'details',
  'error_description',
  'errorMessage',
  'msg',
  'title',
] as const;

/** Where a service that has no sentence at least names the kind of fault: `BAD_REFERENCE`. */
const KINDS = ['code', 'status'] as const;

/**
 * What a service says in a decoded answer, trimmed and short enough to show: the text in `error`, `error.message`,
 * `message` and the like, also in a list or as JSON inside a text. Undefined when it says nothing. Never raw JSON, and
 * of a web page only its title. Never throws.
 */
export const wordsOf = (answer: unknown): string | undefined => search(answer, 0);

/** The same of an answer as text, whether it is JSON, a web page or plain words. */
export const wordsOfText = (text: string): string | undefined => search(text, 0);

/** With several accounts configured the service wants `email`, and says so in words or by a code. */
export function asksForAccount(words: string | undefined): boolean {
  const searched = words?.slice(0, SEARCHED) ?? '';
  return /(?:^|[^a-z])e-?mail(?:[^a-z]|$)/i.test(searched) && /(?:^|[^a-z])required(?:[^a-z]|$)/i.test(searched);
}

function search(value: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return undefined;
  if (typeof value === 'string') return ofText(value, depth);
  // Of many faults the first: the others are in the inspector.
  if (Array.isArray(value)) return first(value.slice(0, DEEPEST), depth);
  const fields = asFields(value);
  if (fields === undefined) return undefined;
  return (
    first(
      PLACES.map((name) => fields[name]),
      depth,
    ) ??
    first(
      KINDS.map((name) => asKind(fields[name])),
      depth,
    )
  );
}

function first(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const words = search(value, depth + 1);
    if (words !== undefined) return words;
  }
  return undefined;
}

const asKind = (value: unknown): string | undefined => {
  const text = asText(value);
  return text !== undefined && /[a-z]/i.test(text) ? text : undefined;
};

function ofText(text: string, depth: number): string | undefined {
  const start = text.trimStart().slice(0, SEARCHED);
  if (start.startsWith('<')) return shortened(titleOf(start) ?? '');
  // Cut-off or odd JSON says nothing to a person either.
  if (/^(?:\{\s*["}]|\[\s*[[{"\]]|")/.test(start)) return search(asJson(text), depth + 1);
  return shortened(start);
}

const shortened = (text: string): string | undefined => text.trim().slice(0, LONGEST_WORDS).trim() || undefined;

/** The text of a web page's title, found step by step: a pattern would begin anew at every `<title`. */
function titleOf(html: string): string | undefined {
  const tag = /<title/i.exec(html)?.index ?? -1;
  const begin = tag < 0 ? -1 : html.indexOf('>', tag);
  const end = begin < 0 ? -1 : html.indexOf('<', begin);
  return end < 0 ? undefined : html.slice(begin + 1, end);
}
