/** The whole journey without a mouse: nothing in here clicks, moves or taps. */
import { savedBy } from '../fixtures/exports.ts';
import { Keyboard } from '../fixtures/keyboard.ts';
import { expect, test } from '../fixtures/test.ts';
import { plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('everything by keyboard, and the focus always to be seen', async ({ facebound, page }) => {
  const keyboard = new Keyboard(page);
  const { list, inspector, pictures } = facebound;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const choice = (name: string) => page.getByRole('menuitemradio', { name, exact: true });
  const zoom = page.getByRole('status', { name: 'Zoom' });
  const tile = (name: RegExp) => pictures.getByRole('button', { name });

  let largest = 0;

  await test.step('from the empty page to the faces of a sample', async () => {
    await facebound.open();
    await keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeFocused();
    await keyboard.press('Escape');
    await keyboard.tabTo(button('Sample: Group, 12 faces'));
    await keyboard.press('Enter');
    await facebound.expectFaces(12);
    await keyboard.expectAt(tile(/^group/i));
  });

  await test.step('walking the list', async () => {
    await keyboard.tabTo(list);
    await keyboard.press('ArrowDown');
    await facebound.expectSelected(2);
    await keyboard.press('ArrowRight', 'ArrowUp', 'ArrowUp');
    await facebound.expectSelected(1);
    await keyboard.press('End');
    await facebound.expectSelected(12);
    await expect(facebound.face(12)).toBeInViewport();
    await keyboard.press('ArrowDown');
    await facebound.expectSelected(12);
    await keyboard.press('Home');
    await facebound.expectSelected(1);
    await expect(facebound.face(1)).toBeInViewport();
    await keyboard.press('7');
    await facebound.expectSelected(7);
    await keyboard.expectAt(list);
  });

  await test.step('several faces, with a primary one', async () => {
    await keyboard.press('Shift+ArrowDown');
    await facebound.expectSelected(7, 8);
    await keyboard.press('Control+ArrowDown', 'Control+ArrowDown');
    await facebound.expectSelected(7, 8);
    await keyboard.press('Space');
    await facebound.expectSelected(7, 8, 10);
    await expect(page.getByText('3 faces selected, face 10 is the primary one')).toBeAttached();
    await keyboard.press('Space');
    await facebound.expectSelected(7, 8);
    await keyboard.press('Escape');
    await facebound.expectSelected();
    await keyboard.expectAt(list);
    await keyboard.press('Control+a');
    await expect(list.getByRole('option', { selected: true })).toHaveCount(12);
    await keyboard.press('Escape');
    await facebound.expectSelected();
  });

  await test.step('sorting changes the order and no number', async () => {
    await keyboard.press('Home');
    await facebound.expectSelected(1);
    await keyboard.press('Enter');
    const kolors = page.getByRole('dialog', { name: 'Kolors' });
    await expect(kolors).toBeVisible();
    await keyboard.press('Escape');
    await expect(kolors).toBeHidden();
    await keyboard.expectAt(list);

    await keyboard.tabTo(button('Sort: By number'), 'Shift+Tab');
    await keyboard.press('Enter');
    await keyboard.expectAt(choice('By number'));
    await keyboard.press('End');
    await keyboard.expectAt(choice('Surest first'));
    await keyboard.press('ArrowUp');
    await keyboard.expectAt(choice('Largest first'));
    await keyboard.press('Enter');
    await keyboard.expectAt(button('Sort: Largest first'));
    await facebound.expectSelected(1);
    const order = await facebound.faces.evaluateAll((options) =>
      options.map((option) => Number(/\d+/.exec(option.getAttribute('aria-label') ?? '')?.[0])),
    );
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    largest = order[0] ?? 0;
    expect(largest).not.toBe(1);
  });

  await test.step('filtering until nothing is left, and back', async () => {
    await keyboard.tabTo(button('Show: All sizes'));
    await keyboard.press('Enter');
    await keyboard.expectAt(choice('All sizes'));
    await keyboard.move('ArrowDown', 'ArrowDown');
    await keyboard.expectAt(choice('Small (under 80 px)'));
    await keyboard.press('Enter');
    await keyboard.expectAt(button('Show: Small (under 80 px)'));
    await expect(page.getByText('0 of 12 shown').first()).toBeAttached();
    await keyboard.tabTo(button('Show all faces'));
    await keyboard.press('Enter');
    await facebound.expectFaces(12);
    await keyboard.expectAt(list);
  });

  await test.step('zoom, fit, to the face; boxes and labels', async () => {
    const fit = await zoom.textContent();
    await keyboard.press('=');
    await expect(zoom).not.toHaveText(fit ?? '');
    await expect(button('Fit')).toHaveAttribute('aria-pressed', 'false');
    await keyboard.press('-');
    await expect(zoom).toHaveText(fit ?? '');
    await keyboard.press('Home', 'z');
    await expect(button('Fit')).toHaveAttribute('aria-pressed', 'false');
    await keyboard.press('0');
    await expect(button('Fit')).toHaveAttribute('aria-pressed', 'true');

    const hide = button('Hide boxes');
    await page.keyboard.down('h');
    await expect(hide).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.up('h');
    await expect(hide).toHaveAttribute('aria-pressed', 'false');
    await keyboard.press('l');
    await expect(button('Labels')).toHaveAttribute('aria-pressed', 'false');
    await keyboard.press('l');
    await expect(button('Labels')).toHaveAttribute('aria-pressed', 'true');
    await keyboard.expectAt(list);
  });

  await test.step('the list of keys opens and closes', async () => {
    await keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await expect(help).toBeFocused();
    await keyboard.tabTo(help.getByRole('switch'));
    await keyboard.tabTo(help.getByRole('button', { name: 'Close' }));
    // The first Esc closes the hint of the button, as hints do; one pressed while the hint is just opening closes nothing.
    await expect(async () => {
      if (await help.isVisible()) await keyboard.press('Escape');
      await expect(help).toBeHidden({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await keyboard.expectAt(list);
  });

  await test.step('the actions of the face', async () => {
    await keyboard.tabTo(button('Use for Kolors'));
    for (const name of ['Zoom to face', 'Save crop', 'Copy bounds']) {
      await keyboard.move('ArrowRight');
      await keyboard.expectAt(button(name));
    }
    await keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\{"x":\d+/);
    await keyboard.press('ArrowRight');
    await keyboard.expectAt(button('More actions'));
    await keyboard.press('Enter');
    const menu = page.getByRole('menu', { name: `Face ${largest}`, exact: true });
    await keyboard.expectAt(menu.getByRole('menuitem').first());
    await keyboard.press('ArrowDown');
    await keyboard.expectAt(menu.getByRole('menuitem', { name: /^Zoom to face/ }));
    await keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await keyboard.expectAt(button('More actions'));
    // Without a face there are no actions: the list has the focus then, not the page.
    await expect(async () => {
      // The first Esc closes the button's hint, as hints do.
      await keyboard.press('Escape');
      await expect(list.getByRole('option', { selected: true })).toHaveCount(0, { timeout: 500 });
    }).toPass();
    await keyboard.expectAt(list);
    await keyboard.press('Home');
  });

  await test.step('the inspector: proof, request, response', async () => {
    const tab = (name: string) => inspector.getByRole('tab', { name, exact: true });
    await keyboard.tabTo(tab('Face'));
    await expect(inspector.getByRole('img', { name: `Face ${largest}, cut by Facebound at face_bound` })).toBeVisible();
    await expect(
      inspector.getByRole('img', { name: `Face ${largest}, face crop from the service`, exact: true }),
    ).toBeVisible();
    await keyboard.press('ArrowRight');
    await keyboard.expectAt(tab('Request'));
    await keyboard.tabTo(tab('cURL'));
    await keyboard.move('ArrowRight', 'ArrowRight');
    await keyboard.expectAt(tab('Python'));
    await keyboard.tabTo(button('Copy as Python: Detect faces'));
    await keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('import requests');
    await keyboard.tabTo(tab('Request'), 'Shift+Tab');
    await keyboard.press('ArrowRight');
    await keyboard.expectAt(tab('Response'));
    const tree = inspector.getByRole('tree');
    await keyboard.tabTo(tree);
    await keyboard.press('Home', 'ArrowDown');
    await keyboard.expectAt(tree);
    await keyboard.tabTo(inspector.getByRole('textbox', { name: 'Search the response' }), 'Shift+Tab');
    await page.keyboard.type('face_11');
    await expect(inspector.getByText('1 of 1', { exact: true })).toBeVisible();
  });

  await test.step('a second picture, and switching between the two', async () => {
    await keyboard.tabTo(button('Add pictures'));
    await keyboard.press('Enter');
    const waysIn = page.getByRole('dialog', { name: 'Add pictures' });
    await keyboard.tabTo(waysIn.getByRole('button', { name: /^Sample: Portrait/ }));
    await keyboard.press('Enter');
    await facebound.expectFaces(1);
    await keyboard.expectAt(button('Add pictures'));
    await keyboard.press('[');
    await facebound.expectFaces(12);
    await facebound.expectSelected(largest);
    // The next key is meant for the picture that a person went to, however soon it comes.
    await keyboard.press(']');
    await keyboard.press('1');
    await facebound.expectFaces(1);
    await facebound.expectSelected(1);
    await keyboard.press(',');
    await facebound.expectFaces(12);
    await keyboard.press('.');
    await facebound.expectFaces(1);
    await keyboard.tabTo(tile(/^portrait/i));
    await keyboard.press('ArrowUp');
    await keyboard.expectAt(tile(/^group/i));
    await keyboard.press('Enter');
    await facebound.expectFaces(12);
    await keyboard.expectAt(tile(/^group/i));
  });

  await test.step('after the last face a second press goes to the next picture', async () => {
    await keyboard.press('End');
    const asks = page.getByText('That was the last face. Press → again for the next picture');
    await keyboard.press('j');
    await expect(asks).toBeVisible();
    await facebound.expectFaces(12);
    // Anything else in between, and it asks again.
    await keyboard.press('k');
    await expect(asks).toBeHidden();
    await keyboard.press('ArrowRight', 'ArrowRight');
    await expect(asks).toBeVisible();
    await keyboard.press('ArrowRight');
    await facebound.expectFaces(1);
    await keyboard.press('[');
    await facebound.expectFaces(12);
    await keyboard.tabTo(tile(/^group/i));
  });

  await test.step('the pictures are one stop, which a link leads past', async () => {
    await keyboard.press('ArrowDown', 'ArrowDown');
    await keyboard.expectAt(button('Browse for more pictures'));
    await keyboard.press('ArrowUp', 'ArrowUp', 'Shift+Tab');
    await keyboard.expectAt(page.getByRole('link', { name: 'Skip to the picture' }));
    await keyboard.press('Enter');
    await keyboard.expectAt(page.getByRole('region', { name: 'Stage' }));
    // Past the buttons beside the picture's name.
    await keyboard.tabTo(tile(/^group/i), 'Shift+Tab');
  });

  await test.step('removing and bringing back, to the last picture', async () => {
    const tiles = pictures.locator('[aria-current]');
    await keyboard.press('Delete');
    await expect(tiles).toHaveCount(1);
    await facebound.expectFaces(1);
    await keyboard.expectAt(tile(/^portrait/i));
    await keyboard.press('Control+z');
    await expect(tiles).toHaveCount(2);
    await keyboard.press('Delete');
    await keyboard.expectAt(tile(/^group/i));
    await keyboard.press('Delete');
    await keyboard.expectAt(button('Browse'));
    await keyboard.tabTo(button('Undo'));
    await keyboard.press('Enter');
    await expect(tiles).toHaveCount(2);
    await facebound.expectFaces(12);
    await keyboard.expectAt(tile(/^group/i));
  });

  await test.step('exporting', async () => {
    await keyboard.press('e');
    const menu = page.getByRole('menu', { name: 'Export' });
    // Both came back, so there is a choice of which to export.
    await keyboard.expectAt(menu.getByRole('menuitemradio').first());
    const rawJson = menu.getByRole('menuitem', { name: /^Raw JSON/ });
    for (let step = 0; step < 20 && !(await rawJson.evaluate((item) => item === document.activeElement)); step++) {
      await keyboard.move('ArrowDown');
    }
    await keyboard.expectAt(rawJson);
    const saved = await savedBy(page, () => keyboard.press('Enter'));
    expect(saved.name).toMatch(/\.json$/);
    await keyboard.expectAt(button('Export'));
  });

  await test.step('presenting and leaving', async () => {
    await keyboard.press('p');
    const controls = page.getByRole('toolbar', { name: 'Presentation controls' });
    await expect(controls).toBeAttached();
    await keyboard.press('ArrowRight', 'ArrowRight');
    await keyboard.press('Escape');
    await expect(controls).toBeHidden();
    await keyboard.expectAt(button('Export'));
    await facebound.expectFaces(12);
  });
});

test('the menu of a picture, what is remembered, list or grid and the width of its column, by keyboard', async ({
  facebound,
  page,
}) => {
  const keyboard = new Keyboard(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const tile = facebound.pictures.getByRole('button', { name: /^one\.jpg/ });
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('one.jpg'), await plainPicture('two.jpg', '#b08d57'));
  await expect(facebound.pictures.getByRole('button', { name: /, 3 faces$/ })).toHaveCount(2);
  await keyboard.tabTo(tile);

  await test.step('the menu of a picture, and back to its thumbnail', async () => {
    await keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'one.jpg' });
    await expect(menu).toBeVisible();
    await keyboard.press('End');
    await expect(menu.getByRole('menuitem', { name: 'Remove' })).toBeFocused();
    await keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await keyboard.expectAt(tile);
  });

  await test.step('what the browser remembers is in the work’s menu', async () => {
    await keyboard.tabTo(button('Your work'), 'Shift+Tab');
    await keyboard.press('Enter');
    const work = page.getByRole('dialog', { name: 'Your work' });
    await keyboard.tabTo(work.getByRole('switch', { name: /^Keep pictures too/ }));
    await keyboard.tabTo(work.getByRole('button', { name: 'Forget everything…' }));
    await keyboard.press('Enter');
    const question = page.getByRole('alertdialog', { name: 'Forget everything?' });
    await keyboard.expectAt(question.getByRole('button', { name: 'Keep' }));
    await keyboard.press('Enter');
    await expect(question).toBeHidden();
    await facebound.expectFaces(3);
    await keyboard.tabTo(tile);
  });

  await test.step('list or grid, and the width of their column', async () => {
    const grid = page.getByRole('radio', { name: 'Grid' });
    await keyboard.tabTo(page.getByRole('radiogroup', { name: 'Layout' }).getByRole('radio', { checked: true }));
    await keyboard.move('ArrowRight');
    await keyboard.expectAt(grid);
    await keyboard.press('Space');
    await expect(grid).toBeChecked();
    await keyboard.move('ArrowLeft');
    await keyboard.press('Space');
    await expect(grid).not.toBeChecked();
    const edge = page.getByRole('separator', { name: 'Width of the face list' });
    await keyboard.tabTo(edge, 'Shift+Tab');
    const width = await edge.getAttribute('aria-valuenow');
    await keyboard.press('ArrowLeft');
    await expect(edge).not.toHaveAttribute('aria-valuenow', width ?? '');
    await keyboard.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', width ?? '');
    await keyboard.tabTo(tile, 'Shift+Tab');
  });
});
