import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { doubtsOf } from './doubts.ts';
import {
  countsOf,
  drawnItems,
  type FoundItem,
  itemsFor,
  keyStart,
  openPage,
  PAGE_SIZE,
  pageNow,
  placesOf,
  rankFaces,
  readKey,
  restLabel,
  restMessage,
  restOf,
  type Said,
  SHEET_FILTERS,
  SHEET_GROUPS,
  type Sight,
} from './sheet.ts';
import { gridFor, placeAfter, placeBeside, rangeChange, stretchesOf } from './sheet-layout.ts';
import { SUSPICIONS, type Suspicion } from './suspicion.ts';
import type { Verdict } from './verdict.ts';

const SIZE: Size = { width: 1000, height: 800 };
const RIGHT: Verdict = { kind: 'right' };

const facesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => faceAt(index + 1, imageRect(100 + index, 100, 60, 80)));

const pictureOf = (picture: string, doubts: readonly (Suspicion | undefined)[]) => ({
  picture,
  engine: 'embedded' as const,
  detection: { faces: facesOf(doubts.length), size: SIZE },
  doubts,
});

const doubt = fc.option(
  fc.record({
    kind: fc.constantFrom(...SUSPICIONS),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
    sentence: fc.constant('Odd'),
  }),
  { nil: undefined },
);
const pictures = fc
  .array(fc.array(doubt, { maxLength: 30 }), { maxLength: 12 })
  .map((all) => all.map((doubts, index) => pictureOf(`p${index}`, doubts)));

const verdict: fc.Arbitrary<Verdict | undefined> = fc.constantFrom<(Verdict | undefined)[]>(
  undefined,
  RIGHT,
  { kind: 'wrong' },
  { kind: 'wrong', reason: 'shifted' },
  { kind: 'wrong', reason: 'double' },
);

/** A sheet with something said of some of its faces. */
const sheet = pictures.chain((all) => {
  const found = rankFaces(all);
  return fc
    .array(verdict, { minLength: found.length, maxLength: found.length })
    .map((verdicts) => ({ found, said: saidBy(found, verdicts) }));
});

function saidBy(found: readonly FoundItem[], verdicts: readonly (Verdict | undefined)[]): Said {
  const byKey = new Map(found.map(({ key }, index) => [key, verdicts[index]]));
  return ({ key }) => byKey.get(key);
}

const keysOf = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key);

describe('the order of the sheet', () => {
  it('has each face once, by group, the strangest of a group first, equal ones as they lie', () => {
    fc.assert(
      fc.property(pictures, (all) => {
        const found = rankFaces(all);
        expect(new Set(keysOf(found)).size).toBe(all.reduce((sum, { doubts }) => sum + doubts.length, 0));
        const ranks = found.map(({ group }) => SHEET_GROUPS.indexOf(group));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const nothingOdd = found.filter(({ group }) => group === 'nothing-odd');
        const asTheyLie = all.flatMap(({ picture, doubts }) =>
          doubts.flatMap((each, index) => (each === undefined ? [`${picture} ${index + 1}`] : [])),
        );
        expect(nothingOdd.map(({ picture, face }) => `${picture} ${face.faceNo}`)).toEqual(asTheyLie);
      }),
    );
  });

  it('shows a face at its strongest reason: what one engine alone found, then what it is unsure of', () => {
    const faces = [
      faceAt(1, imageRect(0, 300, 30, 34), { score: 0.55 }),
      faceAt(2, imageRect(400, 300, 60, 80), { score: 0.6 }),
      faceAt(3, imageRect(600, 300, 150, 60)),
      faceAt(4, imageRect(940, 300, 60, 80)),
      faceAt(5, imageRect(200, 300, 30, 34)),
      faceAt(6, imageRect(200, 500, 60, 80), { score: 0.99 }),
    ];
    const other = { faces: faces.slice(1), size: SIZE };
    const doubts = doubtsOf({ detection: { faces, size: SIZE }, engine: 'Embedded', other });
    const detection = { faces, size: SIZE };
    expect(rankFaces([{ picture: 'p', engine: 'embedded', detection, doubts }]).map(({ group }) => group)).toEqual(
      SHEET_GROUPS,
    );
    expect(doubts[0]?.sentence).toBe('Only Embedded found a face here');
  });

  it('finds the same face in an answer that was measured in other pixels', () => {
    const detection = { faces: [faceAt(1, imageRect(100, 100, 60, 80))], size: SIZE };
    const other = {
      faces: [faceAt(1, imageRect(200, 200, 120, 160))],
      size: { width: 2 * SIZE.width, height: 2 * SIZE.height },
    };
    expect(doubtsOf({ detection, engine: 'Kling', other })).toEqual([undefined]);
  });
});

describe('the filters', () => {
  it('count what they show', () => {
    fc.assert(
      fc.property(sheet, ({ found, said }) => {
        const drawn = drawnItems(pictureOf('p', []), [{ id: 1, bound: imageRect(0, 0, 9, 9) }]);
        const counts = countsOf(found, drawn, said);
        for (const filter of SHEET_FILTERS) {
          expect(itemsFor(filter, found, drawn, said)).toHaveLength(counts[filter]);
        }
      }),
    );
  });

  it('share the open faces out among the reasons, each once', () => {
    fc.assert(
      fc.property(sheet, ({ found, said }) => {
        const byReason = SHEET_GROUPS.flatMap((group) => itemsFor(group, found, [], said));
        expect(keysOf(byReason)).toEqual(keysOf(itemsFor('to-check', found, [], said)));
      }),
    );
  });
});

describe('a page', () => {
  it('closes after page until every face was shown once, when all that is shown is judged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 450 }), (count) => {
        const found = rankFaces([
          pictureOf(
            'p',
            Array.from({ length: count }, () => undefined),
          ),
        ]);
        const judged = new Set<string>();
        const shown: string[] = [];
        for (let pages = 0; pages <= Math.ceil(count / PAGE_SIZE); pages += 1) {
          const open = itemsFor('to-check', found, [], ({ key }) => (judged.has(key) ? RIGHT : undefined));
          const { keys } = openPage('to-check', open);
          expect(keys.length).toBeLessThanOrEqual(PAGE_SIZE);
          shown.push(...keys);
          for (const key of keys) judged.add(key);
        }
        expect(shown).toEqual(keysOf(found));
      }),
    );
  });

  it('keeps every crop in its place once it is begun, whatever is said, and takes in what comes at its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 220 }), fc.integer({ min: 0, max: 60 }), (count, later) => {
        const all = rankFaces([
          pictureOf(
            'p',
            Array.from({ length: count + later }, () => undefined),
          ),
        ]);
        const before = all.slice(0, count);
        const page = { ...openPage('to-check', before), isBegun: true };
        const judged = new Set(page.keys.filter((_, index) => index % 3 === 0));
        const open = all.filter(({ key }) => !judged.has(key));
        const now = pageNow(page, 'to-check', open, () => true);
        expect(now.keys.slice(0, page.keys.length)).toEqual(page.keys);
        expect(now.keys).toHaveLength(Math.min(PAGE_SIZE, count + later));
        expect(new Set(now.keys).size).toBe(now.keys.length);
      }),
    );
  });

  it('loses the crops of a picture that is taken away, and is formed anew while nobody has begun', () => {
    const all = rankFaces([pictureOf('p', [undefined, undefined]), pictureOf('q', [undefined])]);
    const page = openPage('to-check', all);
    const left = all.filter(({ picture }) => picture === 'q');
    const isLeft = (key: string) => keysOf(left).includes(key);
    expect(pageNow({ ...page, isBegun: true }, 'to-check', left, isLeft).keys).toEqual(keysOf(left));
    expect(pageNow(page, 'to-check', left, isLeft)).toEqual(openPage('to-check', left));
    expect(pageNow({ ...page, isBegun: true }, 'tiny', [], isLeft).keys).toEqual([]);
  });

  it('is the one that has a crop, when that is gone to', () => {
    const all = rankFaces([
      pictureOf(
        'p',
        Array.from({ length: 230 }, () => undefined),
      ),
    ]);
    const page = openPage('to-check', all, all[214]?.key);
    expect(page.keys).toEqual(keysOf(all.slice(200, 230)));
    expect(placesOf(page, all)).toEqual({ first: 201, last: 230, all: 230 });
    expect(openPage('all', all, all[214]?.key).keys).toHaveLength(230);
  });
});

describe('the rest is right', () => {
  const found = rankFaces([
    pictureOf(
      'p',
      Array.from({ length: 100 }, () => undefined),
    ),
  ]);
  const rest = (said: Said, sight: (index: number) => Sight | undefined) =>
    restOf(found, said, (key) => sight(keysOf(found).indexOf(key)));
  const nobody: Said = () => undefined;

  it('is only what was on screen, and leaves everything else open', () => {
    fc.assert(
      fc.property(
        sheet,
        fc.array(fc.constantFrom<(Sight | undefined)[]>('crop', 'place', undefined), {
          minLength: 400,
          maxLength: 400,
        }),
        (page, sights) => {
          const sight = new Map(page.found.map(({ key }, index) => [key, sights[index]]));
          const told = restOf(page.found, page.said, (key) => sight.get(key));
          for (const item of told.right) {
            expect(page.said(item)).toBeUndefined();
            expect(sight.get(item.key)).toBe('crop');
          }
          const open = itemsFor('to-check', page.found, [], page.said);
          expect(told.right.length + told.notShown + told.unseen).toBe(open.length);
        },
      ),
    );
  });

  it('says how many', () => {
    const seen63 = rest(nobody, (index) => (index < 63 ? 'crop' : undefined));
    expect(restLabel(seen63, 0)).toBe('The 63 seen are right');
    expect(restMessage(seen63)).toBe('63 faces marked right. 37 not seen yet were left open.');
    const twoWrong: Said = ({ face }) => (face.faceNo < 3 ? { kind: 'wrong' } : undefined);
    const other98 = rest(twoWrong, () => 'crop');
    expect(other98.wrong).toBe(2);
    expect(restLabel(other98, 2)).toBe('The other 98 are right');
    expect(restMessage(other98)).toBe('98 faces marked right.');
    const notThere = rest(twoWrong, (index) => (index > 96 ? 'place' : 'crop'));
    expect(restLabel(notThere, 2)).toBe('The other 95 are right');
    expect(restMessage(notThere)).toBe('95 faces marked right. 3 not shown were left open.');
    expect(
      restLabel(
        rest(nobody, () => 'crop'),
        0,
      ),
    ).toBe('All 100 are right');
    expect(
      restLabel(
        rest(nobody, () => undefined),
        0,
      ),
    ).toBeUndefined();
  });
});

describe('moving on the sheet', () => {
  const move = fc.record({
    key: fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'),
    count: fc.integer({ min: 1, max: 300 }),
    columns: fc.integer({ min: 1, max: 20 }),
    rows: fc.integer({ min: 1, max: 8 }),
  });

  it('never leaves the page, and stays in its column but for the last row', () => {
    fc.assert(
      fc.property(move, fc.nat(), ({ key, count, columns, rows }, place) => {
        const at = place % count;
        const to = placeAfter(key, at, count, columns, rows) ?? -1;
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThan(count);
        if (/Up|Down/.test(key) && to !== count - 1) expect(to % columns).toBe(at % columns);
      }),
    );
  });

  it('reaches every crop by right, and by down every row', () => {
    fc.assert(
      fc.property(move, ({ count, columns, rows }) => {
        let at = 0;
        for (let step = 1; step < count; step += 1) at = placeAfter('ArrowRight', at, count, columns, rows) ?? 0;
        expect(at).toBe(count - 1);
        at = 0;
        for (let step = 0; step < count; step += 1) at = placeAfter('ArrowDown', at, count, columns, rows) ?? 0;
        expect(Math.floor(at / columns)).toBe(Math.floor((count - 1) / columns));
      }),
    );
  });

  it('a range is what lies between its anchor and its end, however the end wandered', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1 }),
        (anchor, ends) => {
          const marked = new Set<number>();
          let from = anchor;
          for (const [step, to] of ends.entries()) {
            const { added, left } = rangeChange(anchor, from, to, step === 0);
            for (const place of added) marked.add(place);
            for (const place of left) marked.delete(place);
            from = to;
          }
          const expected = Array.from({ length: Math.abs(from - anchor) + 1 }, (_, by) => Math.min(from, anchor) + by);
          expect([...marked].sort((a, b) => a - b)).toEqual(expected);
        },
      ),
    );
  });
});

describe('how the crops lie', () => {
  it('thirteen columns of 96 px at 1440 px; the columns fill every width', () => {
    expect(gridFor(1440 - 48, 96)).toEqual({ columns: 13, tile: { width: 96, height: 102 }, across: 108, pitch: 134 });
    fc.assert(
      fc.property(fc.integer({ min: 130, max: 4000 }), fc.constantFrom(72, 96, 128), (width, side) => {
        const { columns, tile, across } = gridFor(width, side);
        expect(tile.width).toBeGreaterThanOrEqual(side);
        expect((columns - 1) * across + tile.width).toBeCloseTo(width);
      }),
    );
  });

  it('names a group where it begins, and paler where a row goes on with it', () => {
    const groups = [...Array<'odd-shape'>(5).fill('odd-shape'), ...Array<'tiny'>(4).fill('tiny')];
    expect(stretchesOf(groups, 0, 4)).toEqual([{ group: 'odd-shape', column: 0, columns: 4, begins: true }]);
    expect(stretchesOf(groups, 4, 4)).toEqual([
      { group: 'odd-shape', column: 0, columns: 1, begins: false },
      { group: 'tiny', column: 1, columns: 3, begins: true },
    ]);
    expect(stretchesOf(groups, 8, 4)).toEqual([{ group: 'tiny', column: 0, columns: 1, begins: false }]);
  });

  it('a preview stays inside the sheet, above the end bar, and beside its crop where there is room', () => {
    const card = { width: 360, height: 330 };
    fc.assert(
      fc.property(
        fc.record({
          x: fc.integer({ min: 0, max: 1300 }),
          y: fc.integer({ min: -60, max: 700 }),
          width: fc.constantFrom(72, 96, 128),
          height: fc.constantFrom(77, 102, 136),
        }),
        fc.record({ width: fc.integer({ min: 1000, max: 1440 }), height: fc.integer({ min: 360, max: 760 }) }),
        (crop, area) => {
          const { x, y } = placeBeside(crop, card, area);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + card.width).toBeLessThanOrEqual(area.width);
          expect(y + card.height).toBeLessThanOrEqual(area.height);
          if (crop.x + crop.width <= area.width) {
            expect(x >= crop.x + crop.width || x + card.width <= crop.x).toBe(true);
          }
        },
      ),
    );
  });
});

describe('one story: 29 pictures with 194 faces, 87 of them checked', () => {
  // The first 12 pictures have 69 faces, no. 13 has 28, the rest 97.
  const facesIn = [...[6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5], 28, ...[...Array<number>(15).fill(6), 7]];
  const open: Readonly<Record<string, number>> = {
    'engines-disagree': 7,
    'low-score': 5,
    'odd-shape': 5,
    'at-the-edge': 9,
    tiny: 14,
    'nothing-odd': 67,
  };
  const kinds = Object.entries(open).flatMap(([kind, count]) => Array<string>(count).fill(kind));
  let place = 0;
  const story = facesIn.map((count, index) => {
    const doubts = Array.from({ length: count }, (_, face): Suspicion | undefined => {
      const isChecked = index < 12 || (index === 12 && face < 18);
      // Reasons of the open faces, spread over the pictures.
      const kind = isChecked ? undefined : kinds[(place++ * 31) % kinds.length];
      const known = SUSPICIONS.find((each) => each === kind);
      return known === undefined ? undefined : { kind: known, weight: 0.5, sentence: known };
    });
    return pictureOf(`p${index + 1}`, doubts);
  });
  const found = rankFaces(story);
  const checked = new Map<string, Verdict>();
  for (const item of found) {
    const index = Number(item.picture.slice(1));
    if (index <= 12 || (index === 13 && item.face.faceNo <= 18)) checked.set(item.key, RIGHT);
  }
  for (const item of found.filter(({ key }) => checked.has(key)).slice(0, 3)) {
    checked.set(item.key, { kind: 'wrong', reason: 'not-a-face' });
  }
  const saidNow =
    (more: ReadonlyMap<string, Verdict>): Said =>
    ({ key }) =>
      more.get(key) ?? checked.get(key);

  it('107 are open: a page of 100 of them, and 7 left', () => {
    expect(checked.size).toBe(87);
    const items = itemsFor('to-check', found, [], saidNow(new Map()));
    expect(items).toHaveLength(107);
    expect(placesOf(openPage('to-check', items), items)).toEqual({ first: 1, last: 100, all: 107 });
  });

  it('with two marked the chips say what the picture of it says, and the page still ends at 100 of 107', () => {
    const items = itemsFor('to-check', found, [], saidNow(new Map()));
    const page = { ...openPage('to-check', items), isBegun: true };
    const marked = new Map<string, Verdict>([
      [page.keys[0] ?? '', { kind: 'wrong', reason: 'wrong-size' }],
      [page.keys[7] ?? '', { kind: 'wrong', reason: 'double' }],
    ]);
    const said = saidNow(marked);
    expect(countsOf(found, [], said)).toMatchObject({
      'to-check': 105,
      'engines-disagree': 6,
      'low-score': 4,
      'odd-shape': 5,
      'at-the-edge': 9,
      tiny: 14,
      'nothing-odd': 67,
      wrong: 5,
      all: 194,
    });
    const stillOpen = itemsFor('to-check', found, [], said);
    const now = pageNow(page, 'to-check', stillOpen, () => true);
    expect(placesOf(now, stillOpen)).toEqual({ first: 1, last: 100, all: 107 });
    const here = found.filter(({ key }) => now.keys.includes(key));
    const rest = restOf(here, said, () => 'crop');
    expect(restLabel(rest, rest.wrong)).toBe('The other 98 are right');
    for (const { key } of rest.right) marked.set(key, RIGHT);
    expect(openPage('to-check', itemsFor('to-check', found, [], saidNow(marked))).keys).toHaveLength(7);
  });
});

it('a key names its picture, and the face that was found, whatever box that has', () => {
  expect(readKey(`${keyStart('a', 'embedded', 12)}1 2 3 4`)).toEqual({ picture: 'a', faceNo: 12 });
  expect(readKey('a embedded +12 1 2 3 4')).toEqual({ picture: 'a', faceNo: undefined });
});
