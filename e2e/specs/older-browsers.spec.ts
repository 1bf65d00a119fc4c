/** The oldest browsers that the README promises: the main job without each API that they lack. */
import { NEWER_APIS } from '#page/platform/newer-apis.ts';
import { chooseExport, savedBy, unzip } from '../fixtures/exports.ts';
import { heic } from '../fixtures/format-pictures.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

for (const { name, removal } of NEWER_APIS) {
  test(`a browser without ${name} finds the faces in a JPEG and a HEIC, and saves their crops`, async ({
    facebound,
    page,
    context,
  }) => {
    await context.addInitScript(removal);
    // Workers begin without it as well.
    let workers = 0;
    await page.route(/\/assets\/[\w-]*worker-[\w-]+\.js$/, async (route) => {
      const answer = await route.fetch();
      workers += 1;
      await route.fulfill({ response: answer, body: `${removal}\n${await answer.text()}` });
    });
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
    await facebound.expectFaces(3);
    await facebound.middleOfBox(2);
    const saved = await savedBy(page, () => chooseExport(page, /^Crops of all faces/));
    expect((await unzip(saved.bytes)).size).toBe(3);
    await facebound.drop(await heic());
    await expect(facebound.pictures.getByRole('button', { name: 'IMG_0001.HEIC, 2 faces', exact: true })).toBeVisible();
    expect(workers).toBeGreaterThan(1);
  });
}

test('a browser that is too old says so in one sentence instead of a blank page', async ({ page, watch }) => {
  watch.expectProblem(/ERR_FAILED|Failed to load resource/);
  await page.addInitScript('delete globalThis.CSSPropertyRule;');
  // What it cannot read it does not run.
  await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('alert')).toHaveText(/^Facebound needs a newer browser: .*Firefox 128, Safari 17\.4/);
});

test('a browser that is new enough never shows that sentence', async ({ page, facebound, watch }) => {
  watch.expectProblem(/ERR_FAILED|Failed to load resource/);
  await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
  await page.goto('/', { waitUntil: 'load' }).catch(() => undefined);
  await expect(page.getByText('Facebound needs a newer browser')).toHaveCount(0);
  await page.unroute(/\/assets\/.*\.js$/);
  await facebound.open();
});
