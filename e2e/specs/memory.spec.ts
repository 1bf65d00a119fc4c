import type { Page } from '@playwright/test';
import type { Facebound } from '../fixtures/facebound-page.ts';
import { meterCalls } from '../fixtures/meter-calls.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { countRemembered, remembered } from '../fixtures/remembered.ts';
import { expect, test } from '../fixtures/test.ts';

/** Counts what the page sends from now on. */
function countCalls(page: Page): { readonly uploads: () => number; readonly detections: () => number } {
  const urls: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') urls.push(new URL(request.url()).pathname);
  });
  return {
    uploads: () => urls.filter((path) => path.endsWith('/assets/')).length,
    detections: () => urls.filter((path) => path.endsWith('/images/recognize-faces')).length,
  };
}

/** The header's menu of the work; narrow screens have it in their one menu. */
async function openYourWork(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Your work' });
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitem', { name: 'Your work…' }).click();
}

const recent = (page: Page) => page.getByRole('region', { name: 'Recent' });

async function removeOpenPicture(facebound: Facebound, name: string): Promise<void> {
  await facebound.pictures.getByRole('button', { name: `Remove ${name}` }).click();
}

test.describe('a reload loses nothing', () => {
  test('after the faces were found: pictures, order, which is open, and selection, without another call', async ({
    facebound,
    page,
  }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)), await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.pictures.getByRole('button', { name: /^pair.*2 faces/ }).waitFor();
    await facebound.pictures.getByRole('button', { name: /^team.*7 faces/ }).click();
    await facebound.expectFaces(7);
    await facebound.clickFace(3);
    await facebound.pictures.getByRole('button', { name: /^pair/ }).click();
    await facebound.expectFaces(2);
    await facebound.clickFace(2);
    await remembered(page, 2, 2);

    const calls = countCalls(page);
    await facebound.reload();
    await facebound.expectFaces(2);
    await facebound.expectSelected(2);
    const names = await facebound.pictures.getByRole('button', { name: /faces/ }).allTextContents();
    expect(names).toHaveLength(2);
    await expect(facebound.pictures.getByRole('button', { name: /faces/ }).first()).toHaveAccessibleName(/^team/);
    await facebound.pictures.getByRole('button', { name: /^team/ }).click();
    await facebound.expectFaces(7);
    await facebound.expectSelected(3);
    // The picture itself is there as well: a box can be hit.
    await facebound.clickFaceOnStage(5);
    await facebound.expectSelected(5);
    expect([calls.uploads(), calls.detections()]).toEqual([0, 0]);
  });

  test('during an upload, which is begun again', async ({ facebound, page }) => {
    const held = await meterCalls(page, '**/v1/kling/assets/**');
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await remembered(page, 1, 0);
    await expect.poll(held.came).toBe(1);
    await page.reload();
    held.allow(Number.POSITIVE_INFINITY);
    await facebound.expectFaces(7);
  });

  test('during a detection, without a second upload', async ({ facebound, page }) => {
    const held = await meterCalls(page, '**/images/recognize-faces*');
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await remembered(page, 1, 1);
    await expect.poll(held.came).toBe(1);
    const calls = countCalls(page);
    // Let go only afterwards: a call that went on before could still be answered to the page that leaves.
    await page.reload();
    held.allow(Number.POSITIVE_INFINITY);
    await facebound.expectFaces(7);
    expect([calls.uploads(), calls.detections()]).toEqual([0, 1]);
  });

  test('twice in a row, and goes on from there', async ({ facebound }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await facebound.reload();
    await facebound.expectFaces(7);
    await facebound.reload();
    await facebound.expectFaces(7);
    await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.expectFaces(2);
    await facebound.reload();
    await facebound.expectFaces(2);
    await expect(facebound.pictures.getByRole('button', { name: /faces/ })).toHaveCount(2);
  });
});

test('a picture that was removed can still be brought back after a reload, to its place, with nothing sent again', async ({
  facebound,
  page,
}) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)), await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.pictures.getByRole('button', { name: /^team.*7 faces/ }).click();
  await facebound.expectFaces(7);
  await expect(facebound.pictures.getByRole('button', { name: /^pair.*2 faces/ })).toBeVisible();
  await remembered(page, 2, 2);
  await removeOpenPicture(facebound, 'team.jpg');
  const calls = countCalls(page);
  await facebound.reload();
  await facebound.expectFaces(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await facebound.expectFaces(7);
  await expect(facebound.pictures.getByRole('button', { name: /faces$/ })).toHaveCount(2);
  await expect(facebound.pictures.getByRole('button', { name: /faces$/ }).first()).toHaveAccessibleName(/^team/);
  await facebound.reload();
  await facebound.expectFaces(7);
  expect([calls.uploads(), calls.detections()]).toEqual([0, 0]);
});

test.describe('recent pictures', () => {
  test('a closed one keeps its result; its file is asked for again, and the faces come without a call', async ({
    facebound,
    page,
  }) => {
    const picture = await drawnJpeg('team.jpg', groupOf(7));
    await facebound.open();
    await facebound.drop(picture);
    await facebound.expectFaces(7);
    await remembered(page, 1, 1);
    await removeOpenPicture(facebound, 'team.jpg');
    await expect(recent(page)).toBeVisible();
    await test.step('once it cannot be brought back any more', async () => {
      await expect(page.getByRole('button', { name: 'Undo' })).toBeHidden();
      await expect.poll(() => countRemembered(page)).toMatchObject({ pictures: 1, blobs: 0 });
    });
    await page.reload();

    const calls = countCalls(page);
    const chooser = page.waitForEvent('filechooser');
    await recent(page).getByRole('button', { name: 'Choose team.jpg again, 7 faces' }).click();
    await (await chooser).setFiles([
      { name: picture.name, mimeType: picture.type, buffer: Buffer.from(picture.bytes) },
    ]);
    await facebound.expectFaces(7);
    expect([calls.uploads(), calls.detections()]).toEqual([0, 0]);
  });

  test('with pictures kept too, a closed one opens with one click', async ({ facebound, page }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)), await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.pictures.getByRole('button', { name: /^pair.*2 faces/ }).waitFor();
    await facebound.pictures.getByRole('button', { name: /^team.*7 faces/ }).waitFor();
    await openYourWork(page);
    await recent(page)
      .getByRole('switch', { name: /Keep pictures too/ })
      .click();
    await page.keyboard.press('Escape');
    await removeOpenPicture(facebound, 'pair.jpg');
    await removeOpenPicture(facebound, 'team.jpg');
    await page.reload();

    const calls = countCalls(page);
    await recent(page).getByRole('button', { name: 'Open team.jpg, 7 faces' }).click();
    await facebound.expectFaces(7);
    await openYourWork(page);
    await recent(page).getByRole('button', { name: 'Open pair.jpg, 2 faces' }).click();
    await facebound.expectFaces(2);
    expect([calls.uploads(), calls.detections()]).toEqual([0, 0]);
  });

  test('one can be forgotten', async ({ facebound, page }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await remembered(page, 1, 1);
    await removeOpenPicture(facebound, 'team.jpg');
    await recent(page).getByRole('button', { name: 'Forget team.jpg' }).click();
    await expect(recent(page)).toBeHidden();
    await expect.poll(() => countRemembered(page)).toEqual({ pictures: 0, answers: 0, blobs: 0, leases: 0 });
    await expect(page.getByRole('button', { name: 'Undo' })).toBeHidden();
  });

  for (const width of [1440, 390]) {
    test(`axe finds nothing at ${width} pixels, nor in the question before everything is forgotten`, async ({
      facebound,
      page,
    }) => {
      await facebound.resizeTo({ width, height: 844 });
      await facebound.open();
      await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
      await facebound.expectFaces(7);
      await remembered(page, 1, 1);
      await openYourWork(page);
      await expect(recent(page)).toBeVisible();
      await facebound.expectNoAxeViolations();
      await page.getByRole('button', { name: 'Forget everything…' }).click();
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await facebound.expectNoAxeViolations();
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      await facebound.expectFaces(7);
      await page.evaluate(() => sessionStorage.clear());
      await page.goto('/?new');
      await expect(recent(page)).toBeVisible();
      await facebound.expectNoAxeViolations();
    });
  }
});

test.describe('forgetting everything', () => {
  test('empties this browser, every tab, and this session’s part of the server', async ({
    facebound,
    page,
    context,
    server,
    watch,
  }) => {
    const crops: string[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.startsWith('/files/')) crops.push(response.url());
    });
    await facebound.open();
    // Drawn for this test alone: what other sessions uploaded as well would stay.
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7, 'to be forgotten')));
    await facebound.expectFaces(7);
    await expect.poll(() => crops.length).toBeGreaterThan(0);
    await facebound.reload();
    await facebound.expectFaces(7);
    const other = await context.newPage();
    await other.goto(server.origin);
    await expect(other.getByRole('textbox', { name: 'Image link' })).toBeVisible();

    await openYourWork(page);
    await page.getByRole('button', { name: 'Forget everything…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Forget everything' }).click();
    await expect(page.getByText(/The server removed \d+ files/)).toBeVisible();
    await expect(facebound.linkField).toBeVisible();
    // Good news, and not a warning.
    await expect(facebound.alerts).toHaveCount(0);
    await expect(page.getByRole('status').filter({ hasText: 'Everything is forgotten' })).toBeVisible();
    await expect(recent(page)).toBeHidden();
    await expect(recent(other)).toBeHidden();
    expect(await countRemembered(page)).toEqual({ pictures: 0, answers: 0, blobs: 0, leases: 0 });

    watch.expectProblem(/404/);
    // Asked by the page itself: its cache was emptied too.
    const statuses = await page.evaluate(
      (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).status)),
      crops,
    );
    expect(new Set(statuses)).toEqual(new Set([404]));
    await page.reload();
    await expect(facebound.linkField).toBeVisible();
    await expect(facebound.pictures).toBeHidden();
  });
});

test.describe('where the browser stores nothing', () => {
  test('the page works and says that nothing is remembered', async ({ facebound, page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('No storage here', 'SecurityError');
      };
    });
    await facebound.open();
    await expect(page.getByText(/This browser stores nothing here/)).toBeVisible();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await page.reload();
    await facebound.expectAlert(/could not be brought back|handed over again/);
    await expect(facebound.linkField).toBeVisible();
  });

  test('a record that cannot be read is left out, and the rest is there', async ({ facebound, page }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
    await remembered(page, 1, 1);
    // Away from our page, which reads what is kept once more a moment after it kept something, and would find it first.
    await page.goto('/licences.txt');
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('facebound');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('pictures', 'readwrite');
            transaction.objectStore('pictures').put({ key: 'broken', name: { not: 'text' } });
            transaction.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
    );
    await page.goto('/');
    await facebound.expectAlert(/One remembered picture was left out/);
    await facebound.expectFaces(7);
  });
});
