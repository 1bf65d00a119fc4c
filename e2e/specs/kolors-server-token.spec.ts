import { expect, test } from '../fixtures/kolors.ts';

test.use({ serverHasToken: true });

test('with Kling as the engine the number is the one on the card, without another upload', async ({
  kolors,
  picture,
  vendor,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await kolors.begin(picture);
  await kolors.handOver(3);
  await expect(kolors.panel.getByText('faceNo 3', { exact: true })).toBeVisible();
  expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: 3 });
  expect(vendor.callsTo('assets')).toHaveLength(1);
  expect(vendor.callsTo('recognize')).toHaveLength(1);
});

test('a task that the server pays for goes on after a reload by itself', async ({ kolors, picture, vendor, page }) => {
  const finish = vendor.on('task', { kind: 'json', value: { status_name: 'processing', task: { id: '1' } } });
  await kolors.begin(picture);
  await kolors.prepare(2, undefined, 'A lighthouse keeper');
  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Generations, 1 not finished' }).click();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  finish();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});
