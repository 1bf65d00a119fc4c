import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/kling.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';

/** The list of what was sent to Kling, in the words of a person who takes it back. */
function takingBack(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Remove at Kling' });
  return {
    dialog,
    open: () => page.getByRole('button', { name: 'Remove at Kling…' }).click(),
    rows: dialog.getByRole('list', { name: 'Sent to Kling' }).getByRole('listitem'),
    remove: (count: string) => dialog.getByRole('button', { name: `Remove ${count} at Kling` }),
    close: () => dialog.getByRole('button', { name: 'Close' }).click(),
  };
}

test('what was sent to Kling can be taken back, also when its picture is gone, and nothing of anybody else’s is', async ({
  facebound,
  page,
  vendor,
}) => {
  const back = takingBack(page);
  await facebound.open();
  await page.getByRole('radio', { name: 'Kling' }).click();
  await page.getByLabel('API token').fill(vendor.token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)), await drawnJpeg('pair.jpg', groupOf(2)));
  await expect(facebound.pictures.getByRole('button', { name: /faces?$/ })).toHaveCount(2);
  const sent = [...vendor.uploads];
  expect(sent).toHaveLength(2);
  const others = [vendor.addUpload({ name: sent[0]?.name ?? '' }), vendor.addUpload({ name: 'holiday.jpg' })];

  await test.step('a picture goes from this browser, and stays in the list', async () => {
    await facebound.pictures.getByRole('button', { name: 'Remove team.jpg' }).click();
    await facebound.reload();
    await page.getByRole('button', { name: 'Your work' }).click();
    await page.getByRole('button', { name: 'Forget team.jpg' }).click();
    await back.open();
    await expect(back.rows).toHaveCount(2);
    await expect(back.rows.filter({ hasText: 'pair.jpg' })).toContainText(/upload-\d+\.jpg/);
    await expect(back.rows.filter({ hasText: 'No longer in this browser' })).toHaveCount(1);
  });

  await test.step('the token that went with the reload is asked for', async () => {
    await expect(back.remove('2 pictures')).toBeDisabled();
    await back.dialog.getByLabel('API token').fill(vendor.token);
    await back.dialog.getByRole('button', { name: 'Use', exact: true }).click();
    expect(vendor.callsTo('delete-uploaded')).toHaveLength(0);
  });

  await test.step('Kling confirms neither: both are said to be there still', async () => {
    vendor.on('delete-uploaded', { kind: 'json', value: { deleted: 2, ids: [] } }, 1);
    await back.remove('2 pictures').click();
    await expect(back.dialog.getByText('Kling confirmed 0 of 2 as removed.')).toBeVisible();
    await expect(back.dialog.getByText(/2 Kling did not confirm: .* still there/)).toBeVisible();
    await expect(back.rows.filter({ hasText: 'Not confirmed: still there' })).toHaveCount(2);
    expect(vendor.uploads).toHaveLength(4);
  });

  await test.step('both go, and nothing of the others who share the account', async () => {
    await back.remove('2 pictures').click();
    await expect(back.dialog.getByText('Kling confirmed 2 of 2 as removed.')).toBeVisible();
    await expect(back.rows).toHaveCount(0);
    expect(vendor.uploads).toEqual(others);
    await back.close();
    await expect(page.getByRole('button', { name: 'Remove at Kling…' })).toHaveCount(0);
  });

  await test.step('and nothing is sent again by itself, at once or after a reload', async () => {
    await expect(page.getByText(/not sent to Kling/i).first()).toBeVisible();
    await page.reload();
    await expect(page.getByText('Kling needs a token').first()).toBeVisible();
    expect(vendor.uploads).toEqual(others);
  });
});

test('forgetting everything offers to take back first, and what is not stays to be taken back', async ({
  facebound,
  page,
  vendor,
}) => {
  const back = takingBack(page);
  const forget = page.getByRole('alertdialog', { name: 'Forget everything?' });
  await facebound.open();
  await page.getByRole('radio', { name: 'Kling' }).click();
  await page.getByLabel('API token').fill(vendor.token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  await page.getByRole('button', { name: 'Your work' }).click();
  await page.getByRole('button', { name: 'Forget everything…' }).click();

  await test.step('it leads there and back', async () => {
    await expect(forget.getByText('One picture lies at Kling')).toBeVisible();
    await forget.getByRole('button', { name: 'Remove at Kling first…' }).click();
    await expect(forget).toBeHidden();
    await expect(back.rows).toHaveCount(1);
    await facebound.expectNoAxeViolations();
    await back.close();
    await expect(forget).toBeVisible();
    await facebound.expectNoAxeViolations();
  });

  await test.step('without it the note stays, and not which picture it was', async () => {
    await forget.getByRole('button', { name: 'Forget everything' }).click();
    await expect(page.getByText(/One picture lies at Kling and can still be removed there from here/)).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Your work' }).click();
    await back.open();
    await expect(back.rows).toHaveText([/No longer in this browser/]);
    expect(vendor.uploads).toHaveLength(1);
  });

  await test.step('one that is not found is said, and can be taken off the list', async () => {
    vendor.on('uploaded', { kind: 'json', value: { uploadAssetsList: [] } }, 1);
    await back.dialog.getByLabel('API token').fill(vendor.token);
    await back.dialog.getByRole('button', { name: 'Use', exact: true }).click();
    await back.remove('1 picture').click();
    await expect(back.dialog.getByText(/1 could not be found there by name and address/)).toBeVisible();
    await back.dialog.getByRole('button', { name: 'Take the one not found off this list' }).click();
    await expect(back.rows).toHaveCount(0);
    expect(vendor.callsTo('delete-uploaded')).toHaveLength(0);
  });
});
