/** Small readers for values that a service may send in any shape. They never throw. */

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object with named fields, or undefined for anything else (lists too). */
export const asFields = (value: unknown): Fields | undefined => (isFields(value) ? value : undefined);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** Longest number as text, in characters: what a program writes for any number is shorter. */
const LONGEST_NUMBER = 40;

/** A finite number, also when it came as decimal text; undefined for anything else. */
export function asNumber(value: unknown): number | undefined {
  const read = typeof value === 'string' ? (asDecimal(value.trim()) ?? value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

const asDecimal = (text: string): number | undefined =>
  text.length <= LONGEST_NUMBER && DECIMAL.test(text) ? Number(text) : undefined;

/** Text that says something: trimmed and not empty. */
export function asText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

/** Only http and https: a `javascript:` or `data:` address from outside never becomes a link or a picture. */
export function asWebAddress(value: unknown): string | undefined {
  const text = asText(value);
  return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

/** The value of JSON text, or undefined when it is not JSON. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NO_FIELDS: Fields = Object.freeze({});

/** The fields that are not in `known`, as they came. */
export function otherFields(fields: Fields, known: readonly string[]): Fields {
  // In a reply of ten thousand faces hardly any has others: nothing is made to find that out.
  for (const name in fields) {
    if (!known.includes(name))
      return Object.fromEntries(Object.entries(fields).filter(([name]) => !known.includes(name)));
  }
  return NO_FIELDS;
}
