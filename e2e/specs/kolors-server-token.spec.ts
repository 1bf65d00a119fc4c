import { test as base, expect } from '../fixtures/kolors.ts';

/** The server has the vendor's token in its environment. */
const test = base.extend({
  baseURL: async ({ tokenServer }, use) => use(tokenServer.origin),
});

test('with Kling as the engine the number is the one on the card, and a paid task goes on after a reload by itself', async ({
  kolors,
  picture,
  vendor,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const finish = vendor.on('task', { kind: 'json', value: { status_name: 'processing', task: { id: '1' } } });
  await kolors.begin(picture);
  await kolors.prepare(3, undefined, 'A lighthouse keeper');
  await expect(kolors.panel.getByText('faceNo 3', { exact: true })).toBeVisible();
  expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: 3 });
  expect(vendor.callsTo('assets')).toHaveLength(1);
  expect(vendor.callsTo('recognize')).toHaveLength(1);

  await kolors.generate();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'Generations, 1 not finished' }).click();
  await expect(kolors.cards.getByText('Kling is working on it')).toBeVisible();
  finish();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
});
