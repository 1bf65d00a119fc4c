import type { OtherKind } from './saved-response.ts';

/** More kinds than these are counted: COCO itself has 80. */
const MOST_KINDS = 5;
const LONGEST_KIND = 40;

/** Boxes by kind in words, the most frequent first: `3 boxes of “dog”, 1 of “bottle”`. */
export function formatKinds(kinds: readonly OtherKind[]): string {
  const [first, ...others] = kinds.toSorted((a, b) => b.count - a.count);
  if (first === undefined) return 'no boxes';
  const shown = others.slice(0, MOST_KINDS - 1);
  const rest = others.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return [
    `${first.count} ${first.count === 1 ? 'box' : 'boxes'} of ${quoted(first)}`,
    ...shown.map((kind) => `${kind.count} of ${quoted(kind)}`),
    ...(rest > 0 ? [`${rest} of other kinds`] : []),
  ].join(', ');
}

const quoted = ({ name }: OtherKind): string =>
  `“${name.length > LONGEST_KIND ? `${name.slice(0, LONGEST_KIND - 1)}…` : name}”`;
