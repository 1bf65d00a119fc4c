import { expect, test } from '../fixtures/kling.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

test('a result of a token of one’s own outlives a reload, and the token does not', async ({
  facebound,
  page,
  vendor,
}) => {
  await facebound.open();
  await page.getByRole('radio', { name: 'Kling' }).click();
  await page.getByLabel('API token').fill(vendor.token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.expectFaces(2);

  /** Everything that the browser stores for this page, as text. */
  const stored = () =>
    page.evaluate(async () => {
      const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
      for (const { name } of await indexedDB.databases()) {
        if (name === undefined) continue;
        await new Promise<void>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => {
            const db = opening.result;
            const stores = [...db.objectStoreNames];
            const transaction = db.transaction(stores);
            for (const store of stores) {
              const reading = transaction.objectStore(store).getAll();
              reading.onsuccess = () => found.push(reading.result);
            }
            transaction.oncomplete = () => {
              db.close();
              resolve();
            };
          };
        });
      }
      return JSON.stringify(found);
    });
  await expect.poll(stored).toContain('recognize-faces');
  expect(await stored()).not.toContain(vendor.token);

  const asked = vendor.calls.length;
  await facebound.reload();
  await facebound.expectFaces(2);
  await facebound.clickFace(2);
  await facebound.expectSelected(2);
  expect(vendor.calls).toHaveLength(asked);
});
