import { Facebound } from '../fixtures/facebound-page.ts';
import { expect, test } from '../fixtures/kolors.ts';

/** Widths beside every place where the header changes, phones in both directions among them. */
const WIDTHS = [1280, 1024, 1023, 844, 768, 767, 740, 667, 640, 639, 540, 513, 511, 430, 390, 360];

/** Height of a header of one line, without its border, in CSS pixels. */
const ONE_LINE = 55;

test.use({
  accounts: ['ana-marie.schmidt@example.com', 'bo@example.com'],
  hasTouch: true,
  viewport: { width: 1280, height: 800 },
});

test('the header is never wider than the window, with everything that can be in it', async ({
  kolors,
  picture,
  vendor,
  page,
}) => {
  test.slow();
  const facebound = new Facebound(page);
  const header = page.getByRole('banner');
  const expectFit = (state: string) =>
    test.step(state, async () => {
      const tooWide: Record<number, number> = {};
      for (const width of WIDTHS) {
        await facebound.resizeTo({ width, height: 700 });
        // What is too wide takes a second line: only larger text may need one.
        const excess = await header.evaluate(
          (element, oneLine) =>
            Math.max(element.scrollWidth - element.clientWidth, 0) + Math.max(element.clientHeight - oneLine, 0),
          ONE_LINE,
        );
        if (excess > 0) tooWide[width] = excess;
      }
      expect.soft(tooWide).toEqual({});
      await facebound.resizeTo({ width: 1280, height: 800 });
    });

  await kolors.begin(picture);
  await expectFit('the embedded engine');
  await page.getByRole('radio', { name: 'Kling' }).tap();
  await expect(header.getByRole('button', { name: 'Add a token' })).toBeVisible();
  await expectFit('Kling without a token');

  // A token, an account with a long name, and something that was generated.
  await page.getByRole('radio', { name: 'Embedded' }).tap();
  await kolors.handOver(1);
  await kolors.pressGenerate();
  await kolors.enterToken(vendor.token);
  await kolors.panel.getByRole('radio', { name: /ana-marie/ }).click();
  await kolors.sendToKling();
  await kolors.prompt.fill('A lighthouse keeper');
  await kolors.generate();
  await expect(kolors.cards.getByText('1 picture', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(kolors.panel).toBeHidden();
  await page.getByRole('radio', { name: 'Kling' }).tap();
  await expect(header.getByRole('button', { name: /ana-marie/ })).toBeVisible();
  await expect(header.getByRole('button', { name: 'Generations' })).toBeVisible();
  await expectFit('Kling with an account and generations');
});
