import { expect, test } from '../fixtures/kolors.ts';

test.use({ accounts: ['first@example.com', 'second@example.com'] });

test('with several accounts the chosen one is in every call', async ({ kolors, picture, vendor, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await kolors.begin(picture);
  await kolors.handOver(1);
  await kolors.pressGenerate();
  await kolors.enterToken(vendor.token);
  await kolors.panel.getByRole('radio', { name: 'second@example.com' }).click();
  await kolors.sendToKling();
  expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ email: 'second@example.com' });
  expect(vendor.callsTo('assets')[0]?.target).toContain('email=second%40example.com');

  await kolors.prompt.fill('A lighthouse keeper');
  await kolors.pressGenerate();
  await expect(kolors.confirmation).toContainText('1 credit of second@example.com');
  await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).click();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  expect(vendor.callsTo('kolors')).toHaveLength(1);
  for (const call of vendor.callsTo('task')) expect(call.target).toContain('email=second%40example.com');
});
