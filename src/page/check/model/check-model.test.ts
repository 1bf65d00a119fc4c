import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compareBoxes, tallyOf } from '#page/annotations/index.ts';
import type { Face } from '#shared/face.ts';
import { faceId } from '#shared/face.ts';
import { rescale } from '#shared/geometry/rect.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { readCheckFile, toStore, writeCheckFile } from './check-file.ts';
import {
  applyCommand,
  type CheckCommand,
  type CheckRecords,
  inverseOf,
  nextMissedId,
  perform,
  type RecordHead,
} from './commands.ts';
import { follow, markOf } from './follow.ts';
import { everybodyOn, isDisputed, opinionsOn, reviewerName, reviewersOf, shownVerdict } from './opinions.ts';
import { formatTimeLeft, progressOf, timeLeft, totalsOf } from './progress.ts';
import { bySuspicion, suspicionOf } from './suspicion.ts';
import { type CheckRecord, REASONS, recordKey, tallyOfVerdicts, type Verdict } from './verdict.ts';

const SIZE: Size = { width: 1000, height: 800 };
const OWN = 'a'.repeat(32);
const ANNA = 'b'.repeat(32);

const headOf = (file: string, set = OWN): RecordHead => ({
  set,
  file: file.repeat(64),
  sent: 'f'.repeat(64),
  engine: 'embedded',
  version: '0.1.0',
  name: `${file}.jpg`,
  size: SIZE,
});

const answer = (...bounds: readonly ImageRect[]) => ({
  size: SIZE,
  faces: bounds.map((bound, index) => faceAt(index + 1, bound)),
});

const box = fc
  .tuple(
    fc.integer({ min: 0, max: 800 }),
    fc.integer({ min: 0, max: 600 }),
    fc.integer({ min: 8, max: 200 }),
    fc.integer({ min: 8, max: 200 }),
  )
  .map(([x, y, width, height]) => imageRect(x, y, width, height));
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constant<Verdict>({ kind: 'right' }),
  fc.constant<Verdict>({ kind: 'wrong' }),
  fc.record({ kind: fc.constant('wrong' as const), reason: fc.constantFrom(...REASONS) }),
  fc.record({ kind: fc.constant('wrong' as const), reason: fc.constant('shifted' as const), place: box }),
);
const mark = fc.record({
  faceNo: fc.integer({ min: 1, max: 4 }),
  bound: fc.constantFrom(imageRect(0, 0, 50, 60), imageRect(90, 10, 50, 60)),
});
const head = fc.constantFrom(headOf('1'), headOf('2'), headOf('1', ANNA));
const command: fc.Arbitrary<CheckCommand> = fc.oneof(
  fc.record({
    head,
    kind: fc.constant('judge' as const),
    said: fc.uniqueArray(fc.record({ face: mark, verdict: fc.option(verdict, { nil: undefined }) }), {
      maxLength: 4,
      selector: ({ face }) => JSON.stringify(face),
    }),
  }),
  fc.record({
    head,
    kind: fc.constant('place-missed' as const),
    id: fc.integer({ min: 1, max: 3 }),
    bound: fc.option(box, { nil: undefined }),
  }),
  fc.record({ head, kind: fc.constant('write-note' as const), note: fc.constantFrom('', 'blurred', 'from behind') }),
  fc.record({ head, kind: fc.constant('set-done' as const), done: fc.boolean() }),
);

/** The records without when they were changed: that is the one thing undo does not take back. */
const said = (records: CheckRecords) =>
  [...records].map(([key, { changedAt: _, ...rest }]) => [key, rest] as const).sort(([a], [b]) => (a < b ? -1 : 1));

const recordsAfter = (steps: readonly (readonly CheckCommand[])[]): CheckRecords =>
  steps.reduce<CheckRecords>((records, commands, index) => perform(records, commands, index).records, new Map());
const steps = fc.array(fc.array(command, { minLength: 1, maxLength: 3 }), { maxLength: 8 });

describe('what is said of pictures', () => {
  it('is as before when a command is taken back', () => {
    fc.assert(
      fc.property(steps, command, (before, next) => {
        const records = recordsAfter(before);
        const after = applyCommand(records, next, 99);
        expect(said(applyCommand(after, inverseOf(records, next), 100))).toEqual(said(records));
      }),
    );
  });

  it('does not change when the same is said twice', () => {
    fc.assert(
      fc.property(steps, command, (before, next) => {
        const once = applyCommand(recordsAfter(before), next, 1);
        expect(applyCommand(once, next, 1)).toEqual(once);
      }),
    );
  });

  it('goes back step by step to nothing, and forward again to all of it', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const inverses = all.map((commands, index) => perform(recordsAfter(all.slice(0, index)), commands, 9).inverse);
        let records = recordsAfter(all);
        for (const [index, inverse] of [...inverses.entries()].toReversed()) {
          records = perform(records, inverse, 50).records;
          expect(said(records)).toEqual(said(recordsAfter(all.slice(0, index))));
        }
        for (const commands of all) records = perform(records, commands, 60).records;
        expect(said(records)).toEqual(said(recordsAfter(all)));
      }),
    );
  });

  it('leaves no record behind that says nothing', () => {
    fc.assert(
      fc.property(steps, (all) => {
        for (const { faces, missed, note, done } of recordsAfter(all).values()) {
          expect(faces.length + missed.length > 0 || note !== '' || done).toBe(true);
        }
      }),
    );
  });

  it('never gives a missed face the number of another', () => {
    expect(nextMissedId([])).toBe(1);
    expect(nextMissedId([{ id: 4, bound: imageRect(0, 0, 9, 9) }])).toBe(5);
  });
});

function recordWith(faces: CheckRecord['faces'], more: Partial<CheckRecord> = {}): CheckRecord {
  return { ...headOf('1'), faces, missed: [], note: '', done: false, changedAt: 1, ...more };
}
const RIGHT: Verdict = { kind: 'right' };
const WRONG: Verdict = { kind: 'wrong', reason: 'double' };

describe('verdicts follow their faces', () => {
  const [left, right] = [imageRect(100, 100, 100, 120), imageRect(400, 100, 100, 120)];

  it('to the same answer, each to its number', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(box, verdict), { maxLength: 12 }), (judged) => {
        const record = recordWith(judged.map(([bound, one], index) => ({ faceNo: index + 1, bound, verdict: one })));
        const { verdicts, unplaced } = follow(record, answer(...judged.map(([bound]) => bound)));
        expect([...verdicts.entries()]).toEqual(judged.map(([, one], index) => [faceId(index + 1), one]));
        expect(unplaced).toEqual([]);
      }),
    );
  });

  it('to another order and another measure of the picture', () => {
    const record = recordWith([
      { faceNo: 1, bound: left, verdict: RIGHT },
      { faceNo: 2, bound: right, verdict: WRONG },
    ]);
    const half = { width: 500, height: 400 };
    const there = {
      size: half,
      faces: [right, left].map((bound, index) => faceAt(index + 1, rescale(bound, SIZE, half))),
    };
    expect([...follow(record, there).verdicts]).toEqual([
      [faceId(2), RIGHT],
      [faceId(1), WRONG],
    ]);
  });

  it('by overlap after a new detection; what fits nothing is told and not dropped', () => {
    const record = recordWith([
      { faceNo: 1, bound: left, verdict: RIGHT },
      { faceNo: 2, bound: right, verdict: WRONG },
    ]);
    const { verdicts, unplaced } = follow(record, answer(imageRect(110, 105, 100, 120)));
    expect([...verdicts]).toEqual([[faceId(1), RIGHT]]);
    expect(unplaced).toMatchObject([{ faceNo: 2, verdict: WRONG }]);
  });

  it('stay with the number where two boxes are equal', () => {
    const record = recordWith([{ faceNo: 2, bound: left, verdict: WRONG }]);
    expect([...follow(record, answer(left, left)).verdicts]).toEqual([[faceId(2), WRONG]]);
  });

  it('are changed where they stand, in the record’s own numbers', () => {
    const record = recordWith([{ faceNo: 2, bound: left, verdict: WRONG }]);
    const { faces, size } = answer(imageRect(104, 100, 100, 120), right);
    const followed = follow(record, { faces, size });
    const marks = faces.map((face) => markOf(face, size, followed, record.size));
    expect(marks).toEqual([
      { faceNo: 2, bound: left },
      { faceNo: 2, bound: right },
    ]);
  });
});

describe('progress', () => {
  const bounds = [imageRect(0, 0, 50, 60), imageRect(100, 0, 50, 60), imageRect(200, 0, 50, 60)];
  const judged = (...verdicts: readonly Verdict[]) =>
    recordWith(
      verdicts.map((one, index) => ({
        faceNo: index + 1,
        bound: bounds[index] ?? imageRect(0, 0, 1, 1),
        verdict: one,
      })),
    );
  const progress = (record: CheckRecord | undefined, detection = answer(...bounds)) => {
    const records = record === undefined ? [] : [record];
    return progressOf(detection, opinionsOn(records, OWN, detection), records);
  };

  it('of a picture is open, begun, or done when every face has a verdict', () => {
    expect(progress(undefined)).toMatchObject({ state: 'open', faces: 3, checked: 0 });
    expect(progress(judged(RIGHT, WRONG))).toMatchObject({ state: 'begun', checked: 2, wrong: 1, missed: 0 });
    expect(progress(judged(RIGHT, WRONG, RIGHT))).toMatchObject({ state: 'done', checked: 3 });
  });

  it('of a picture without faces is done when somebody says so', () => {
    expect(progress(undefined, answer())).toMatchObject({ state: 'open', faces: 0 });
    expect(progress(recordWith([], { done: true }), answer())).toMatchObject({ state: 'done', faces: 0 });
  });

  it('counts a shifted box as one wrong and one missed', () => {
    const record = judged({ kind: 'wrong', reason: 'shifted' }, { kind: 'wrong', reason: 'not-a-face' });
    expect(progress({ ...record, missed: [{ id: 1, bound: imageRect(500, 0, 40, 40) }] })).toMatchObject({
      wrong: 2,
      missed: 2,
    });
  });

  it('adds up', () => {
    expect(
      totalsOf([progress(judged(RIGHT, WRONG, RIGHT)), progress(judged(RIGHT)), progress(undefined, answer())]),
    ).toEqual({
      pictures: 3,
      picturesDone: 1,
      faces: 6,
      checked: 4,
      wrong: 1,
      missed: 0,
    });
  });

  it('tells the time that is left from the last verdicts, once there are ten', () => {
    const every = (seconds: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: index * seconds * 1000, faces: 1 }));
    expect(timeLeft(every(3, 10), 107)).toBeUndefined();
    expect(timeLeft(every(3, 11), 107)).toBe(321_000);
    expect(formatTimeLeft(321_000)).toBe('about 5 min');
    expect(formatTimeLeft(20_000)).toBe('under a minute');
    // A break for lunch is one slow verdict among many.
    expect(timeLeft([...every(3, 20), { at: 3_600_000, faces: 1 }], 10)).toBe(30_000);
    expect(
      timeLeft(
        [
          { at: 0, faces: 1 },
          { at: 20_000, faces: 10 },
        ],
        5,
      ),
    ).toBe(10_000);
  });
});

test('verdicts count as a comparison with the truth that they stand for does', () => {
  // Right, shifted, wrong size, double, not a face, and one missed.
  const face = (x: number) => imageRect(x, 100, 80, 100);
  const found = [face(0), face(200), imageRect(400, 50, 200, 250), face(2), face(800)];
  const truth = [face(0), face(260), face(450), face(600)].map((bound) => ({ bound }));
  const said: readonly Verdict[] = [
    { kind: 'right' },
    { kind: 'wrong', reason: 'shifted' },
    { kind: 'wrong', reason: 'wrong-size' },
    { kind: 'wrong', reason: 'double' },
    { kind: 'wrong', reason: 'not-a-face' },
  ];
  const { right, wrong, missed } = tallyOf(compareBoxes(found, truth, 0.5));
  expect({ right, wrong, missed }).toEqual({ right: 1, wrong: 4, missed: 3 });
  expect(tallyOfVerdicts(said, 1)).toMatchObject({ right, wrong, missed });
  expect(tallyOfVerdicts([{ kind: 'wrong' }, { kind: 'wrong', reason: 'other', isFace: true }], 0)).toMatchObject({
    wrong: 2,
    missed: 1,
  });
});

describe('two people', () => {
  const bounds = [imageRect(0, 0, 50, 60), imageRect(100, 0, 50, 60)];
  const detection = answer(...bounds);
  const mine = recordWith([{ faceNo: 1, bound: imageRect(0, 0, 50, 60), verdict: RIGHT }]);
  const annas = {
    ...recordWith([
      { faceNo: 1, bound: imageRect(0, 0, 50, 60), verdict: WRONG },
      { faceNo: 2, bound: imageRect(100, 0, 50, 60), verdict: WRONG },
    ]),
    set: ANNA,
  };
  const opinions = opinionsOn([annas, mine], OWN, detection);

  it('lie side by side: one’s own verdict counts, and where there is none the other’s', () => {
    expect([faceId(1), faceId(2)].map((id) => shownVerdict(opinions, id))).toEqual([RIGHT, WRONG]);
    expect([faceId(1), faceId(2)].map((id) => isDisputed(opinions, id))).toEqual([true, false]);
  });

  it('are told in one order: others first, oneself last', () => {
    expect(everybodyOn(opinions, OWN, faceId(1))).toEqual([
      { set: ANNA, verdict: WRONG },
      { set: OWN, verdict: RIGHT },
    ]);
    expect(everybodyOn(opinions, OWN, faceId(2))).toEqual([{ set: ANNA, verdict: WRONG }]);
  });

  it('are named in one order, whatever their ids: others by name, oneself last', () => {
    const sets = [
      { id: OWN, reviewer: 'Adam', isOwn: true },
      { id: 'z'.repeat(32), reviewer: 'Ben', isOwn: false },
      { id: '0'.repeat(32), reviewer: 'Zoe', isOwn: false },
    ];
    const records = [mine, { ...annas, set: 'z'.repeat(32) }, { ...annas, set: '0'.repeat(32) }];
    expect(reviewersOf(records, sets)).toEqual(['Ben', 'Zoe', 'Adam']);
    expect(reviewersOf(records.toReversed(), sets)).toEqual(['Ben', 'Zoe', 'Adam']);
    expect(reviewersOf([annas], sets)).toEqual(['']);
  });

  it('are called by what they typed', () => {
    expect(reviewerName({ id: OWN, reviewer: '', isOwn: true })).toBe('you');
    expect(reviewerName({ id: ANNA, reviewer: 'Anna', isOwn: false })).toBe('Anna');
    expect(reviewerName({ id: ANNA, reviewer: '', isOwn: false })).toBe('somebody else');
  });
});

describe('a check as a file', () => {
  const sets = [
    { id: OWN, reviewer: '' },
    { id: ANNA, reviewer: 'Anna </script>' },
  ];

  it('comes back as it was written, without the account', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const records = [...recordsAfter(all).values()];
        const text = writeCheckFile({ sets, records: records.map((each) => ({ ...each, account: 'me@example.org' })) });
        expect(text).not.toContain('example.org');
        const read = readCheckFile(text);
        expect(read.ok && new Map(read.value.records.map((each) => [recordKey(each), each]))).toEqual(
          new Map(records.map((each) => [recordKey(each), each])),
        );
      }),
    );
  });

  it('is told from other files, later versions and damage', () => {
    expect(readCheckFile('[]')).toMatchObject({ error: 'not-ours' });
    expect(readCheckFile('{"format":"facebound-check","version":2}')).toMatchObject({ error: 'newer' });
    expect(readCheckFile('{"format":"facebound-check","version":1,"records":7}')).toMatchObject({ error: 'damaged' });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCheckFile(text)).toMatchObject({ ok: false });
      }),
    );
  });

  it('overwrites nothing: another’s newer state counts, one’s own stays and the file’s lies apart', () => {
    const apart = 'c'.repeat(32);
    const own = recordWith([{ faceNo: 1, bound: imageRect(0, 0, 50, 60), verdict: RIGHT }], { changedAt: 5 });
    const annas = {
      ...recordWith([{ faceNo: 1, bound: imageRect(0, 0, 50, 60), verdict: WRONG }], { changedAt: 5 }),
      set: ANNA,
    };
    const known = new Map([own, annas].map((each) => [recordKey(each), each]));
    const opened = (records: readonly CheckRecord[]) => toStore({ sets, records }, known, OWN, apart);

    expect(opened([own, annas])).toEqual({ sets: [], records: [] });
    expect(opened([{ ...annas, note: 'older', changedAt: 4 }]).records).toEqual([]);
    expect(opened([{ ...annas, note: 'newer', changedAt: 6 }])).toMatchObject({
      sets: [{ id: ANNA }],
      records: [{ set: ANNA, note: 'newer' }],
    });
    expect(opened([{ ...own, note: 'elsewhere', changedAt: 6 }])).toMatchObject({
      sets: [{ id: apart, reviewer: 'you, in a file' }],
      records: [{ set: apart, note: 'elsewhere' }],
    });
    expect(opened([{ ...own, file: '9'.repeat(64) }])).toMatchObject({ records: [{ set: OWN }] });
  });
});

describe('what is suspicious', () => {
  const usual = faceAt(1, imageRect(300, 300, 100, 130));
  const kindOf = (face: Face, hints = {}) => suspicionOf(face, SIZE, hints)?.kind;

  it('is told by its strongest reason', () => {
    expect(kindOf(usual)).toBeUndefined();
    expect(kindOf(usual, { score: 0.6 })).toBe('low-score');
    expect(kindOf(usual, { score: 0.6, onlyFoundBy: 'Embedded' })).toBe('engines-disagree');
    expect(kindOf(faceAt(1, imageRect(300, 300, 300, 100)))).toBe('odd-shape');
    expect(kindOf(faceAt(1, imageRect(0, 300, 100, 130)))).toBe('at-the-edge');
    expect(suspicionOf(faceAt(1, imageRect(300, 300, 33, 44)), SIZE, {})?.sentence).toBe('Tiny: 33 × 44 px, under 40');
  });

  it('comes first, the strangest of its kind before the others', () => {
    const order = [
      suspicionOf(usual, SIZE, {}),
      suspicionOf(usual, SIZE, { score: 0.65 }),
      suspicionOf(usual, SIZE, { score: 0.55 }),
      suspicionOf(usual, SIZE, { onlyFoundBy: 'Kling' }),
    ].toSorted(bySuspicion);
    expect(order.map((one) => one?.sentence)).toEqual([
      'Only Kling found a face here',
      'Unsure: 55 % sure that it is a face',
      'Unsure: 65 % sure that it is a face',
      undefined,
    ]);
  });
});
