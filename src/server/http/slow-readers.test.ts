import { expect, test } from 'vitest';
import { createSlowReaders } from './slow-readers.ts';

const KB = 1024;

/** Readers that read so many bytes a second each, for so many seconds; those that were cut, by name. */
async function readingFor(seconds: number, rates: Readonly<Record<string, number>>) {
  let now = 0;
  const readers = createSlowReaders({ now: () => now });
  const cut: string[] = [];
  const bodies = Object.entries(rates).map(([name, rate]) => {
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(rate)) });
    return readers.follow(endless, () => cut.push(name)).getReader();
  });
  for (let second = 0; second < seconds; second += 1) {
    now += 1000;
    for (const [index, rate] of Object.values(rates).entries()) if (rate > 0) await bodies[index]?.read();
  }
  return { readers, cut, bodies };
}

test('those below 64 KB a second for ten seconds are cut when room is needed, and nobody else', async () => {
  const { readers, cut } = await readingFor(12, { none: 0, slow: 60 * KB, quick: 80 * KB });
  expect(cut).toEqual([]);
  expect(readers.cutSlow()).toBe(2);
  expect(cut).toEqual(['none', 'slow']);
});

test('nobody is slow before ten seconds are over', async () => {
  const { readers } = await readingFor(9, { none: 0, slow: KB });
  expect(readers.cutSlow()).toBe(0);
});

test('who has left is not cut', async () => {
  const { readers, bodies } = await readingFor(12, { none: 0, slow: KB });
  await bodies[0]?.cancel();
  expect(readers.cutSlow()).toBe(1);
});
