import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/kling.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

/** The fragment that the address bar shows. */
const fragment = (facebound: Facebound) => new URL(facebound.page.url()).hash;

test('a linked picture with its selected face travels in the fragment, and opens in a fresh browser', async ({
  facebound,
  page,
  pictureHost,
  browser,
  baseURL,
}) => {
  const picture = await drawnJpeg('linked.jpg', groupOf(5));
  const link = pictureHost.serve('linked.jpg', picture.bytes, 'image/jpeg');
  await facebound.open();
  await facebound.link(link);
  await facebound.expectFaces(5);
  await facebound.clickFace(3);
  await expect.poll(() => fragment(facebound)).toBe(`#${new URLSearchParams({ link, engine: 'embedded', face: '3' })}`);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied.')).toBeAttached();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toBe(page.url());
  expect(new URL(address).search).toBe('');

  const fresh = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
  const other = new Facebound(await fresh.newPage());
  await other.page.goto(address);
  await other.expectFaces(5);
  await other.expectSelected(3);
  await expect.poll(() => fragment(other)).toBe(fragment(facebound));
  await fresh.close();
});

test('the address follows what is open, without filling the history', async ({ facebound, page, pictureHost }) => {
  const link = pictureHost.serve('pair.jpg', (await drawnJpeg('pair.jpg', groupOf(2))).bytes, 'image/jpeg');
  await facebound.open();
  const steps = await page.evaluate(() => history.length);
  await facebound.link(link);
  await facebound.expectFaces(2);
  await expect.poll(() => fragment(facebound)).toContain('engine=embedded');
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
  await expect.poll(() => fragment(facebound)).toBe('');
  expect(await page.evaluate(() => history.length)).toBe(steps);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText(/Only linked pictures can be shared/)).toBeVisible();
  await facebound.expectNoAxeViolations();
  await facebound.reload();
  await facebound.expectFaces(7);
});

test('an address that asks for Kling sends nothing there before the person agrees', async ({
  facebound,
  page,
  pictureHost,
  vendor,
}) => {
  const link = pictureHost.serve('pair.jpg', (await drawnJpeg('pair.jpg', groupOf(2))).bytes, 'image/jpeg');
  const toKling: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/engines/kling/')) toKling.push(request.url());
  });
  await page.goto(`/#${new URLSearchParams({ link, engine: 'kling', face: '2' })}`);
  const question = page.getByRole('alertdialog', { name: 'Send this link to Kling?' });
  await expect(question).toContainText(link);
  await facebound.expectNoAxeViolations();
  await question.getByRole('button', { name: 'Use the embedded detector' }).click();
  await facebound.expectFaces(2);
  await facebound.expectSelected();
  await facebound.reload();
  await facebound.expectFaces(2);
  expect(toKling).toEqual([]);
  expect(vendor.calls).toEqual([]);
});

test('someone who prefers Kling opens a shared address of the embedded engine without Kling hearing of it', async ({
  facebound,
  page,
  pictureHost,
  vendor,
}) => {
  const link = pictureHost.serve('pair.jpg', (await drawnJpeg('pair.jpg', groupOf(2))).bytes, 'image/jpeg');
  await page.addInitScript(() => {
    if (location.protocol === 'http:') localStorage.setItem('facebound.engine', 'kling');
  });
  for (const address of [
    `/#${new URLSearchParams({ link })}`,
    `/#${new URLSearchParams({ link, engine: 'embedded' })}`,
  ]) {
    await page.goto('about:blank');
    await page.goto(address);
    await facebound.expectFaces(2);
    await expect(page.getByRole('radio', { name: 'Embedded' })).toBeChecked();
  }
  await facebound.reload();
  await facebound.expectFaces(2);
  expect(vendor.calls).toEqual([]);
  expect(await page.evaluate(() => localStorage.getItem('facebound.engine'))).toBe('kling');
});

test('a shared link that gives nothing is not shared on', async ({ facebound, page, pictureHost, watch }) => {
  watch.expectProblem(/app\/image/);
  const broken = pictureHost.serve('no-picture.jpg', new TextEncoder().encode('gone'), 'text/plain');
  await page.goto(`/#${new URLSearchParams({ link: broken })}`);
  await facebound.expectAlert(/no-picture\.jpg/);
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('');
  const team = pictureHost.serve('team.jpg', (await drawnJpeg('team.jpg', groupOf(2))).bytes, 'image/jpeg');
  await facebound.link(team);
  await facebound.expectFaces(2);
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('team.jpg');
});

test.describe('a hostile fragment does nothing', () => {
  for (const [name, hash] of [
    ['a script', '#link=javascript:alert(1)'],
    ['a file of this machine', '#link=file:///etc/passwd'],
    ['a password', '#link=https://user:secret@example.com/a.jpg'],
    ['an engine of its own', '#link=https://example.com/a.jpg&engine=evil'],
  ] as const) {
    test(`${name} is refused in words`, async ({ facebound, page }) => {
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/app/image')) asked.push(request.url());
      });
      await page.goto(`/${hash}`);
      await facebound.expectAlert(/This shared address cannot be opened/);
      await expect(facebound.linkField).toBeVisible();
      expect(asked).toEqual([]);
    });
  }
});
