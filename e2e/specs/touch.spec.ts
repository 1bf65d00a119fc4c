/** The page in one hand: everything here is a tap or a finger that glides. */
import type { Locator } from '@playwright/test';
import { drawnJpeg, groupOf, textFile } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { Fingers, thumbProblems } from '../fixtures/touch.ts';

test.use({ hasTouch: true, isMobile: true });

/** Where something is drawn in the window. */
async function placeOf(locator: Locator) {
  const place = await locator.boundingBox();
  if (place === null) throw new Error(`${locator} is not drawn`);
  return place;
}

test.describe('with fingers', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('from the first tap to the last', async ({ facebound, page }) => {
    const fingers = await Fingers.on(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    const team = await drawnJpeg('team.jpg', groupOf(7));
    const isTaken = () =>
      page.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            const told = (event: TouchEvent) => resolve(event.defaultPrevented);
            window.addEventListener('touchmove', told, { once: true });
          }),
      );
    const tap = async (faceNo: number) => {
      const { x, y } = await facebound.middleOfBox(faceNo);
      await page.touchscreen.tap(x, y);
    };

    await test.step('a tap picks a picture, a tap on a box its face', async () => {
      await facebound.open();
      const chooser = page.waitForEvent('filechooser');
      await button('Browse').tap();
      await (await chooser).setFiles({ name: team.name, mimeType: team.type, buffer: Buffer.from(team.bytes) });
      await facebound.expectFaces(7);
      await tap(3);
      await facebound.expectSelected(3);
      await tap(6);
      await facebound.expectSelected(6);
      await expect(facebound.face(6)).toBeInViewport();
    });

    await test.step('at fit a finger is the page’s and moves no picture', async () => {
      const before = await facebound.middleOfBox(4);
      const taken = isTaken();
      await fingers.drag([before], [{ x: before.x - 60, y: before.y - 40 }]);
      expect(await taken).toBe(false);
      expect(await facebound.middleOfBox(4)).toEqual(before);
      await facebound.expectSelected(6);
    });

    await test.step('two fingers zoom around the point between them', async () => {
      const middle = await facebound.middleOfBox(4);
      const other = await facebound.middleOfBox(5);
      const spread = (by: number) => [
        { x: middle.x - by, y: middle.y - by / 2 },
        { x: middle.x + by, y: middle.y + by / 2 },
      ];
      await fingers.drag(spread(20), spread(60));
      const after = await facebound.middleOfBox(4);
      expect(Math.hypot(after.x - middle.x, after.y - middle.y)).toBeLessThan(1.5);
      const otherAfter = await facebound.middleOfBox(5);
      const scale = (otherAfter.x - after.x) / (other.x - middle.x);
      // The fingers' first millimetres tell a pinch from a tap and do not zoom.
      expect(scale).toBeGreaterThan(1.8);
      expect(scale).toBeLessThan(3.05);
      expect(otherAfter.y - after.y).toBeCloseTo((other.y - middle.y) * scale, 0);
      expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    });

    await test.step('zoomed in, one finger moves the picture', async () => {
      const before = await facebound.middleOfBox(4);
      const taken = isTaken();
      await fingers.down(before);
      await fingers.glide([before], [{ x: before.x + 12, y: before.y }], 1);
      const begun = await facebound.middleOfBox(4);
      await fingers.glide([{ x: before.x + 12, y: before.y }], [{ x: before.x + 42, y: before.y - 10 }]);
      await fingers.up();
      expect(await taken).toBe(true);
      const after = await facebound.middleOfBox(4);
      expect(after.x - begun.x).toBeCloseTo(30, 0);
      expect(after.y - begun.y).toBeCloseTo(-10, 0);
      await facebound.expectSelected(6);
    });

    await test.step('the view’s buttons', async () => {
      await button('Fit').tap();
      await expect(button('Fit')).toHaveAttribute('aria-pressed', 'true');
      await button('Zoom in').tap();
      await expect(button('Fit')).toHaveAttribute('aria-pressed', 'false');
      await button('Zoom out').tap();
      await expect(button('Fit')).toHaveAttribute('aria-pressed', 'true');
      await button('To face').tap();
      await expect(button('Fit')).toHaveAttribute('aria-pressed', 'false');
      await button('Fit').tap();
      for (const name of ['Hide boxes', 'Labels']) {
        const was = await button(name).getAttribute('aria-pressed');
        await button(name).tap();
        await expect(button(name)).not.toHaveAttribute('aria-pressed', was ?? '');
        await button(name).tap();
        await expect(button(name)).toHaveAttribute('aria-pressed', was ?? '');
      }
    });

    await test.step('a long press begins a selection of several', async () => {
      const face = await facebound.middleOfBox(2);
      await fingers.down(face);
      await facebound.expectSelected(2, 6);
      await fingers.up();
      await tap(5);
      await facebound.expectSelected(2, 5, 6);
      for (const faceNo of [2, 5, 6]) await tap(faceNo);
      await facebound.expectSelected();
    });

    await test.step('so does one in the list, which moves nothing under the finger, and letting go presses nothing', async () => {
      const card = facebound.face(2);
      await card.scrollIntoViewIfNeeded();
      const before = await card.boundingBox();
      await fingers.down({ x: 195, y: (before?.y ?? 0) + 60 });
      await facebound.expectSelected(2);
      expect(await card.boundingBox()).toEqual(before);
      await fingers.up();
      await expect(page.getByRole('toolbar', { name: 'Face actions' })).toBeVisible();
      await facebound.face(4).tap();
      await facebound.expectSelected(2, 4);
      await expect(page.getByText('2 selected', { exact: true })).toBeVisible();
      await button('Clear selection').tap();
      await facebound.expectSelected();
    });

    await test.step('step by step from face to face', async () => {
      await button('Next face').tap();
      await facebound.expectSelected(1);
      await button('Next face').tap();
      await facebound.expectSelected(2);
      await button('Previous face').tap();
      await facebound.expectSelected(1);
    });

    await test.step('the sheet goes up and down, and gives its room to the picture', async () => {
      const grip = button('Resize the face list');
      const stageHeight = async () => (await facebound.stage.boundingBox())?.height ?? 0;
      const half = await stageHeight();
      await grip.tap();
      await expect(grip).toHaveAttribute('aria-expanded', 'true');
      await expect(facebound.face(4)).toBeInViewport();
      await grip.tap();
      await expect(grip).toHaveAttribute('aria-expanded', 'false');
      await facebound.settle();
      const place = await grip.boundingBox();
      const at = { x: 195, y: (place?.y ?? 0) + 14 };
      await fingers.drag([at], [{ x: 195, y: 820 }]);
      await expect.poll(stageHeight).toBeGreaterThan(half * 1.5);
      await tap(4);
      await facebound.expectSelected(4);
      await facebound.settle();
      const low = await grip.boundingBox();
      await fingers.drag([{ x: 195, y: (low?.y ?? 0) + 14 }], [{ x: 195, y: 460 }]);
      await expect.poll(stageHeight).toBe(half);
    });

    await test.step('filter, inspector, and a picture more', async () => {
      await button('Show: All sizes').tap();
      await page.getByRole('menuitemradio', { name: 'Small (under 80 px)' }).tap();
      await button('Show all faces').tap();
      await facebound.expectFaces(7);
      await page.getByRole('tab', { name: 'Inspector' }).tap();
      await expect(
        facebound.inspector.getByRole('img', { name: 'Face 4, cut by Facebound at face_bound' }),
      ).toBeVisible();
      await facebound.inspector.getByRole('tab', { name: 'Response' }).tap();
      await expect(facebound.inspector.getByRole('tree')).toBeVisible();
      await page.getByRole('tab', { name: 'Faces', exact: true }).tap();
      await button('Add pictures').tap();
      await page.getByRole('button', { name: /^Sample: Portrait/ }).tap();
      await facebound.expectFaces(1);
      await facebound.pictures.getByRole('button', { name: /^team\.jpg/ }).tap();
      await facebound.expectFaces(7);
      await button('Remove team.jpg').tap();
      await facebound.expectFaces(1);
      const undo = await placeOf(button('Undo'));
      expect(undo.y + undo.height).toBeLessThan((await placeOf(page.getByRole('toolbar', { name: 'View' }))).y);
      await button('Undo').tap();
      await facebound.expectFaces(7);
    });

    await test.step('a finger that rests on a thumbnail opens its menu', async () => {
      const tile = await placeOf(facebound.pictures.getByRole('button', { name: /^team\.jpg/ }));
      await fingers.down({ x: tile.x + tile.width / 2, y: tile.y + tile.height / 2 });
      const menu = page.getByRole('menu', { name: 'team.jpg' });
      await expect(menu).toBeVisible();
      await fingers.up();
      await expect(menu.getByRole('menuitem', { name: 'Copy name' })).toBeVisible();
      expect(await thumbProblems(page)).toEqual([]);
      await page.touchscreen.tap(195, 60);
      await expect(menu).toBeHidden();
      await facebound.expectFaces(7);
    });

    await test.step('the grid of crops', async () => {
      await button('Show as a grid').tap();
      await facebound.face(2).tap();
      await facebound.expectSelected(2);
      expect(await thumbProblems(page)).toEqual([]);
      await facebound.face(2).tap();
      await button('Show as a list').tap();
    });

    await test.step('what the browser remembers is in the menu of everything else', async () => {
      await button(/^Theme/).tap();
      await page.getByRole('menuitem', { name: 'Your work…' }).tap();
      const work = page.getByRole('dialog', { name: 'Your work' });
      await expect(work.getByRole('button', { name: 'Forget everything…' })).toBeVisible();
      await facebound.settle();
      expect(await thumbProblems(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(work).toBeHidden();
    });

    await test.step('whatever the screen, the picture lies above the toolbar and the faces can be reached', async () => {
      for (const [width, height, isFolded] of [
        [844, 390, false],
        [667, 375, false],
        [320, 568, true],
      ] as const) {
        await facebound.resizeTo({ width, height });
        // Where there is least room the toolbar comes when it is wanted.
        if (isFolded) await button('View buttons').tap();
        const toolbar = await placeOf(page.getByRole('toolbar', { name: 'View' }));
        await tap(4);
        await facebound.expectSelected(4);
        await expect(facebound.face(4)).toBeInViewport({ ratio: 0.25 });
        const lowest = Math.max(
          ...(await Promise.all([1, 4, 7].map((faceNo) => facebound.middleOfBox(faceNo)))).map(({ y }) => y),
        );
        expect(lowest).toBeLessThan(toolbar.y);
        const list = await placeOf(page.getByRole('tab', { name: 'Faces', exact: true }));
        if (width > height) expect(list.x).toBeGreaterThan(toolbar.x + toolbar.width);
        else expect(toolbar.y + toolbar.height).toBeLessThan(list.y);
      }
      await page.getByRole('tab', { name: 'Inspector' }).tap();
      await expect(facebound.inspector.getByRole('tab', { name: 'Response' })).toBeInViewport();
    });
  });
});

for (const viewport of [
  { width: 390, height: 844 },
  { width: 360, height: 740 },
]) {
  test.describe(`at ${viewport.width} pixels`, () => {
    test.use({ viewport });

    test('nothing is wider than the screen or too small for a thumb', async ({ facebound, page, watch }) => {
      const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
      const found: Record<string, string[]> = {};
      const look = async (state: string) => {
        await facebound.settle();
        const problems = await thumbProblems(page);
        if (problems.length > 0) found[state] = problems;
      };
      await facebound.open();
      await expect(page.getByRole('button', { name: /^Sample/ })).toHaveCount(3);
      await look('empty page');
      for (const name of ['Embedded', 'Kling']) {
        expect((await placeOf(page.getByText(name, { exact: true }))).width).toBeGreaterThan(20);
      }
      await page.getByRole('radio', { name: 'Kling' }).tap();
      await look('Kling without a token');
      await page.keyboard.press('Escape');
      await page.getByRole('radio', { name: 'Embedded' }).tap();
      await button(/^Sample: Group/).tap();
      await facebound.expectFaces(12);
      await look('faces');
      await facebound.face(3).tap();
      await facebound.expectSelected(3);
      await look('a face selected');
      await button('More actions').tap();
      await look('the menu of a face');
      await page.getByRole('menuitem', { name: 'Copy bounds' }).tap();
      const said = await placeOf(page.getByText(/^Bounds of face 3/));
      expect(said.y + said.height).toBeLessThan((await placeOf(page.getByRole('toolbar', { name: 'View' }))).y);
      await button('Add pictures').tap();
      await expect(button(/^Sample: Crowd/)).toBeVisible();
      await look('ways in');
      await button(/^Sample: Crowd/).tap();
      // Sixty faces, cut and decoded, take their time on a busy machine.
      await expect(facebound.faces).toHaveCount(64, { timeout: 60_000 });
      await look('a crowd and two pictures');
      await button(/^Show:/).tap();
      await look('the filters');
      await page.getByRole('menuitemradio', { name: 'Large and sharp' }).tap();
      await look('a filtered crowd');
      await button('Resize the face list').tap();
      await facebound.face(5).tap();
      await look('the sheet pulled up');
      await page.getByRole('tab', { name: 'Inspector' }).tap();
      for (const name of ['Face', 'Request', 'Response']) {
        await facebound.inspector.getByRole('tab', { name, exact: true }).tap();
        await look(`inspector: ${name}`);
      }
      await page.getByRole('tab', { name: 'Faces', exact: true }).tap();
      await button('Use face 5 for Kolors').tap();
      await expect(page.getByRole('dialog', { name: 'Kolors' })).toBeVisible();
      await look('Kolors');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: 'Kolors' })).toBeHidden();
      await button('Export').tap();
      await look('export');
      await page.getByRole('menuitem', { name: 'Present' }).tap();
      await expect(page.getByRole('toolbar', { name: 'Presentation controls' })).toBeVisible();
      await look('present');
      await button('End presentation').tap();
      await button(/^Theme/).tap();
      await look('the menu of the header');
      await page.getByRole('menuitem', { name: 'Help and keys' }).tap();
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await look('help');
      await button('Close').tap();
      await facebound.drop(textFile());
      await facebound.expectAlert(/notes\.txt/);
      await look('a notice');
      await button(/^Dismiss/).tap();
      watch.expectProblem(/recognize-faces/);
      await page.route('**/images/recognize-faces*', (route) =>
        route.fulfill({ status: 402, contentType: 'application/json', body: '{"error":"No subscription"}' }),
      );
      await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
      await facebound.pictures.getByRole('button', { name: /^pair\.jpg/ }).tap();
      await facebound.expectAlert(/subscription/i);
      await look('a failure');
      expect(found).toEqual({});
    });
  });
}
