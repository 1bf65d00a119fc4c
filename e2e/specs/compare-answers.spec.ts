import type { Page } from '@playwright/test';
import { expect, test as klingTest } from '../fixtures/kling.ts';
import { plainPicture } from '../fixtures/told-faces.ts';

/** The server has a token, so that nothing but the person stands between a picture and Kling. */
const test = klingTest.extend({
  baseURL: async ({ tokenServer }, use) => use(tokenServer.origin),
});

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const face = (x: number, width = 180): Box => ({ x, y: 260, width, height: 240 });

/** Answers every detection of an engine with these boxes. */
const tell = (page: Page, engine: 'embedded' | 'kling', boxes: readonly Box[]) =>
  page.route(`**/engines/${engine}/**/recognize-faces*`, (route) =>
    route.fulfill({
      json: {
        status: 0,
        message: '',
        faceItems: boxes.map((box, index) => ({
          name: `face_${index}`,
          resources: [],
          arguments: [{ name: 'face_bound', value: JSON.stringify(box) }],
        })),
        mediaInfo: { type: 'image', duration: 0, width: 1200, height: 800 },
      },
    }),
  );

test('two answers: nothing is sent without a word, then pairs tell who is who, and selection follows the person', async ({
  facebound,
  page,
  vendor,
}) => {
  const pairs = page.getByRole('listbox', { name: 'Pairs' });
  const panel = page.getByRole('complementary', { name: 'Pairs of faces' });
  const question = page.getByRole('alertdialog', { name: 'Send 2 pictures to Kling?' });
  await tell(page, 'embedded', [face(100), face(400), face(900)]);
  await tell(page, 'kling', [face(410), face(100, 200), face(640)]);
  await facebound.open();
  await page.getByRole('radio', { name: 'Embedded', exact: true }).click();
  await facebound.drop(await plainPicture('a.jpg', '#7d8ca3'), await plainPicture('b.jpg', '#a38c7d'));
  await facebound.expectFaces(3);
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
  await page.keyboard.press('v');

  await test.step('asking Kling is a question, and Cancel sends nothing', async () => {
    await expect(panel).toContainText('Embedded only');
    const ask = panel.getByRole('button', { name: 'Ask Kling about 2 pictures…' });
    await ask.click();
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    expect(vendor.callsTo('assets')).toHaveLength(0);
    await ask.click();
    await question.getByRole('button', { name: 'All 2' }).click();
    await expect(page.getByText('2 both').first()).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Embedded', exact: true })).toBeChecked();
    expect(vendor.callsTo('assets')).toHaveLength(2);
  });

  await test.step('whom one has alone comes first, then pairs with both numbers', async () => {
    await expect(pairs.getByRole('option')).toHaveCount(4);
    const names = await pairs
      .getByRole('option')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect(names).toEqual([
      'Only Embedded, face 3',
      'Only Kling, face 3',
      'Embedded 1 is Kling 2, IoU 0.90',
      'Embedded 2 is Kling 1, IoU 0.89',
    ]);
    await page.getByRole('button', { name: '1 only Kling' }).click();
    await expect(pairs.getByRole('option', { name: 'Only Kling, face 3' })).toHaveAttribute('aria-selected', 'true');
    await facebound.expectNoAxeViolationsAtAnyWidth();
    await page.keyboard.press('u');
    await expect(pairs.getByRole('option')).toHaveCount(2);
    await page.keyboard.press('u');
    await page.getByRole('radiogroup', { name: 'How to compare' }).getByRole('radio', { name: 'Side by side' }).click();
    await facebound.expectNoAxeViolations();
  });

  await test.step('selection follows the person to the other engine', async () => {
    await pairs.getByRole('option', { name: /^Embedded 1 is Kling 2/ }).click();
    await expect(panel).toContainText('Face 1 in Embedded is face 2 in Kling');
    await page.getByRole('button', { name: 'Leave' }).click();
    await facebound.expectSelected(1);
    await page.getByRole('radio', { name: 'Kling', exact: true }).click();
    await facebound.expectFaces(3);
    await facebound.expectSelected(2);
  });
});
