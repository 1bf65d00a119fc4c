/** A crowd and what can be done with several of its faces, in the layout that is for crowds. */
import { parse as parseCsv } from 'csv-parse/sync';
import { exportedAs, savedBy, unzip } from '../fixtures/exports.ts';
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, plainPicture, tellFaces } from '../fixtures/told-faces.ts';

test('a crowd is a grid in a column of any width, and several of its faces leave, are covered for, compared, copied', async ({
  facebound,
  page,
  context,
}) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await tellFaces(page, crowdOf(28));
  await facebound.open();
  await facebound.drop(await plainPicture('crowd.jpg'));
  await facebound.expectFaces(28);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const edge = page.getByRole('separator', { name: 'Width of the face list' });
  const inspectorHeight = async () => (await facebound.inspector.boundingBox())?.height;
  const openExport = async () => {
    await button('Export these').click();
    await expect(page.getByRole('menuitemradio', { name: 'These 3 faces' })).toBeChecked();
  };

  await test.step('all of it is in sight: 28 crops, and no empty inspector', async () => {
    await expect(page.getByRole('radio', { name: 'Grid' })).toBeChecked();
    await expect(facebound.face(28)).toBeInViewport({ ratio: 1 });
    expect(await inspectorHeight()).toBe(48);
  });

  await test.step('selecting opens the inspector', async () => {
    await facebound.clickFace(7);
    await expect.poll(inspectorHeight).toBeGreaterThan(200);
    await facebound.face(10).click({ modifiers: ['ControlOrMeta'] });
    await facebound.face(12).click({ modifiers: ['ControlOrMeta'] });
    await facebound.expectSelected(7, 10, 12);
    await expect(page.getByRole('contentinfo').getByText('3 selected')).toBeVisible();
    await facebound.expectNoAxeViolations();
  });

  await test.step('crops and data of these, and of no other', async () => {
    await openExport();
    await facebound.expectNoAxeViolations();
    const crops = await exportedAs(page, /^Crops of 3 faces/);
    expect(crops.name).toBe('crowd-faces-7-10-12-crops.zip');
    expect([...(await unzip(crops.bytes)).keys()]).toEqual(
      ['07', '10', '12'].map((number) => `crowd-faces-7-10-12/face-${number}.png`),
    );
    await openExport();
    await expect(page.getByRole('menuitem', { name: /^Raw JSON/ })).toHaveCount(0);
    const csv = await exportedAs(page, /^CSV/);
    expect(csv.name).toBe('crowd-faces-7-10-12-faces.csv');
    expect(parseCsv(csv.bytes, { columns: true, bom: true })).toMatchObject([
      { face_no: '7', picture: 'crowd.jpg' },
      { face_no: '10' },
      { face_no: '12' },
    ]);
  });

  await test.step('all but these blurred, looked at first', async () => {
    await button('Blur all but these').click();
    const dialog = page.getByRole('dialog', { name: 'Annotated PNG, other found faces blurred' });
    await expect(dialog.getByText('25 other found faces blurred')).toBeVisible();
    const { name } = await savedBy(page, () => dialog.getByRole('button', { name: 'Save PNG' }).click());
    expect(name).toBe('crowd-faces-7-10-12-clear-25-found-faces-blurred.png');
  });

  await test.step('side by side', async () => {
    await button('Compare crops').click();
    const dialog = page.getByRole('dialog', { name: '3 faces side by side' });
    await expect(dialog.getByRole('img')).toHaveCount(3);
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await facebound.expectSelected(7, 10, 12);
  });

  await test.step('bounds on the clipboard, with their numbers', async () => {
    await button('Copy bounds of these').click();
    await expect(page.getByRole('status').filter({ hasText: 'Bounds of 3 faces copied' })).toBeVisible();
    const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(copied).toMatchObject([{ faceNo: 7, width: 48, height: 64 }, { faceNo: 10 }, { faceNo: 12 }]);
  });

  await test.step('the edge goes where it is put and is there again after a reload', async () => {
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(edge).toHaveAttribute('aria-valuenow', String(before + 16));
    await facebound.expectSelected(7, 10, 12);
    const grip = await edge.boundingBox();
    const at = { x: (grip?.x ?? 0) + 4, y: 300 };
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x - 60, at.y, { steps: 4 });
    await page.mouse.up();
    await expect(edge).toHaveAttribute('aria-valuenow', String(before + 76));
    await facebound.reload();
    await facebound.expectFaces(28);
    await expect(edge).toHaveAttribute('aria-valuenow', String(before + 76));
    await facebound.expectSelected(7, 10, 12);
  });

  await test.step('cleared, the inspector folds again', async () => {
    await button('Clear selection').click();
    await facebound.expectSelected();
    await expect.poll(inspectorHeight).toBe(48);
  });
});
