import sharp from 'sharp';
import { checking } from '../fixtures/checking.ts';
import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, PEOPLE, test } from '../fixtures/kolors.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const PROMPT = 'A lighthouse keeper';

test('a face that was drawn goes to Kolors as a crop of its own, and never with a number', async ({
  kolors,
  page,
  picture,
  vendor,
}) => {
  const facebound = new Facebound(page);
  const check = checking(page);
  const chosen = kolors.panel.getByRole('region', { name: 'Chosen face' });
  await kolors.begin(picture);

  await test.step('from its box in check mode to the panel, beside the table', async () => {
    await page.keyboard.press('c');
    await expect(check.group(1)).toBeFocused();
    await page.keyboard.press('m');
    await expect(check.newMissed).toBeFocused();
    await page.keyboard.press('Enter');
    await check.missed.focus();
    await facebound.expectNoAxeViolations();
    await check.button('Use missed face 1 for Kolors').press('Enter');
    await expect(check.bar).toBeHidden();
    await expect(kolors.panel.getByRole('tab', { name: 'Drawn face 1', selected: true })).toBeVisible();
    await expect(chosen.getByRole('img', { name: `Crop of drawn face 1 of ${picture.name}` })).toBeVisible();
    await expect(facebound.stage.getByRole('img', { name: `team.jpg, ${PEOPLE} faces` })).toBeVisible();
  });

  await test.step('without a token a script uploads the crop, and knows of no number', async () => {
    await kolors.prompt.fill(PROMPT);
    const script = await kolors.copied('JavaScript');
    expect(script).toContain('team-drawn-1.png');
    expect(script).not.toContain('faceNo');
    const crop = await kolors.saved(() => kolors.panel.getByRole('button', { name: 'Save the crop for it' }).click());
    expect(crop.suggestedFilename()).toBe('team-drawn-1.png');
    await facebound.expectNoAxeViolations();
  });

  await test.step('nothing goes to Kling before a word, and then the crop alone', async () => {
    await kolors.pressGenerate();
    await kolors.enterToken(vendor.token);
    const send = chosen.getByRole('button', { name: 'Send the crop to Kling' });
    await expect(send).toBeVisible();
    expect(vendor.callsTo('assets')).toHaveLength(0);
    await send.click();
    await expect(chosen.getByText(/^Kling sees /)).toBeVisible();
    const [sent, ...others] = vendor.callsTo('assets');
    expect(others).toEqual([]);
    const { width, height } = await sharp(sent?.body).metadata();
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(300);
    expect(width).toBeLessThan(picture.width);
    expect(height).toBeLessThan(picture.height);
    await facebound.expectNoAxeViolations();
  });

  await test.step('the request is shown as it is sent', async () => {
    const shown = JSON.parse(await kolors.copied('JSON'));
    expect(shown).toMatchObject({ reference: 'face', version: 'kling-v2-1', prompt: PROMPT });
    expect(shown).not.toHaveProperty('faceNo');
    await kolors.generate();
    await expect(kolors.cards.getByText('1 picture')).toBeVisible();
    const [paid, ...others] = vendor.callsTo('kolors');
    expect(others).toEqual([]);
    const body = JSON.parse(Buffer.from(paid?.body ?? []).toString('utf8'));
    expect(body).toEqual(shown);
    expect(vendor.uploads.map(({ address }) => address)).toEqual([body.imageReference]);
    await expect(kolors.panel.getByRole('article', { name: 'Drawn face 1 of team.jpg' })).toBeVisible();
  });

  await test.step('a found face picked beside the panel takes its place, with its number', async () => {
    await kolors.panel.getByRole('tab', { name: 'Drawn face 1' }).click();
    await facebound.clickFaceOnStage(2);
    await expect(kolors.panel.getByRole('tab', { name: 'Face 2', selected: true })).toBeVisible();
    await kolors.sendToKling();
    expect(JSON.parse(await kolors.copied('JSON'))).toMatchObject({ faceNo: PEOPLE - 1 });
  });
});
