import { readFile } from 'node:fs/promises';
import { restoreDump } from '../fixtures/dump.ts';
import { expect, test } from '../fixtures/kolors.ts';
import { remembered } from '../fixtures/remembered.ts';

/** Written by `e2e/tools/write-memory-dump.ts` with the last build that kept two databases. */
const TWO_DATABASES = new URL('../fixtures/dumps/two-databases.json', import.meta.url);

test('what an earlier version kept in two databases is all there, and what was paid is not paid again', async ({
  facebound,
  kolors,
  page,
  vendor,
  watch,
}) => {
  // Crops of the server that the dump was made with.
  watch.expectProblem(/\/files\/[0-9a-f]+\.jpg/);
  // A page of our origin that opens no database.
  await page.goto('/licences.txt');
  await restoreDump(page, await readFile(TWO_DATABASES, 'utf8'));
  await page.goto('/');

  await test.step('pictures, answers, selection', async () => {
    await facebound.expectFaces(5);
    await facebound.expectSelected(2);
    await expect(page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();
    await remembered(page, 2, 2);
    expect(vendor.calls).toHaveLength(0);
  });

  await test.step('the generation that was not over waits for its token', async () => {
    await page.getByRole('button', { name: 'Generations, 1 not finished' }).click();
    await expect(kolors.cards.getByText('A lighthouse keeper').first()).toBeVisible();
    await expect(kolors.cards.getByText('Waiting for your token.')).toBeVisible();
  });

  await test.step('once a start found nothing more in it, the other database is gone', async () => {
    await page.goto('/licences.txt');
    await page.goto('/');
    await facebound.expectFaces(5);
    const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    await expect.poll(names).toEqual(['facebound']);
  });
});

test('a page that is older than what is stored says so, loses nothing and pays for nothing', async ({
  kolors,
  page,
  picture,
  vendor,
}) => {
  await page.goto('/licences.txt');
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('facebound', 99);
        opening.onupgradeneeded = () => opening.result.createObjectStore('kept').put('by a newer page', 'what');
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  await page.goto('/');
  await expect(page.getByText(/A newer version of this page has been here/)).toBeVisible();
  await kolors.begin(picture);
  await kolors.prepare(2, vendor.token, 'A lighthouse keeper');
  await kolors.generate();
  await expect(kolors.panel.getByText(/A newer version of this page has been here.* nothing was sent/)).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(0);
});
