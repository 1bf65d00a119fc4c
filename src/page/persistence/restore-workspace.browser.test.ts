import { afterEach, expect, test } from 'vitest';
import { EMPTY_WORK, picturesOf, workStore } from '#page/pictures/work-store.ts';
import { createQueryClient } from '#page/platform/query-client.ts';
import { memory } from './page-memory.ts';
import { memoryKey } from './records.ts';
import { restoreWorkspace } from './restore-workspace.ts';
import type { SavedWorkspace } from './saved-workspace.ts';

const COUNT = 130;
const OPEN = 70;
const WORK = 'work-of-this-test';

const digestOf = (number: number): string => number.toString(16).padStart(64, '0');
const keyOfNumber = (number: number): string => memoryKey({ kind: 'file' }, digestOf(number));

async function remember(number: number): Promise<void> {
  const blob = new Blob([`picture ${number}`], { type: 'image/jpeg' });
  await memory.keepPicture(
    WORK,
    {
      key: keyOfNumber(number),
      name: `${number}.jpg`,
      origin: { kind: 'file', via: 'drop' },
      size: { width: 400, height: 300 },
      notes: [],
      orientation: 1,
      concerns: [],
      sha256: digestOf(number),
      bytes: blob.size,
      thumbnail: blob,
      answerBytes: 0,
      openedAt: number,
    },
    blob,
  );
}

const note = (numbers: readonly number[]): SavedWorkspace => ({
  version: 1,
  work: WORK,
  pictures: numbers.map((number) => ({ id: `id-${number}`, key: keyOfNumber(number), allowed: [] })),
  openId: `id-${OPEN}`,
  selections: {},
  arriving: [],
});

const idsOfWork = () => picturesOf(workStore.getState()).map(({ id }) => id);

afterEach(async () => {
  for (const { url, thumbnailUrl } of picturesOf(workStore.getState())) {
    URL.revokeObjectURL(url);
    URL.revokeObjectURL(thumbnailUrl);
  }
  workStore.setState(EMPTY_WORK);
  await memory.clear();
});

test('of many pictures the open one and those beside it come back first, then all in their order', async () => {
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
  await Promise.all(numbers.map(remember));
  let first: readonly string[] = [];
  const restored = await restoreWorkspace(createQueryClient(), note(numbers), () => {
    first = idsOfWork();
    expect(workStore.getState().openId).toBe(`id-${OPEN}`);
  });
  expect(first).toContain(`id-${OPEN - 1}`);
  expect(first).toContain(`id-${OPEN + 1}`);
  expect(first.length).toBeLessThan(COUNT / 2);
  expect(idsOfWork()).toEqual(numbers.map((number) => `id-${number}`));
  expect(restored.kept).toHaveLength(COUNT);
});

test('what a person opened while the others came stays open', async () => {
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
  await Promise.all(numbers.map(remember));
  await restoreWorkspace(createQueryClient(), note(numbers), () => {
    workStore.setState({ openId: `id-${OPEN + 1}` });
  });
  expect(workStore.getState().openId).toBe(`id-${OPEN + 1}`);
});
