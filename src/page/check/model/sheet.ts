import type { EngineName } from '#contract/routes.ts';
import type { Detection, Face } from '#shared/face.ts';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { PictureId } from '#shared/picture-id.ts';
import { SUSPICIONS, type Suspicion } from './suspicion.ts';
import { leavesFaceMissed, type MissedFace, type Verdict } from './verdict.ts';

/** Where a found face stands on the sheet: at its strongest reason to be doubted, the most suspicious first. */
export const SHEET_GROUPS = [...SUSPICIONS, 'nothing-odd'] as const;
export type SheetGroup = (typeof SHEET_GROUPS)[number];

export const GROUP_NAMES: Readonly<Record<SheetGroup | 'drawn', string>> = {
  'engines-disagree': 'Engines disagree',
  'low-score': 'Low score',
  'odd-shape': 'Odd shape',
  'at-the-edge': 'At the edge',
  tiny: 'Tiny',
  'nothing-odd': 'Nothing odd',
  drawn: 'Missed',
};

/** Which crops the sheet shows. What is to be checked comes by pages; the others are one list to look something up in. */
export const SHEET_FILTERS = ['to-check', ...SHEET_GROUPS, 'wrong', 'missed', 'all'] as const;
export type SheetFilter = (typeof SHEET_FILTERS)[number];
export const isPaged = (filter: SheetFilter): boolean => filter !== 'wrong' && filter !== 'missed' && filter !== 'all';

/** Crops of a page: some screens, so that its end is in reach. */
export const PAGE_SIZE = 100;

/** A crop of the sheet: of a found face, or of a box that somebody drew where one was missed. */
export type SheetItem = {
  /** Names the crop by its picture, engine, number and box: another box is another crop. */
  readonly key: string;
  readonly picture: PictureId;
  readonly bound: ImageRect;
  /** The space of `bound`, in pixels. */
  readonly size: Size;
} & (
  | {
      readonly kind: 'found';
      readonly face: Face;
      readonly group: SheetGroup;
      /** Why it is suspicious, in a sentence; undefined where nothing is odd. */
      readonly doubt: string | undefined;
    }
  | { readonly kind: 'drawn'; readonly id: number; readonly group: 'drawn' }
);
export type FoundItem = Extract<SheetItem, { kind: 'found' }>;
export type DrawnItem = Extract<SheetItem, { kind: 'drawn' }>;

const keyOf = (picture: PictureId, engine: EngineName, number: string, { x, y, width, height }: ImageRect): string =>
  [picture, engine, number, x, y, width, height].join(' ');

/** The part of a key that names picture and face, whatever box it has. */
export const keyStart = (picture: PictureId, engine: EngineName, faceNo: number): string =>
  `${picture} ${engine} ${faceNo} `;

/** The picture that a key names, and the number of its found face; undefined for one that was drawn. */
export function readKey(key: string): { readonly picture: PictureId; readonly faceNo: number | undefined } {
  const [picture = '', , number = ''] = key.split(' ');
  return { picture, faceNo: /^\d+$/.test(number) ? Number(number) : undefined };
}

/** An answer with what is suspicious about each of its faces, by their places. */
export type RankedPicture = {
  readonly picture: PictureId;
  readonly engine: EngineName;
  readonly detection: Pick<Detection, 'faces' | 'size'>;
  readonly doubts: readonly (Suspicion | undefined)[];
};

/**
 * All found faces in the order in which they are looked at: by group, within one the strangest first, equal ones as the
 * pictures lie. Each face is there once.
 */
export function rankFaces(pictures: readonly RankedPicture[]): readonly FoundItem[] {
  const ranked = pictures.flatMap(({ picture, engine, detection: { faces, size }, doubts }) =>
    faces.map((face, index) => {
      const doubt = doubts[index];
      const group: SheetGroup = doubt?.kind ?? 'nothing-odd';
      const key = keyOf(picture, engine, String(face.faceNo), face.bound);
      const item: FoundItem = {
        kind: 'found',
        key,
        picture,
        bound: face.bound,
        size,
        face,
        group,
        doubt: doubt?.sentence,
      };
      return { item, rank: SHEET_GROUPS.indexOf(group), weight: doubt?.weight ?? 0 };
    }),
  );
  return ranked.sort((a, b) => a.rank - b.rank || b.weight - a.weight).map(({ item }) => item);
}

/** The boxes that were drawn on a picture, in pixels of its answer. */
export const drawnItems = (
  { picture, engine, detection: { size } }: Pick<RankedPicture, 'picture' | 'engine' | 'detection'>,
  missed: readonly MissedFace[],
): readonly DrawnItem[] =>
  missed.map(({ id, bound }) => ({
    kind: 'drawn',
    key: keyOf(picture, engine, `+${id}`, bound),
    picture,
    bound,
    size,
    id,
    group: 'drawn',
  }));

/** What is said of a found face now. */
export type Said = (item: FoundItem) => Verdict | undefined;

/** The crops that a filter shows, in their order. A missed face is one that was drawn, or one under a box that is off. */
export function itemsFor(
  filter: SheetFilter,
  found: readonly FoundItem[],
  drawn: readonly DrawnItem[],
  said: Said,
): readonly SheetItem[] {
  switch (filter) {
    case 'to-check':
      return found.filter((item) => said(item) === undefined);
    case 'wrong':
      return found.filter((item) => said(item)?.kind === 'wrong');
    case 'missed':
      return [...drawn, ...found.filter((item) => isMissed(said(item)))];
    case 'all':
      return found;
    default:
      return found.filter((item) => item.group === filter && said(item) === undefined);
  }
}

const isMissed = (verdict: Verdict | undefined): boolean => verdict !== undefined && leavesFaceMissed(verdict);

/** How many each filter shows: of reasons the open faces, of wrong, missed and all of them everything. */
export function countsOf(
  found: readonly FoundItem[],
  drawn: readonly DrawnItem[],
  said: Said,
): Readonly<Record<SheetFilter, number>> {
  const counts: Record<SheetFilter, number> = {
    'to-check': 0,
    'engines-disagree': 0,
    'low-score': 0,
    'odd-shape': 0,
    'at-the-edge': 0,
    tiny: 0,
    'nothing-odd': 0,
    wrong: 0,
    missed: drawn.length,
    all: found.length,
  };
  for (const item of found) {
    const verdict = said(item);
    if (verdict === undefined) {
      counts['to-check'] += 1;
      counts[item.group] += 1;
    } else if (verdict.kind === 'wrong') {
      counts.wrong += 1;
      if (leavesFaceMissed(verdict)) counts.missed += 1;
    }
  }
  return counts;
}

/**
 * The crops that lie before a person. They stay where they are until the page closes, whatever is said of them; one that
 * nobody has begun with is formed anew as answers come.
 */
export type SheetPage = {
  readonly filter: SheetFilter;
  readonly keys: readonly string[];
  /** How many of the filter's crops lie before its first. */
  readonly from: number;
  readonly isBegun: boolean;
};

/** The first page of what a filter shows; with `at`, the one that has this crop. */
export function openPage(filter: SheetFilter, items: readonly Pick<SheetItem, 'key'>[], at?: string): SheetPage {
  const index = at === undefined ? 0 : Math.max(0, keysOf(items).indexOf(at));
  const from = isPaged(filter) ? index - (index % PAGE_SIZE) : 0;
  const shown = isPaged(filter) ? items.slice(from, from + PAGE_SIZE) : items;
  return { filter, keys: keysOf(shown), from, isBegun: false };
}

const keysOf = (items: readonly Pick<SheetItem, 'key'>[]): readonly string[] => items.map(({ key }) => key);

/**
 * The page as it is now: `page` without what has gone (`exists`), filled up at its end with crops that came meanwhile.
 * One that was not begun, or is another filter's, is formed anew.
 */
export function pageNow(
  page: SheetPage | undefined,
  filter: SheetFilter,
  items: readonly Pick<SheetItem, 'key'>[],
  exists: (key: string) => boolean,
): SheetPage {
  if (page?.filter !== filter || !page.isBegun) return openPage(filter, items);
  const kept = page.keys.filter(exists);
  const room = isPaged(filter) ? PAGE_SIZE - kept.length : Number.POSITIVE_INFINITY;
  const here = new Set(kept);
  // What lies before the page is not brought to its end.
  const added = room > 0 ? keysOf(items.slice(page.from).filter(({ key }) => !here.has(key))).slice(0, room) : [];
  return kept.length === page.keys.length && added.length === 0 ? page : { ...page, keys: [...kept, ...added] };
}

/** "1 to 100 of 107": places of the page's first and last crop, and how many there are with it. */
export function placesOf(
  { keys, from }: SheetPage,
  items: readonly Pick<SheetItem, 'key'>[],
): { readonly first: number; readonly last: number; readonly all: number } {
  const here = new Set(keys);
  const elsewhere = items.filter(({ key }) => !here.has(key)).length;
  return { first: keys.length === 0 ? 0 : from + 1, last: from + keys.length, all: elsewhere + keys.length };
}

/** What was on screen of a crop: its place only, because it was not there yet, or itself. */
export type Sight = 'place' | 'crop';

/** What "the rest is right" would do to a page. */
export type Rest = {
  /** Open faces that this person saw. */
  readonly right: readonly FoundItem[];
  /** Open ones whose place was on screen without a crop in it. They stay open. */
  readonly notShown: number;
  /** Open ones that were not on screen yet. They stay open. */
  readonly unseen: number;
  readonly wrong: number;
};

export function restOf(items: readonly SheetItem[], said: Said, sight: (key: string) => Sight | undefined): Rest {
  const found = items.filter((item): item is FoundItem => item.kind === 'found');
  const open = found.filter((item) => said(item) === undefined);
  return {
    right: open.filter(({ key }) => sight(key) === 'crop'),
    notShown: open.filter(({ key }) => sight(key) === 'place').length,
    unseen: open.filter(({ key }) => sight(key) === undefined).length,
    wrong: found.filter((item) => said(item)?.kind === 'wrong').length,
  };
}

/** What the button says; undefined where it has nothing to say right. `judged` is how many of the page were judged. */
export function restLabel({ right: { length: count }, unseen }: Rest, judged: number): string | undefined {
  if (count === 0) return undefined;
  if (unseen > 0) return count === 1 ? 'The one seen is right' : `The ${count} seen are right`;
  if (judged > 0) return count === 1 ? 'The other one is right' : `The other ${count} are right`;
  return count === 1 ? 'This one is right' : `All ${count} are right`;
}

/** What was done by it, in sentences. */
export function restMessage({ right: { length: count }, notShown, unseen }: Rest): string {
  return [
    count === 1 ? '1 face marked right.' : `${count} faces marked right.`,
    ...(notShown > 0 ? [`${notShown} not shown ${notShown === 1 ? 'was' : 'were'} left open.`] : []),
    ...(unseen > 0 ? [`${unseen} not seen yet ${unseen === 1 ? 'was' : 'were'} left open.`] : []),
  ].join(' ');
}
