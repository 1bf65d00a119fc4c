import { deleteDB } from 'idb';
import { afterEach, describe, expect, test } from 'vitest';
import { createPageDatabase, type PageDatabase } from '#page/platform/page-database.ts';
import type { TruthRecord, TruthSet } from './model/truth.ts';
import { createTruthStorage } from './truth-storage.ts';

const opened: { database: PageDatabase; name: string }[] = [];
afterEach(async () => {
  for (const { database, name } of opened.splice(0)) {
    await database.close();
    await deleteDB(name);
  }
});

function storage() {
  const name = `test-${crypto.randomUUID()}`;
  const database = createPageDatabase({ name, former: `${name}-former` });
  opened.push({ database, name });
  return { truths: createTruthStorage(database), database };
}

const digest = (letter: string) => letter.repeat(64);

const setOf = (number: number): TruthSet => ({
  id: number.toString(16).padStart(32, '0'),
  name: `${number}.coco.json`,
  kind: 'coco',
  takenAt: number,
});

const recordOf = (set: TruthSet, file: string): TruthRecord => ({
  set: set.id,
  file: digest(file),
  sent: digest('f'),
  size: { width: 100, height: 80 },
  boxes: [
    { bound: { x: 1, y: 2, width: 3, height: 4 } },
    { bound: { x: 5, y: 6, width: 7, height: 8 }, ignored: 'crowd' },
  ],
});

describe('a truth', () => {
  test('is found by the file of its picture and by what was sent, whole; a picture without boxes is there as well', async () => {
    const { truths } = storage();
    const set = setOf(1);
    const none = { ...recordOf(set, '2'), sent: digest('e'), boxes: [] };
    await truths.put(set, [recordOf(set, '1'), none]);
    expect(await truths.about([digest('1'), digest('f')])).toEqual({ sets: [set], records: [recordOf(set, '1')] });
    expect(await truths.about([digest('e')])).toEqual({ sets: [set], records: [none] });
    expect(await truths.about([digest('9')])).toEqual({ sets: [], records: [] });
  });

  test('goes with all its pictures, and others stay', async () => {
    const { truths } = storage();
    const [one, other] = [setOf(1), setOf(2)];
    await truths.put(one, [recordOf(one, '1'), recordOf(one, '2')]);
    await truths.put(other, [recordOf(other, '1')]);
    await truths.remove(one.id);
    expect(await truths.about([digest('1'), digest('2')])).toEqual({ sets: [other], records: [recordOf(other, '1')] });
    await truths.clear();
    expect(await truths.about([digest('1')])).toEqual({ sets: [], records: [] });
  });

  test('of more than twenty the oldest goes', async () => {
    const { truths } = storage();
    for (let number = 1; number <= 21; number += 1) {
      await truths.put(setOf(number), [recordOf(setOf(number), '1')]);
    }
    const { sets, records } = await truths.about([digest('1')]);
    expect(records).toHaveLength(20);
    expect(sets.map(({ takenAt }) => takenAt)).not.toContain(1);
  });

  test('that cannot be read is left alone and not shown', async () => {
    const { truths, database } = storage();
    const db = await database.open();
    await db.put('truths', { ...recordOf(setOf(1), '1'), key: 'x', digests: [digest('1')], boxes: 'many' });
    expect(await truths.about([digest('1')])).toEqual({ sets: [], records: [] });
    expect(await db.count('truths')).toBe(1);
  });
});
