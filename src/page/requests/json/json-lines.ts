import { type FaceId, faceId } from '#shared/face.ts';

/** A JSON value as lines of text, with what is needed to fold, search and mark them. */
export type JsonLine = {
  /** The name before the value, in JSON's quotes; undefined inside a list and on closing lines. */
  readonly name: string | undefined;
  /** The value, or the bracket that opens or closes it. */
  readonly text: string;
  readonly kind: 'text' | 'number' | 'word' | 'open' | 'close';
  readonly depth: number;
  readonly hasComma: boolean;
  /** Line that opens what this line is in; -1 at the root. */
  readonly parent: number;
  /** Line that closes what this line opens; the line itself otherwise. */
  readonly end: number;
  /** How many values this line opens. */
  readonly childCount: number;
  /** Place among its siblings from 1, and how many they are. */
  readonly place: number;
  readonly siblings: number;
  /** Face whose part of the reply this line belongs to. */
  readonly face: FaceId | undefined;
};

type Writable = { -readonly [K in keyof JsonLine]: JsonLine[K] };

/** What is left to write of an opened object or list. */
type Open = {
  readonly line: number;
  readonly entries: readonly (readonly [string | undefined, unknown])[];
  next: number;
  /** True for the list of faces at the top of the reply: its n-th value is face n. */
  readonly isFaceList: boolean;
};

/**
 * Writes a JSON value as lines, two spaces a level. Works without recursion, so that a reply nested a hundred thousand
 * levels deep is a long list and not a crash.
 */
export function jsonLines(root: unknown): readonly JsonLine[] {
  const lines: Writable[] = [];
  const stack: Open[] = [];

  const write = (name: string | undefined, value: unknown, place: number, siblings: number): void => {
    const inside = stack.at(-1);
    const parent = inside?.line ?? -1;
    const entries = entriesOf(value);
    const isOpen = entries !== undefined && entries.length > 0;
    lines.push({
      name: name === undefined ? undefined : JSON.stringify(name),
      text: isOpen ? opening(value) : (JSON.stringify(value) ?? 'null'),
      kind: isOpen ? 'open' : kindOf(value),
      depth: stack.length,
      hasComma: place < siblings,
      parent,
      end: lines.length,
      childCount: entries?.length ?? 0,
      place,
      siblings,
      face: inside?.isFaceList === true ? faceId(place) : lines[parent]?.face,
    });
    if (!isOpen) return;
    const isFaceList = stack.length === 1 && name === 'faceItems' && Array.isArray(value);
    stack.push({ line: lines.length - 1, entries, next: 0, isFaceList });
  };

  write(undefined, root, 1, 1);
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const entry = open.entries[open.next];
    open.next += 1;
    if (entry !== undefined) {
      write(entry[0], entry[1], open.next, open.entries.length);
      continue;
    }
    stack.pop();
    const first = lines[open.line];
    if (first === undefined) break;
    first.end = lines.length;
    lines.push({ ...first, name: undefined, text: first.text === '[' ? ']' : '}', kind: 'close', childCount: 0 });
  }
  return lines;
}

/** Names and values of an object, values of a list; undefined for a plain value. */
function entriesOf(value: unknown): readonly (readonly [string | undefined, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((entry) => [undefined, entry] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

const opening = (value: unknown): string => (Array.isArray(value) ? '[' : '{');

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'word';
}

/** Numbers of the lines that show while those in `folded` hide what they open. */
export function visibleLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): readonly number[] {
  const visible: number[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    visible.push(index);
    if (folded.has(index)) index = lines[index]?.end ?? index;
  }
  return visible;
}

/** The same folds without those that hide the line. */
export function unfoldTo(lines: readonly JsonLine[], folded: ReadonlySet<number>, line: number): ReadonlySet<number> {
  const hiding: number[] = [];
  for (let at = lines[line]?.parent ?? -1; at >= 0; at = lines[at]?.parent ?? -1) {
    if (folded.has(at)) hiding.push(at);
  }
  return hiding.length === 0 ? folded : new Set([...folded].filter((at) => !hiding.includes(at)));
}

/** Every line that opens something, but for the outermost. */
export const foldableLines = (lines: readonly JsonLine[]): readonly number[] =>
  lines.flatMap((line, index) => (line.kind === 'open' && index > 0 ? [index] : []));

/** Lines whose name or value holds the text, whatever its case. */
export function searchLines(lines: readonly JsonLine[], query: string): readonly number[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap((line, index) =>
    line.text.toLowerCase().includes(wanted) || line.name?.toLowerCase().includes(wanted) ? [index] : [],
  );
}

/** The line that opens a face's part of the reply; -1 when there is none. */
export const lineOfFace = (lines: readonly JsonLine[], id: FaceId): number =>
  lines.findIndex((line) => line.face === id);
