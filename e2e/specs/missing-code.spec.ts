/** Code that cannot be fetched costs what needs it, never the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as klingTest } from '../fixtures/kling.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { buildDir } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

/** What the console says of a file that does not come. */
const NOT_LOADED = /request failed|Failed to load resource|dynamically imported|CodeError/;

/** The address of the built chunk that brings a part of the page, as a pattern. Others may begin with the same name. */
const chunk = (name: string, exported: RegExp): RegExp => {
  const folder = join(buildDir(), 'page', 'assets');
  const isIt = (file: string) =>
    file.startsWith(`${name}-`) && file.endsWith('.js') && exported.test(readFileSync(join(folder, file), 'utf8'));
  const [file, another] = readdirSync(folder).filter(isIt);
  if (file === undefined || another !== undefined) throw new Error(`The build has no one chunk ${name}`);
  return new RegExp(`/assets/${file.replaceAll('.', '\\.')}$`);
};

/** What a server that was updated meanwhile says of the files of the old version. */
const exportIsGone = async (page: Page): Promise<void> => {
  await page.route(chunk('export-controls', /as ExportControls\b/), (route) =>
    route.fulfill({ status: 404, body: 'gone' }),
  );
};

const AREAS = [
  ['export-controls', /as ExportControls\b/],
  ['share-button', /as ShareButton\b/],
  ['recent-area', /as RecentArea\b/],
  ['kolors', /as Kolors\b/],
] as const;

for (const [area, exported] of AREAS) {
  test(`one whose ${area} does not come goes on, says so, and has it after "Try again"`, async ({
    facebound,
    page,
    watch,
  }) => {
    watch.expectProblem(NOT_LOADED);
    const pattern = chunk(area, exported);
    await page.route(pattern, (route) => route.abort());
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
    await facebound.expectFaces(3);
    const said = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    if (area === 'recent-area') {
      await page.getByRole('button', { name: 'Your work' }).click();
      await expect(said).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Forget everything…' })).toBeHidden();
    }
    await expect(said).toContainText('Check that it is running');
    await facebound.clickFace(2);
    await facebound.expectSelected(2);
    await page.unroute(pattern);
    await said.getByRole('button', { name: 'Try again' }).click();
    await expect(said).toHaveCount(0);
    await facebound.expectSelected(2);
  });
}

test('pictures that are handed over one after another before their code has come are all taken once it does', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(NOT_LOADED);
  const pattern = chunk('import-items', /Making the copy that is sent/);
  await page.route(pattern, (route) => route.abort());
  await facebound.open();
  const said = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(said, 'another part needs that file as well').toBeVisible();
  for (const file of [await drawnJpeg('team.jpg', groupOf(3)), await drawnJpeg('pair.jpg', groupOf(2))]) {
    // The page looks why the file does not come, and then gives up.
    const givenUp = page.waitForEvent('requestfailed', (request) => request.resourceType() === 'fetch');
    await facebound.drop(file);
    await givenUp;
  }
  await page.unroute(pattern);
  await said.getByRole('button', { name: 'Try again' }).click();
  for (const name of ['team.jpg, 3 faces', 'pair.jpg, 2 faces']) {
    await expect(facebound.pictures.getByRole('button', { name, exact: true })).toBeVisible();
  }
});

test('where only a file that a part imports does not come, another try and a reload are offered, and the try brings it', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(NOT_LOADED);
  // The button's own file imports this one, which is a part of its own as well.
  const pattern = chunk('follow-address', /as followAddress\b/);
  await page.route(pattern, (route) => route.abort());
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await facebound.expectFaces(3);
  const said = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(said).toContainText('if that does not help, reload the page');
  await expect(said.getByRole('button', { name: 'Reload' })).toBeVisible();
  await page.unroute(pattern);
  await said.getByRole('button', { name: 'Try again' }).click();
  await expect(said).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
});

test('after an update the page says so, and reloads only when told', async ({ facebound, page, watch }) => {
  watch.expectProblem(NOT_LOADED);
  watch.expectProblem(/404/);
  await exportIsGone(page);
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await facebound.expectFaces(3);
  const said = page.getByRole('alert').filter({ hasText: 'Facebound was updated: reload' });
  await expect(said).toBeVisible();
  await page.unrouteAll();
  await said.getByRole('button', { name: 'Reload' }).click();
  await facebound.expectFaces(3);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
});

klingTest(
  'a reload for an update opens the place for a token that was typed',
  async ({ facebound, page, vendor, watch }) => {
    watch.expectProblem(NOT_LOADED);
    await facebound.open();
    await page.getByRole('radio', { name: 'Kling' }).click();
    await page.getByLabel('API token').fill(vendor.token);
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    watch.expectProblem(/404/);
    await exportIsGone(page);
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
    const said = page.getByRole('alert').filter({ hasText: 'Facebound was updated: reload' });
    await expect(said).toContainText('your token has to be entered again');
    await page.unrouteAll();
    await said.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByLabel('API token')).toBeVisible();
    await expect(page.getByLabel('API token')).toHaveValue('');
  },
);

test('the presentation is there offline as soon as there are faces', async ({ facebound, page, context, watch }) => {
  watch.expectProblem(/request failed|Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await facebound.open();
  const fetched = page.waitForResponse(chunk('present-area', /as PresentArea\b/));
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await facebound.expectFaces(3);
  await fetched;
  await context.setOffline(true);
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog', { name: 'Presentation' })).toBeVisible();
  await context.setOffline(false);
});

test('a worker whose file does not come is told as that, and nothing that was handed over is lost without a word', async ({
  facebound,
  page,
  watch,
}) => {
  watch.expectProblem(/request failed|Failed to load resource|console/);
  await page.route(/\/assets\/worker-(?!pool-)[\w-]+\.js$/, (route) => route.abort());
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await facebound.expectAlert(/team\.jpg/, /could not be loaded: there is no connection, or Facebound was updated/);
});
