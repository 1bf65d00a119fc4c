import type { Page } from '@playwright/test';
import { drawnJpeg, emptyLandscape, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, holdDetections, plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

/** Longer than the pointer rests before what belongs to it goes away, in milliseconds. */
const IDLE_MS = 3_000;
const NOT_FOUND_STAYS = 'A face that was not found stays visible: check the picture';

const presentation = (page: Page) => page.getByRole('dialog', { name: 'Presentation' });
const current = (page: Page) => presentation(page).locator('[data-current="true"]');
const shown = (page: Page) => presentation(page).locator('[data-face]');

/** By its key, once its code is there: that comes with the first answer. */
async function begin(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await page.keyboard.press('p');
  await expect(presentation(page)).toBeVisible();
}

test.describe('with a group', () => {
  test.beforeEach(async ({ facebound, page }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)));
    await facebound.expectFaces(4);
    await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeEnabled();
  });

  test('P begins it full screen, keys reveal one face after another, Esc ends it; buttons and clicks do the same', async ({
    facebound,
    page,
  }) => {
    const isFullScreen = () => page.evaluate(() => document.fullscreenElement !== null);
    await page.keyboard.press('p');
    await expect(presentation(page)).toBeVisible();
    await expect.poll(isFullScreen).toBe(true);
    await expect(presentation(page).getByText('4 faces', { exact: true })).toBeVisible();
    await expect(shown(page)).toHaveCount(0);
    for (const [press, faceNo] of [
      ['ArrowRight', 1],
      ['Space', 2],
      ['Enter', 3],
      ['PageDown', 4],
    ] as const) {
      await page.keyboard.press(press);
      await expect(current(page)).toHaveAttribute('data-face', String(faceNo));
      await expect(shown(page)).toHaveCount(faceNo);
      await expect(presentation(page).getByText(`Face ${faceNo} of 4`)).toBeVisible();
    }
    await page.keyboard.press('ArrowRight');
    await expect(presentation(page).getByText('All 4 faces')).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(presentation(page).getByText('All 4 faces')).toBeVisible();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect(shown(page)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(presentation(page)).toBeHidden();
    await expect.poll(isFullScreen).toBe(false);
    await facebound.expectFaces(4);

    await test.step('P ends it too', async () => {
      await page.keyboard.press('p');
      await expect.poll(isFullScreen).toBe(true);
      await page.keyboard.press('p');
      await expect(presentation(page)).toBeHidden();
      await expect.poll(isFullScreen).toBe(false);
    });

    await test.step('the button begins it, clicks go on, buttons go back and end it', async () => {
      await page.getByRole('button', { name: 'Present', exact: true }).click();
      await expect(presentation(page)).toBeVisible();
      await page.mouse.click(700, 300);
      await page.mouse.click(700, 300);
      await expect(current(page)).toHaveAttribute('data-face', '2');
      await presentation(page).getByRole('button', { name: 'Back' }).click();
      await expect(current(page)).toHaveAttribute('data-face', '1');
      await presentation(page).getByRole('button', { name: 'End presentation' }).click();
      await expect(presentation(page)).toBeHidden();
    });
  });

  test('shows the face in its frame, covers the others on request, and tells an audience nothing technical', async ({
    facebound,
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await begin(page);
    await facebound.expectNoAxeViolations();
    await page.keyboard.press('ArrowRight');

    await test.step('the frame lies on the face', async () => {
      const picture = await presentation(page).getByRole('img').boundingBox();
      await expect
        .poll(async () => {
          const frame = await current(page).boundingBox();
          if (frame === null || picture === null) return undefined;
          const middle = (frame.x + frame.width / 2 - picture.x) / picture.width;
          return middle > 0 && middle < 0.5 && frame.width < picture.width / 3;
        })
        .toBe(true);
    });

    await test.step('nothing technical or secret', async () => {
      const words = await presentation(page).innerText();
      expect(words).not.toMatch(/face_|px|faceNo|JSON|token|http|embedded|kling|team\.jpg/i);
    });

    await test.step('covering others paints over their pixels, and only theirs', async () => {
      const colours = () => coloursInFrames(page);
      await expect.poll(async () => (await colours())['1'] ?? 0).toBeGreaterThan(200);
      await page.keyboard.press('End');
      // All together at the end, in numbers that the last row reads: a twentieth of the screen and more.
      const last = presentation(page).locator('[data-face="4"] span');
      await expect
        .poll(() => last.evaluate((span) => Number.parseFloat(getComputedStyle(span).fontSize) / innerHeight))
        .toBeGreaterThan(0.05);
      await page.keyboard.press('ArrowLeft');
      await expect(current(page)).toHaveAttribute('data-face', '4');
      await presentation(page)
        .getByRole('button', { name: /^Blocks/ })
        .click();
      await expect.poll(async () => (await colours())['1'] ?? 999).toBeLessThanOrEqual(36);
      const covered = await colours();
      expect(covered['4']).toBeGreaterThan(200);
    });
    await facebound.expectNoAxeViolations();
  });
});

test('covering tells how many found faces it covers, and that a face which was not found stays visible', async ({
  facebound,
  page,
}) => {
  await tellFaces(page, crowdOf(28));
  await facebound.open();
  await facebound.drop(await plainPicture('team.jpg'));
  await facebound.expectFaces(28);
  const said = presentation(page).getByRole('status');
  // What takes the key comes with the button, a moment after the list.
  await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeEnabled();
  await begin(page);
  await expect(said).toHaveText('');
  await page.keyboard.press('b');
  await expect(said).toHaveText(`28 found faces blurred. ${NOT_FOUND_STAYS}`);
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText(`27 other found faces blurred. ${NOT_FOUND_STAYS}`);
  await page.keyboard.press('b');
  await expect(said).toHaveText(`27 other found faces in blocks. ${NOT_FOUND_STAYS}`);
  // A focused control keeps the bar in sight, which otherwise goes by itself while axe looks at its colours.
  await page.keyboard.press('Tab');
  await facebound.expectNoAxeViolations();
  await page.keyboard.press('b');
  await expect(said).toHaveText('');
});

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('controls that have gone cannot be tapped: the tap goes on, as anywhere, and brings them back', async ({
    facebound,
    page,
  }) => {
    await tellFaces(page, THREE_FACES);
    await facebound.open();
    await facebound.drop(await plainPicture('team.jpg'));
    await facebound.expectFaces(3);
    await page.clock.install();
    await begin(page);
    const controls = presentation(page).getByRole('toolbar', { name: 'Presentation controls' });
    const end = await presentation(page).getByRole('button', { name: 'End presentation' }).boundingBox();
    if (end === null) throw new Error('There is nothing to end it with');
    const tapEnd = () => page.touchscreen.tap(end.x + end.width / 2, end.y + end.height / 2);
    await page.clock.fastForward(IDLE_MS);
    await expect(controls).toHaveCSS('opacity', '0');
    await tapEnd();
    await expect(current(page)).toHaveAttribute('data-face', '1');
    await expect(controls).toHaveCSS('opacity', '1');
    await tapEnd();
    await expect(presentation(page)).toBeHidden();
  });
});

test('nor can a resting mouse press controls that have gone; a move brings them back', async ({ facebound, page }) => {
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('team.jpg'));
  await facebound.expectFaces(3);
  await page.clock.install();
  await begin(page);
  const end = presentation(page).getByRole('button', { name: 'End presentation' });
  await end.hover();
  await page.clock.fastForward(IDLE_MS);
  await expect(presentation(page).getByRole('toolbar', { name: 'Presentation controls' })).toHaveCSS('opacity', '0');
  await page.mouse.down();
  await page.mouse.up();
  await expect(current(page)).toHaveAttribute('data-face', '1');
  await page.clock.fastForward(IDLE_MS);
  await end.click();
  await expect(presentation(page)).toBeHidden();
});

test.describe('without an answer', () => {
  test('it begins only while its button is on, and never tells an audience of no faces', async ({
    facebound,
    page,
    watch,
  }) => {
    watch.expectProblem(/400/);
    const button = page.getByRole('button', { name: 'Present', exact: true });
    const expectOff = async () => {
      await expect(button).toBeDisabled();
      await page.keyboard.press('p');
      // By now its code is there: it would begin with the key.
      await expect(presentation(page)).toBeHidden();
    };
    const expectWords = async (words: string) => {
      await expect(presentation(page).getByText(words, { exact: true })).toBeVisible();
      await expect(presentation(page).getByText(/no faces/i)).toBeHidden();
    };
    const detections = await holdDetections(page);
    await facebound.open();
    await facebound.drop(await plainPicture('done.jpg', '#556677'));
    await detections.tell(THREE_FACES);
    await facebound.expectFaces(3);
    await begin(page);
    await page.keyboard.press('Escape');
    await expect(presentation(page)).toBeHidden();

    await test.step('off while faces are looked for, after a failure, after a cancel', async () => {
      await facebound.drop(await plainPicture('refused.jpg', '#665577'));
      await expect.poll(detections.came).toBe(2);
      await expectOff();
      await detections.refuse('Not today');
      await facebound.expectAlert(/Not today/);
      await expectOff();
      await facebound.drop(await plainPicture('cancelled.jpg', '#667755'));
      await expect.poll(detections.came).toBe(3);
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await expect(page.getByText('Nothing was lost.')).toBeVisible();
      await expectOff();
      await facebound.pictures.getByRole('button', { name: 'Remove refused.jpg' }).click();
      await facebound.drop(await plainPicture('slow.jpg', '#775566'));
      await expect.poll(detections.came).toBe(4);
      await expectOff();
      await facebound.drop(await plainPicture('late.jpg', '#776655'));
      await expect.poll(detections.came).toBe(5);
    });

    await test.step('gone to from another picture', async () => {
      await facebound.pictures.getByRole('button', { name: /^done\.jpg/ }).click();
      await facebound.expectFaces(3);
      await begin(page);
      await page.keyboard.press(']');
      await expectWords('No result yet');
      await page.keyboard.press(']');
      await expectWords('Looking for faces…');
      // The one that was cancelled is answered to nobody.
      await detections.refuse('Nobody listens');
      await detections.refuse('Not today');
      await expectWords('No result yet');
      await page.keyboard.press(']');
      await expectWords('Looking for faces…');
    });

    await test.step('nothing is said to be blurred, and the answer is shown as soon as it is there', async () => {
      const said = presentation(page).getByRole('status');
      await page.keyboard.press('b');
      await expect(said).toHaveText('Nothing is blurred: the faces are not known yet');
      await page.keyboard.press('ArrowRight');
      await expectWords('Looking for faces…');
      await detections.tell(crowdOf(5));
      await expect(presentation(page).getByText('5 faces', { exact: true })).toBeVisible();
      await expect(said).toHaveText(`5 found faces blurred. ${NOT_FOUND_STAYS}`);
    });
  });

  test('with Kling and no token there is nothing to present', async ({ facebound, page }) => {
    await facebound.open();
    await page.getByRole('radio', { name: 'Kling' }).click();
    await facebound.drop(await plainPicture('team.jpg'));
    await facebound.expectAlert(/Kling needs a token/);
    await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeDisabled();
    await page.keyboard.press('p');
    // The key after it has been heard, so that one has, too.
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expect(presentation(page)).toBeHidden();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('while there is nothing to present, no menu begins it', async ({ facebound, page }) => {
    const detections = await holdDetections(page);
    await facebound.open();
    await facebound.drop(await plainPicture('team.jpg'));
    await expect.poll(detections.came).toBe(1);
    const item = page.getByRole('menuitem', { name: 'Present' });
    for (const menu of [/^Theme/, /^Export/]) {
      await page.getByRole('button', { name: menu }).click();
      await expect(item).toBeDisabled();
      await page.keyboard.press('Escape');
      await expect(item).toBeHidden();
    }
    await page.getByRole('button', { name: /^Theme/ }).click();
    await detections.tell(THREE_FACES);
    await expect(item).toBeEnabled();
  });

  test('it begins in the menu of everything else, too', async ({ facebound, page }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)));
    await facebound.expectFaces(4);
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.getByRole('menuitem', { name: 'Present' }).click();
    await expect(presentation(page)).toBeVisible();
  });
});

test('brackets go to the next picture, which begins anew; one without faces is only shown', async ({
  facebound,
  page,
}) => {
  await facebound.open();
  await facebound.drop(
    await drawnJpeg('team.jpg', groupOf(4)),
    await drawnJpeg('pair.jpg', groupOf(2, 'pair')),
    await emptyLandscape(),
  );
  for (const name of [/^team.*4 faces/, /^pair.*2 faces/, /^landscape.*0 faces/]) {
    await expect(facebound.pictures.getByRole('button', { name })).toBeVisible();
  }
  await facebound.pictures.getByRole('button', { name: /^team.*4 faces/ }).click();
  await facebound.expectFaces(4);
  await begin(page);
  await page.keyboard.press('ArrowRight');
  await expect(current(page)).toHaveAttribute('data-face', '1');
  await page.keyboard.press(']');
  await expect(presentation(page).getByText('2 faces', { exact: true })).toBeVisible();
  await expect(shown(page)).toHaveCount(0);
  await page.keyboard.press(']');
  await page.keyboard.press('ArrowRight');
  await expect(presentation(page).getByText('No faces found in this picture')).toBeVisible();
});

/** How many colours the painted picture has in the middle of each frame, by faceNo. */
const coloursInFrames = (page: Page): Promise<Record<string, number>> =>
  presentation(page).evaluate((dialog) => {
    const canvas = dialog.querySelector('canvas');
    const counts: Record<string, number> = {};
    if (!canvas) return counts;
    // A copy for reading: the page's own canvas is not made for that.
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    if (!context) return counts;
    context.drawImage(canvas, 0, 0);
    const shownAt = canvas.getBoundingClientRect();
    const ratio = canvas.width / shownAt.width;
    for (const frame of dialog.querySelectorAll('[data-face]')) {
      const { x, y, width, height } = frame.getBoundingClientRect();
      const { data } = context.getImageData(
        (x + width * 0.25 - shownAt.x) * ratio,
        (y + height * 0.25 - shownAt.y) * ratio,
        width * 0.5 * ratio,
        height * 0.5 * ratio,
      );
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      counts[frame.getAttribute('data-face') ?? ''] = colours.size;
    }
    return counts;
  });
