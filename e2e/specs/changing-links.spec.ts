import type { Page } from '@playwright/test';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/kling.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { remembered } from '../fixtures/remembered.ts';

/** A link that shows two people, and later five in a picture of another size. */
const people = async (count: number, width: number) =>
  (await drawnJpeg('camera.jpg', { ...groupOf(count), width })).bytes;
const two = people(2, 1600);
const five = people(5, 1200);

/** How often the page asked for faces since this was called. */
function countDetections(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/images/recognize-faces')) count += 1;
  });
  return () => count;
}

const tile = (facebound: Facebound, words: RegExp) => facebound.pictures.getByRole('button', { name: words });

test.describe('a link whose picture changes', () => {
  test('loaded again is another picture with faces of its own, also after a reload', async ({
    facebound,
    page,
    pictureHost,
  }) => {
    const detections = countDetections(page);
    const link = pictureHost.serve('latest.jpg', await two, 'image/jpeg');
    await facebound.open();
    await facebound.link(link);
    await facebound.expectFaces(2);
    pictureHost.serve('latest.jpg', await five, 'image/jpeg');
    await facebound.link(link);
    await facebound.expectFaces(5);
    expect(detections()).toBe(2);
    await expect(page.getByText(/uploaded as a copy, because this link gave another picture before/)).toBeVisible();
    await tile(facebound, /^latest\.jpg.*2 faces/).click();
    await facebound.expectFaces(2);
    await expect(page.getByText(/this link gave another picture before/)).toBeHidden();
    await facebound.reload();
    await facebound.expectFaces(2);
    await tile(facebound, /^latest\.jpg.*5 faces/).click();
    await facebound.expectFaces(5);
    expect(detections()).toBe(2);
  });

  test('between the page and the engine is told, and what is shown can be uploaded', async ({
    facebound,
    page,
    pictureHost,
  }) => {
    const detections = countDetections(page);
    // The page looks twice, then the engine.
    const link = pictureHost.serveInTurn('webcam.jpg', [await two, await two, await five], 'image/jpeg');
    await facebound.open();
    await facebound.link(link);
    await facebound.expectAlert(/The link changed meanwhile/, /another picture than the one shown here/);
    await facebound.expectFaces(0);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeHidden();
    await facebound.expectNoAxeViolations();

    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await tile(facebound, /^webcam\.jpg/).click();
    await facebound.expectAlert(/The link changed meanwhile/);

    await page.getByRole('button', { name: 'Upload what is shown' }).click();
    await facebound.expectFaces(2);
    expect(detections(), 'looking at a failure again asks nobody').toBe(3);
    await facebound.reload();
    await facebound.expectFaces(2);
    expect(detections()).toBe(3);
  });

  test('each time it is asked is uploaded as it is shown, without a failure in between', async ({
    facebound,
    page,
    pictureHost,
  }) => {
    const link = pictureHost.serveInTurn('camera.jpg', [await two, await five], 'image/jpeg');
    await facebound.open();
    await facebound.link(link);
    await facebound.expectFaces(2);
    await expect(page.getByText(/uploaded as a copy, because the link gives another picture each time/)).toBeVisible();
    expect(new URL(page.url()).hash, 'it can still be shared').toContain('camera.jpg');
  });

  test('opened from a shared address shows no faces of another picture', async ({ facebound, page, pictureHost }) => {
    const link = pictureHost.serveInTurn('shared.jpg', [await two, await two, await five], 'image/jpeg');
    await page.goto(`/#${new URLSearchParams({ link, engine: 'embedded', face: '2' })}`);
    await facebound.expectAlert(/The link changed meanwhile/);
    await facebound.expectFaces(0);
    await facebound.expectSelected();
  });

  test('is asked about at Kling once for each picture that it gave', async ({
    facebound,
    page,
    pictureHost,
    vendor,
  }) => {
    await facebound.open();
    await page.getByRole('radio', { name: 'Kling' }).click();
    await page.getByLabel('API token').fill(vendor.token);
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    const link = pictureHost.serve('latest.jpg', await two, 'image/jpeg');
    await facebound.link(link);
    await expect.poll(() => vendor.callsTo('recognize').length).toBe(1);
    await facebound.expectFaces(2);
    await expect(page.getByText(/the frame is Kling’s/)).toBeVisible();
    pictureHost.serve('latest.jpg', await five, 'image/jpeg');
    await facebound.link(link);
    const question = page.getByRole('alertdialog', { name: 'Send 1 picture to Kling?' });
    await expect(question).toContainText('a copy of what is shown here would be uploaded');
    expect(vendor.callsTo('assets').length).toBe(0);
    await question.getByRole('button', { name: 'Send it' }).click();
    await expect.poll(() => vendor.callsTo('recognize').length).toBe(2);
    expect(vendor.callsTo('assets').length).toBe(1);
    await expect(page.getByText(/uploaded as a copy, because this link gave another picture before/)).toBeVisible();
  });
});

test('what an earlier version remembered of a link by its address alone is asked for again, and written down anew', async ({
  facebound,
  page,
  pictureHost,
}) => {
  const link = pictureHost.serve('old.jpg', await two, 'image/jpeg');
  await facebound.open();
  await facebound.link(link);
  await facebound.expectFaces(2);
  await remembered(page, 1, 1);
  await page.evaluate(moveToOldKey, link);

  const detections = countDetections(page);
  await facebound.reload();
  await facebound.expectFaces(2);
  expect(detections()).toBe(1);
  // Written down under today's key, which a reload finds.
  await facebound.reload();
  await facebound.expectFaces(2);
  expect(detections()).toBe(1);
  await remembered(page, 1, 1);
});

/** Runs in the page: gives everything about the one linked picture the key that it had in earlier versions. */
async function moveToOldKey(link: string): Promise<void> {
  const old = `link ${link}`;
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('facebound');
    opening.onsuccess = () => {
      const db = opening.result;
      const names = ['pictures', 'answers', 'blobs', 'leases'];
      const transaction = db.transaction(names, 'readwrite');
      for (const name of names) {
        const store = transaction.objectStore(name);
        store.openCursor().onsuccess = (event) => {
          const cursor = event.target instanceof IDBRequest ? event.target.result : null;
          if (!(cursor instanceof IDBCursorWithValue)) return;
          const { key, value } = cursor;
          if (JSON.stringify(key).includes(old)) return;
          cursor.delete();
          if (name === 'pictures') store.put({ ...value, key: old });
          if (name === 'answers') store.put({ ...value, picture: old, id: `embedded server  ${old}` });
          if (name === 'blobs') store.put(value, old);
          if (name === 'leases') store.put({ ...value, picture: old });
          cursor.continue();
        };
      }
      transaction.oncomplete = () => {
        db.close();
        resolve();
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
  const work = JSON.parse(sessionStorage.getItem('facebound.work') ?? '');
  for (const picture of work.pictures) picture.key = old;
  sessionStorage.setItem('facebound.work', JSON.stringify(work));
}
