import type { Page } from '@playwright/test';
import { sayRestIsRight } from '../fixtures/checking.ts';
import { chooseExport, exportedAs, savedBy, withoutSavePicker } from '../fixtures/exports.ts';
import { Facebound } from '../fixtures/facebound-page.ts';
import { watchPage } from '../fixtures/page-watch.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { readReport } from '../fixtures/read-report.ts';
import { expect, test } from '../fixtures/test.ts';

const bar = (page: Page) => page.getByRole('region', { name: 'Check', exact: true });
const verdictOn = (page: Page, faceNo: number) =>
  page.getByRole('group', { name: `Verdict on face ${faceNo}`, exact: true });

/** Names that somebody made up to break out of a page. */
const HOSTILE = `"><script>document.title='owned'</script>&.jpg`;

test('a check leaves as a report that anybody can open, and a second person goes on with it', async ({
  facebound,
  page,
  browser,
  server,
}, testInfo) => {
  test.slow();
  const path = (name: string) => testInfo.outputPath(name);
  await facebound.open();
  await facebound.drop(await drawnJpeg(HOSTILE, groupOf(4)), await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
  await facebound.expectFaces(4);
  await expect(page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();

  await test.step('half-checked, it says so and tells no recall', async () => {
    await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await page.keyboard.press('c');
    await expect(verdictOn(page, 1)).toBeFocused();
    await page.keyboard.press('w');
    await page.keyboard.press('1');
    await expect(verdictOn(page, 2)).toBeVisible();
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: /^New missed face/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(bar(page)).toContainText('1 missed');
    await bar(page).getByRole('button', { name: 'Report' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report' });
    await expect(dialog).toContainText('0 of 2 pictures checked so far: 0 of 1 face is right.');
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
    await expect(bar(page).getByRole('button', { name: 'Report' })).toBeFocused();
    await page.keyboard.press('Enter');
    await facebound.resizeTo({ width: 390, height: 844 });
    await expect(dialog).toBeVisible();
    await facebound.expectNoAxeViolations();
    await facebound.resizeTo({ width: 1440, height: 900 });
    const saved = await savedBy(page, () => dialog.getByRole('button', { name: 'Save report' }).click());
    expect(saved.name).toBe('2-pictures-check.html');
    await expect(
      page.getByRole('status').filter({ hasText: /Report saved: 2-pictures-check\.html, \d/ }),
    ).toBeVisible();
    const report = await readReport(browser, saved, path);
    expect(report.heading).toBe('0 of 2 pictures checked so far: 0 of 1 face is right');
    expect(report.figures).toEqual(['6 faces found', '0 right of 1 checked', '1 wrong', '1 missed']);
    expect(report.text).toContain('Faces were obscured; faces that were not found stay visible');
    expect(report.isShown).toBe(true);
  });

  await test.step('checked to the end, its figures are those of the check', async () => {
    await expect(page.getByRole('dialog', { name: 'Report' })).toBeHidden();
    await sayRestIsRight(page);
    await expect(verdictOn(page, 1)).toBeVisible();
    await page.keyboard.press('r');
    await page.keyboard.press('r');
    await expect(bar(page)).toContainText('done');
    await chooseExport(page, /^Report of 2 pictures/);
    const dialog = page.getByRole('dialog', { name: 'Report' });
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Open day');
    await dialog.getByRole('radio', { name: 'As they are' }).check();
    await dialog.getByRole('radio', { name: 'All 2' }).check();
    const saved = await savedBy(page, () => page.keyboard.press('Enter'));
    expect(saved.name).toBe('open-day-check.html');
    const report = await readReport(browser, saved, path);
    expect(report.heading).toBe('Open day: 5 of 6 faces are right');
    expect(report.title).toBe('Open day: 5 of 6 faces are right');
    expect(report.figures).toEqual([
      '6 faces found',
      '5 right',
      '1 wrong',
      '1 missed',
      '83.3 % precision, 5 of 6',
      '83.3 % recall, 5 of 6',
      '83.3 % F1',
    ]);
    expect(report.alts).toEqual([
      `Wrong: face 1 of "><script>document.title='owned'</script>&, not a face`,
      `Missed: a face without a box of "><script>document.title='owned'</script>&`,
      `"><script>document.title='owned'</script>&, 4 faces found, 1 wrong, 1 missed`,
      'pair, 2 faces found',
    ]);
    expect(report.text).toContain('Not a face');
    expect(report.text).not.toContain('obscured');
    const host = new URL(server.origin).host;
    expect(saved.bytes.toString('utf8')).not.toMatch(new RegExp(`https?:|${host}`));
  });

  await test.step('the warning about what was not found leads to where it is drawn, and what is drawn is covered', async () => {
    await chooseExport(page, /found faces? blurred/);
    const dialog = page.getByRole('dialog', { name: /found faces? blurred/ });
    await expect(dialog).toContainText('A face that was not found stays visible');
    await dialog.getByRole('button', { name: 'Draw a face' }).click();
    await expect(page.getByRole('button', { name: /^New missed face/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(bar(page)).toContainText('2 missed');
    await chooseExport(page, /found faces? blurred/);
    await expect(dialog).toContainText('and 1 drawn faces blurred. A face that was not found or drawn stays visible');
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
  });

  await test.step('a drawn face is cut as a reference, which Kolors takes in place of a number', async () => {
    await chooseExport(page, /^Crop of drawn face 1/);
    await expect(page.getByRole('dialog', { name: 'Crop of drawn face 1' })).toBeVisible();
    const { name } = await savedBy(page, () => page.getByRole('button', { name: 'Save crop' }).click());
    expect(name).toBe('pair-drawn-1.png');
  });

  await test.step('a face that was drawn is exported like a found one', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'All 2 pictures' }).click();
    const { bytes } = await exportedAs(page, /^CSV/);
    expect(bytes.toString('utf8')).toContain(',,drawn_1,');
  });

  await test.step('a second person opens the saved file, disagrees, and it shows', async () => {
    await withoutSavePicker(page);
    const saved = await exportedAs(page, /^Responses and pictures in one file/);
    const elsewhere = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
    const other = new Facebound(await elsewhere.newPage());
    const watch = await watchPage(other.page, server.origin);
    await other.open();
    await other.drop({ name: saved.name, type: 'application/zip', bytes: saved.bytes });
    await expect(other.page.getByRole('button', { name: 'pair.jpg, 2 faces' })).toBeVisible();
    await other.page.getByRole('button', { name: 'pair.jpg, 2 faces' }).click();
    await other.expectFaces(2);
    await expect(other.page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
    await other.page.keyboard.press('c');
    await expect(bar(other.page)).toContainText('6 faces');
    await expect(bar(other.page)).toContainText('done');
    await expect(verdictOn(other.page, 1)).toBeVisible();
    await other.page.keyboard.press('w');
    await other.page.keyboard.press('4');
    await expect(other.page.getByRole('option', { name: 'Face 1, wrong, double, reviewers disagree' })).toBeVisible();
    await other.page.getByRole('combobox', { name: 'Which pictures' }).selectOption('Disagree');
    await expect(other.pictures.getByRole('button')).toHaveCount(1);
    await expect(
      other.pictures.getByRole('button', { name: /^pair\.jpg.* reviewers disagree on 1 face$/ }),
    ).toBeVisible();
    await bar(other.page).getByRole('button', { name: 'Report' }).click();
    const report = await readReport(
      browser,
      await savedBy(other.page, () => other.page.getByRole('button', { name: 'Save report' }).click()),
      path,
    );
    expect(report.text).toContain('Reviewers disagree');
    expect(report.text).toMatch(/pair · 1: another reviewer: right · this reviewer: wrong, double/);
    expect(report.text).toContain('checked by two reviewers');
    expect(watch.undeclared()).toEqual([]);
    await elsewhere.close();
  });
});
