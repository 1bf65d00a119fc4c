/** A page between two versions of its server, and one whose server waits for what it needs. */
import type { Page } from '@playwright/test';
import { PAGE_ENTRY_HEADER } from '#contract/routes.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

/** From now on a server of another version answers these. */
const answerByAnother = (page: Page, pattern: string) =>
  page.route(pattern, async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      headers: { ...response.headers(), [PAGE_ENTRY_HEADER]: '/assets/index-another1.js' },
    });
  });

test('a page hears that its server is of another version, goes on with it, and says so once', async ({
  facebound,
  page,
}) => {
  await facebound.open();
  const said = page.getByRole('status').filter({ hasText: 'Facebound was updated.' });
  await expect(said).toHaveCount(0);
  await answerByAnother(page, '**/recognize-faces*');
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await facebound.expectFaces(3);
  await expect(said).toContainText('Your work goes on here. Reload when it suits you.');
  await said.getByRole('button', { name: 'Later' }).click();
  await expect(said).toHaveCount(0);
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await expect(facebound.pictures.getByRole('button', { name: 'pair.jpg, 2 faces', exact: true })).toBeVisible();
  await expect(said).toHaveCount(0);
});

test('a page whose first script its server does not have yet says so, looks again, and opens', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(/404|MIME type/);
  await page.clock.install();
  await page.route(/\/assets\/index-[\w-]+\.js$/, (route) => route.fulfill({ status: 404, body: 'gone' }), {
    times: 1,
  });
  await page.goto('/');
  await expect(page.getByRole('status')).toContainText('perhaps it is being updated. This page looks again');
  await page.clock.fastForward(3000);
  await expect(facebound.linkField).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.getItem('facebound.looks'))).toBeNull();
});

test('a page whose server waits for its store or its detectors waits too, says for what, and goes on by itself', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(/503/);
  const away = (reason: string) => ({
    status: 503,
    headers: { 'retry-after': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ error: 'It does not answer.', code: 503, reason }),
  });
  await facebound.open();
  // More often than anything is tried that is only busy.
  let refusals = 0;
  await page.route('**/assets/', (route) => {
    refusals += 1;
    return refusals <= 5 ? route.fulfill(away('store-away')) : route.continue();
  });
  await page.route('**/recognize-faces*', (route) => route.fulfill(away('queue-away')), { times: 1 });
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await expect(page.getByText('Waiting for the server’s store…').first()).toBeVisible();
  await expect(page.getByText('Waiting for the server’s queue…').first()).toBeVisible();
  await facebound.expectFaces(3);
  expect(refusals).toBeGreaterThan(5);
});
