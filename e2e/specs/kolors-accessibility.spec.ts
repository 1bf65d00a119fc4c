import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/kolors.ts';

/** A desk and a phone: the panel beside the stage, and the panel instead of it. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

for (const size of SIZES) {
  test.describe(`at ${size.width} pixels axe finds nothing`, () => {
    test.use({ viewport: size });

    test('from the chosen face to the pictures, an unknown outcome and a refusal', async ({
      kolors,
      picture,
      vendor,
      page,
      watch,
    }) => {
      test.slow();
      const facebound = new Facebound(page);
      await kolors.begin(picture);
      await kolors.handOver(2);
      await kolors.pressGenerate();
      await expect(kolors.panel.getByLabel('API token')).toBeVisible();
      await facebound.expectNoAxeViolations();
      await kolors.enterToken(vendor.token);
      await kolors.sendToKling();
      await kolors.pressGenerate();
      await expect(kolors.panel.getByText('Write what the picture should show.')).toBeVisible();
      await facebound.expectNoAxeViolations();
      await kolors.prompt.fill('A lighthouse keeper');
      await kolors.pressGenerate();
      await expect(kolors.confirmation).toBeVisible();
      await facebound.expectNoAxeViolations();
      await kolors.confirmation.getByRole('button', { name: /^Generate for/ }).click();
      await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
      await kolors.panel.getByRole('button', { name: 'Open picture 1' }).click();
      await expect(page.getByRole('dialog', { name: 'Picture 1 of 1' })).toBeVisible();
      await facebound.expectNoAxeViolations();
      await page.keyboard.press('Escape');

      watch.expectProblem(/kolors|50[0-9]|429/);
      vendor.on('kolors', { kind: 'cut', when: 'before-headers' }, 1);
      vendor.on('kolors', { kind: 'status', status: 429 }, 1);
      await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
      await kolors.generate();
      await expect(kolors.cards.getByText('Sent, outcome unknown')).toBeVisible();
      await kolors.panel.getByRole('tab', { name: 'Face 2' }).click();
      await kolors.prompt.fill('A baker');
      await kolors.generate();
      await expect(kolors.cards.getByText('Kling is at capacity')).toBeVisible();
      await facebound.expectNoAxeViolations();
    });
  });
}
