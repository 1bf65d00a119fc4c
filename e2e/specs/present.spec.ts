import type { Page } from '@playwright/test';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, holdDetections, plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';
import { Fingers } from '../fixtures/touch.ts';

/** Longer than the pointer rests before what belongs to it goes away, in milliseconds. */
const IDLE_MS = 3_000;
const NOT_FOUND_STAYS = 'A face that was not found stays visible: check the picture';

const presentation = (page: Page) => page.getByRole('dialog', { name: 'Presentation' });
const current = (page: Page) => presentation(page).locator('[data-current="true"]');
const shown = (page: Page) => presentation(page).locator('[data-face]');
const numbers = (page: Page) => presentation(page).locator('[data-number]');

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

  test('P begins it full screen, keys go from all faces through each, Esc ends it; buttons and clicks do the same', async ({
    facebound,
    page,
  }) => {
    const isFullScreen = () => page.evaluate(() => document.fullscreenElement !== null);
    await page.keyboard.press('p');
    await expect(presentation(page)).toBeVisible();
    await expect.poll(isFullScreen).toBe(true);
    await expect(presentation(page).getByText('4 faces', { exact: true })).toBeVisible();
    await expect(shown(page)).toHaveCount(4);
    await expect(numbers(page)).toHaveText(['1', '2', '3', '4']);
    for (const [press, faceNo] of [
      ['ArrowRight', 1],
      ['Space', 2],
      ['Enter', 3],
      ['PageDown', 4],
    ] as const) {
      await page.keyboard.press(press);
      await expect(current(page)).toHaveAttribute('data-face', String(faceNo));
      await expect(numbers(page)).toHaveCount(0);
      await expect(presentation(page).getByText(`Face ${faceNo} of 4`)).toBeVisible();
    }
    await page.keyboard.press('ArrowRight');
    await expect(current(page)).toHaveAttribute('data-face', '4');
    await page.keyboard.press('Home');
    await expect(numbers(page)).toHaveCount(4);
    await page.keyboard.press('End');
    await expect(current(page)).toHaveAttribute('data-face', '4');
    await page.keyboard.press('2');
    await expect(current(page)).toHaveAttribute('data-face', '2');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect(current(page)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(presentation(page)).toBeHidden();
    await expect.poll(isFullScreen).toBe(false);
    await facebound.expectFaces(4);

    await test.step('a full stop makes the screen black, and the next press brings the same face back', async () => {
      await page.keyboard.press('p');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('.');
      await expect(presentation(page).getByText('The screen is black. Go on with any key.')).toBeAttached();
      await page.keyboard.press('PageDown');
      await expect(presentation(page).getByText('The screen is black. Go on with any key.')).toBeHidden();
      await expect(current(page)).toHaveAttribute('data-face', '1');
    });

    await test.step('its keys are listed over it', async () => {
      await page.keyboard.press('?');
      const keys = presentation(page).getByRole('dialog', { name: 'Keys' });
      await expect(keys).toBeFocused();
      await expect(keys.getByText('Black screen, and back')).toBeVisible();
      await facebound.expectNoAxeViolations();
      await page.keyboard.press('?');
      await expect(keys).toBeHidden();
      await expect(current(page)).toHaveAttribute('data-face', '1');
      await page.keyboard.press('p');
      await expect(presentation(page)).toBeHidden();
      await expect.poll(isFullScreen).toBe(false);
    });

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

    await test.step('the face is large, and all of it in sight above the words', async () => {
      await expect
        .poll(async () => {
          const [screen, frame] = [page.viewportSize(), await current(page).boundingBox()];
          if (frame === null || screen === null) return undefined;
          const isInSight = frame.x >= 0 && frame.y >= 0 && frame.x + frame.width <= screen.width;
          return isInSight && frame.y + frame.height < 0.85 * screen.height && frame.height > 0.25 * screen.height;
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
      await page.keyboard.press('Home');
      await expect.poll(async () => (await colours())['4'] ?? 0).toBeGreaterThan(200);
      // All together in numbers that the last row reads: a twentieth of the screen and more.
      await expect
        .poll(() =>
          numbers(page)
            .last()
            .evaluate((span) => Number.parseFloat(getComputedStyle(span).fontSize) / innerHeight),
        )
        .toBeGreaterThan(0.05);
      await presentation(page)
        .getByRole('button', { name: /^Blocks/ })
        .click();
      // Not many more than there are blocks: their edges are smoothed, as the whole picture is.
      await expect.poll(async () => (await colours())['1'] ?? 999).toBeLessThanOrEqual(80);
      expect((await colours())['4']).toBeLessThanOrEqual(80);
      await page.keyboard.press('End');
      await expect(current(page)).toHaveAttribute('data-face', '4');
      await expect.poll(async () => (await colours())['4'] ?? 0).toBeGreaterThan(200);
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

  test('a tap goes on, a swipe goes on and back', async ({ facebound, page }) => {
    await tellFaces(page, THREE_FACES);
    await facebound.open();
    await facebound.drop(await plainPicture('team.jpg'));
    await facebound.expectFaces(3);
    await begin(page);
    await page.touchscreen.tap(200, 300);
    await expect(current(page)).toHaveAttribute('data-face', '1');
    const fingers = await Fingers.on(page);
    await fingers.drag([{ x: 300, y: 300 }], [{ x: 120, y: 310 }]);
    await expect(current(page)).toHaveAttribute('data-face', '2');
    await fingers.drag([{ x: 120, y: 300 }], [{ x: 300, y: 310 }]);
    await expect(current(page)).toHaveAttribute('data-face', '1');
  });

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

test('a remote goes on through all pictures and back; brackets leave one at any face', async ({ facebound, page }) => {
  const detections = await holdDetections(page);
  await facebound.open();
  for (const [name, colour, faces] of [
    ['team.jpg', '#556677', crowdOf(4)],
    ['pair.jpg', '#665577', crowdOf(2)],
    ['landscape.jpg', '#667755', []],
  ] as const) {
    await facebound.drop(await plainPicture(name, colour));
    await detections.tell(faces);
    await facebound.pictures.getByRole('button', { name: new RegExp(`^${name}.*${faces.length} faces`) }).click();
  }
  await facebound.pictures.getByRole('button', { name: /^team/ }).click();
  await facebound.expectFaces(4);
  await begin(page);
  const expectWords = async (words: string, place: string) => {
    await expect(presentation(page).getByText(words, { exact: true })).toBeVisible();
    await expect(presentation(page).getByText(`Picture ${place}`, { exact: true })).toBeVisible();
  };
  await expectWords('4 faces', '1 of 3');
  for (let press = 0; press < 4; press++) await page.keyboard.press('PageDown');
  await expectWords('Face 4 of 4', '1 of 3');
  await page.keyboard.press('PageDown');
  await expectWords('2 faces', '2 of 3');
  await expect(presentation(page).getByText('pair', { exact: true })).toBeVisible();
  await expect(shown(page)).toHaveCount(2);
  await page.keyboard.press('PageUp');
  await expectWords('Face 4 of 4', '1 of 3');
  await page.keyboard.press(']');
  await page.keyboard.press('PageDown');
  await expectWords('Face 1 of 2', '2 of 3');
  await page.keyboard.press(']');
  await expectWords('No faces found in this picture', '3 of 3');
  await page.keyboard.press('PageDown');
  await expectWords('No faces found in this picture', '3 of 3');
  await page.keyboard.press('[');
  await expectWords('2 faces', '2 of 3');
  await page.keyboard.press('Escape');
  // The table is at the picture that was presented last.
  await facebound.expectFaces(2);
});

test('the parts of a long picture are free of what axe finds, on any screen and in both themes', async ({
  facebound,
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const size = { width: 800, height: 4000 };
  const boxes = [0, 1, 2, 3].map((index) => ({ x: 250, y: 300 + index * 950, width: 240, height: 300 }));
  await tellFaces(page, boxes, size);
  await facebound.open();
  await facebound.drop(await plainPicture('tall.jpg', '#556677', size));
  await facebound.expectFaces(4);
  await expect(page.getByRole('button', { name: 'Present', exact: true })).toBeEnabled();
  for (const screen of [
    { width: 1440, height: 900 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ]) {
    await test.step(`at ${screen.width} pixels`, async () => {
      await facebound.resizeTo(screen);
      await begin(page);
      // A focused control keeps the bar in sight, which otherwise goes by itself while axe looks at its colours.
      await page.keyboard.press('Tab');
      for (const part of [1, 2]) {
        await expect(presentation(page).getByText(new RegExp(`^Part ${part} of \\d$`))).toBeVisible();
        await facebound.expectNoAxeViolations();
        await page.keyboard.press('PageDown');
      }
      await page.keyboard.press('Escape');
      await expect(presentation(page)).toBeHidden();
    });
  }
});

test('every number of a crowd, of a tall and of a wide picture is to be seen as a whole, on any screen', async ({
  facebound,
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await facebound.open();
  const faces = 52;
  const pictures = [
    { name: 'crowd.jpg', size: { width: 2400, height: 1500 }, columns: 13 },
    { name: 'tall.jpg', size: { width: 800, height: 6000 }, columns: 4 },
    { name: 'wide.jpg', size: { width: 8000, height: 1000 }, columns: 26 },
  ];
  for (const [index, { name, size, columns }] of pictures.entries()) {
    const cell = { width: size.width / columns, height: (size.height * columns) / faces };
    const boxes = Array.from({ length: faces }, (_, face) => ({
      x: Math.round((face % columns) * cell.width + cell.width * 0.1),
      y: Math.round(Math.floor(face / columns) * cell.height + cell.height * 0.1),
      width: Math.round(cell.width * 0.8),
      height: Math.round(cell.height * 0.8),
    }));
    // A large picture is sent smaller, and its faces are told in its own measure.
    const scale = Math.min(1, 4096 / Math.max(size.width, size.height));
    const sent = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
    const told = boxes.map((box) => ({
      x: Math.round(box.x * scale),
      y: Math.round(box.y * scale),
      width: Math.round(box.width * scale),
      height: Math.round(box.height * scale),
    }));
    await tellFaces(page, told, sent);
    await facebound.drop(await plainPicture(name, ['#556677', '#665577', '#667755'][index], size));
    await facebound.pictures.getByRole('button', { name: new RegExp(`^${name}.*52 faces`) }).click();
    await facebound.expectFaces(faces);
  }
  const parts = presentation(page).getByText(/^Part \d+ of \d+$/);
  for (const { name } of pictures) {
    await facebound.pictures.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await facebound.expectFaces(faces);
    for (const screen of [
      { width: 1440, height: 900 },
      { width: 1024, height: 768 },
      { width: 390, height: 844 },
      { width: 320, height: 568 },
    ]) {
      await test.step(`${name} at ${screen.width} pixels`, async () => {
        await facebound.resizeTo(screen);
        await begin(page);
        const seen = new Set<string>();
        for (;;) {
          await expect(numbers(page).first()).toBeVisible();
          await facebound.settle();
          expect(await numberProblems(page)).toEqual([]);
          for (const number of await numbers(page).allTextContents()) seen.add(number);
          const [, part, ofAll] = /(\d+) of (\d+)/.exec((await parts.allTextContents()).join('')) ?? [];
          if (part === ofAll) break;
          await page.keyboard.press('PageDown');
          await expect(parts).toHaveText(`Part ${Number(part) + 1} of ${ofAll}`);
        }
        expect(seen.size).toBe(faces);
        await page.keyboard.press('Escape');
        await expect(presentation(page)).toBeHidden();
      });
    }
    await facebound.resizeTo({ width: 1440, height: 900 });
  }
});

/** Which numbers are cut off, over each other or under words and controls, in words; nothing when all are well. */
const numberProblems = (page: Page): Promise<string[]> =>
  presentation(page).evaluate((dialog) => {
    const plates = [...dialog.querySelectorAll('[data-number]')].map((plate) => ({
      name: plate.textContent ?? '',
      rect: plate.getBoundingClientRect(),
    }));
    const words = [...dialog.querySelectorAll('p, [role="toolbar"]')]
      .map((element) => element.getBoundingClientRect())
      .filter(({ width }) => width > 0);
    const touch = (a: DOMRect, b: DOMRect) =>
      a.x < b.right - 0.5 && b.x < a.right - 0.5 && a.y < b.bottom - 0.5 && b.y < a.bottom - 0.5;
    return plates.flatMap(({ name, rect }, index) => {
      const problems: string[] = [];
      if (rect.x < -0.5 || rect.y < -0.5 || rect.right > innerWidth + 0.5 || rect.bottom > innerHeight + 0.5)
        problems.push(`${name} is cut off`);
      for (const other of plates.slice(index + 1))
        if (touch(rect, other.rect)) problems.push(`${name} on ${other.name}`);
      if (words.some((other) => touch(rect, other))) problems.push(`${name} under words or controls`);
      return problems;
    });
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
