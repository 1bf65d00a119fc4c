import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/kolors.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const PROMPT = 'A lighthouse keeper';

test.beforeEach(async ({ kolors, picture, vendor }) => {
  await kolors.begin(picture);
  await kolors.prepare(2, vendor.token, PROMPT);
});

test('another face is picked beside the panel, and the prompt stays; Escape leaves it', async ({ kolors, page }) => {
  const facebound = new Facebound(page);
  const chosen = (faceNo: number) => kolors.panel.getByRole('tab', { name: `Face ${faceNo}`, selected: true });

  await test.step('on the stage, of which nothing lies under the panel', async () => {
    for (const faceNo of [5, 4, 1]) {
      await facebound.clickFaceOnStage(faceNo);
      await expect(chosen(faceNo)).toBeVisible();
      await expect(kolors.prompt).toHaveValue(PROMPT);
    }
    // Kling counts from the right.
    await expect(kolors.panel.getByText('faceNo 5')).toBeVisible();
    expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: 5, prompt: PROMPT });
  });

  await test.step('by its key while the focus is outside, and not while it writes', async () => {
    await facebound.clickFaceOnStage(1);
    await page.keyboard.press('3');
    await expect(chosen(3)).toBeVisible();
    await kolors.prompt.press('End');
    await page.keyboard.type(' 4');
    await expect(kolors.prompt).toHaveValue(`${PROMPT} 4`);
    await expect(chosen(3)).toBeVisible();
  });

  await test.step('a second click on the picture beside all faces leaves the panel as it is', async () => {
    await facebound.stage.click({ position: { x: 5, y: 5 } });
    await expect(chosen(3)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(kolors.panel).toBeHidden();
    await expect(facebound.list).toBeVisible();
  });
});

test('what the account has, and what is in the way, is told before anything is paid', async ({
  kolors,
  vendor,
  accounts,
}) => {
  const email = accounts[0] ?? '';
  await expect(kolors.panel.getByText('66 credits left · 5 of 5 places free')).toBeVisible();

  await test.step('no place is free: said in the question, and nothing was sent', async () => {
    const full = vendor.on('free-places', {
      kind: 'json',
      value: { available: [{ email, maxJobs: 5, available: 0 }] },
    });
    await kolors.pressGenerate();
    await expect(kolors.confirmation).toContainText('All 5 places of this account are taken');
    await expect(kolors.confirmation).toContainText('66 credits left · 0 of 5 places free');
    await kolors.confirmation.getByRole('button', { name: 'Cancel' }).click();
    full();
  });

  await test.step('too few credits', async () => {
    const poor = vendor.on('account', { kind: 'json', value: { email, balance: { total: 1 } } });
    await kolors.panel.getByRole('radiogroup', { name: 'Pictures' }).getByRole('radio', { name: '3' }).click();
    await kolors.pressGenerate();
    await expect(kolors.confirmation).toContainText('The account has 1 credit left, and this costs 3');
    await kolors.confirmation.getByRole('button', { name: 'Cancel' }).click();
    poor();
  });
  expect(vendor.callsTo('kolors')).toHaveLength(0);

  await test.step('once it is paid, what is left is asked for again', async () => {
    vendor.on('account', { kind: 'json', value: { email, balance: { total: 63 } } });
    await kolors.generate();
    await expect(kolors.cards.getByText('3 pictures')).toBeVisible();
    await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
    await expect(kolors.panel.getByText(/^63 credits left/)).toBeVisible();
    expect(vendor.callsTo('kolors')).toHaveLength(1);
  });
});

test('what Kolors made is removed at Kling one by one, after a question that names what it cost', async ({
  kolors,
  page,
  vendor,
}) => {
  await kolors.panel.getByRole('radiogroup', { name: 'Pictures' }).getByRole('radio', { name: '2' }).click();
  await kolors.generate();
  await expect(kolors.cards.getByText('2 pictures')).toBeVisible();
  const ask = () => kolors.cards.getByRole('button', { name: 'Remove at Kling…' }).click();
  const uploads = vendor.uploads;

  await ask();
  await expect(kolors.confirmation).toContainText('Remove 2 paid pictures at Kling?');
  await expect(kolors.confirmation).toContainText('They cost 2 credits');
  await kolors.confirmation.getByRole('button', { name: 'Keep' }).click();
  expect(vendor.callsTo('delete-task')).toHaveLength(0);

  await test.step('what Kling does not confirm is there still', async () => {
    vendor.on('delete-task', { kind: 'json', value: { deleted: 0, workIds: [] } }, 1);
    await ask();
    await kolors.confirmation.getByRole('button', { name: 'Remove 2 paid pictures' }).click();
    await expect(kolors.cards.getByRole('alert')).toContainText('Kling did not confirm it');
    await expect(kolors.cards).toHaveCount(1);
  });

  await test.step('what it confirms goes off the list', async () => {
    await ask();
    await kolors.confirmation.getByRole('button', { name: 'Remove 2 paid pictures' }).click();
    await expect(page.getByText('Kling removed what it had made')).toBeVisible();
    await expect(kolors.cards).toHaveCount(0);
    expect(vendor.callsTo('delete-task')).toHaveLength(2);
    expect(vendor.uploads).toEqual(uploads);
  });
});
