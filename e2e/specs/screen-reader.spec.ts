/** The page as a screen reader is told of it. Every name and number here is one that a person hears. */
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, plainPicture, THREE_FACES, tellFaces } from '../fixtures/told-faces.ts';

test('the empty page', async ({ facebound, page }) => {
  await facebound.open();
  await expect(page.getByRole('button', { name: /^Sample/ })).toHaveCount(3);
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - heading "Facebound" [level=1]
      - radiogroup "Engine":
        - radio "Embedded" [checked]
        - radio "Kling"
      - button "Your work"
      - 'button "Theme: As the device"'
      - button "Help and keyboard shortcuts"
    - main:
      - region "Drop pictures to find their faces":
        - heading "Drop pictures to find their faces" [level=2]
        - paragraph: JPEG, PNG, WebP, HEIC and more. Nothing leaves this machine with the embedded detector.
        - button "Browse"
        - textbox "Image link":
          - /placeholder: Paste an image link
        - button "Load"
        - paragraph: or paste from the clipboard Ctrl V
        - list "Samples":
          - listitem:
            - 'button "Sample: Portrait, 1 face"': Portrait 1 face
          - listitem:
            - 'button "Sample: Group, 12 faces"': Group 12 faces
          - listitem:
            - 'button "Sample: Crowd, 64 faces"': Crowd 64 faces
    - status
  `);
});

test('faces, one of them selected, and the list of keys', async ({ facebound, page }) => {
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(await plainPicture('team.jpg'));
  await facebound.expectFaces(3);
  const faces = page.getByRole('region', { name: 'Faces' });

  await test.step('pictures, stage and list', async () => {
    await expect(facebound.pictures).toMatchAriaSnapshot(`
      - navigation "Pictures":
        - list:
          - listitem:
            - button "team.jpg, 3 faces"
            - button "Remove team.jpg"
          - listitem:
            - button "Browse for more pictures"
    `);
    await expect(facebound.stage).toMatchAriaSnapshot(`
      - region "Stage":
        - img "team.jpg, 3 faces"
        - toolbar "View":
          - button "Zoom out"
          - status "Zoom": /\\d+ %/
          - button "Zoom in"
          - button "Fit" [pressed]
          - button "1:1, one picture pixel per screen pixel"
          - button "To face" [disabled]
          - button "Labels" [pressed]
          - button "Hide boxes": Hide H
    `);
    await expect(faces).toMatchAriaSnapshot(`
      - region "Faces":
        - heading "Faces" [level=2]
        - text: "3"
        - status
        - radiogroup "Layout":
          - radio "List" [checked]
          - radio "Grid"
        - button "Select all"
        - 'button "Sort: By number"'
        - 'button "Show: All sizes"'
        - listbox "Faces":
          - option "Face 1, face_0, 180 by 240 pixels": faceNo 1 · face_0 180 × 240 px · 4.5 % blurred, cut by Facebound
          - option "Face 2, face_1, 180 by 240 pixels": faceNo 2 · face_1 180 × 240 px · 4.5 % blurred, cut by Facebound
          - option "Face 3, face_2, 180 by 240 pixels": faceNo 3 · face_2 180 × 240 px · 4.5 % blurred, cut by Facebound
    `);
  });

  await test.step('what is said when a face is selected', async () => {
    await page.keyboard.press('2');
    await facebound.expectSelected(2);
    await expect(page.getByText('Face 2 selected')).toBeAttached();
    await expect(faces).toMatchAriaSnapshot(`
      - region "Faces":
        - heading "Faces" [level=2]
        - text: "3"
        - status
        - radiogroup "Layout":
          - radio "List" [checked]
          - radio "Grid"
        - button "Select all"
        - 'button "Sort: By number"'
        - 'button "Show: All sizes"'
        - listbox "Faces":
          - option "Face 1, face_0, 180 by 240 pixels": faceNo 1 · face_0 180 × 240 px · 4.5 % blurred, cut by Facebound
          - option "Face 2, face_1, 180 by 240 pixels" [selected]: faceNo 2 · face_1 180 × 240 px · 4.5 % blurred, cut by Facebound
          - option "Face 3, face_2, 180 by 240 pixels": faceNo 3 · face_2 180 × 240 px · 4.5 % blurred, cut by Facebound
        - toolbar "Face actions":
          - button "Use for Kolors"
          - button "Zoom to face"
          - button "Save crop"
          - button "Copy bounds"
          - button "More actions"
    `);
    await expect(facebound.inspector).toMatchAriaSnapshot(`
      - region "Inspector":
        - heading "Inspector" [level=2]
        - tablist "Inspector":
          - tab "Face" [selected]
          - tab "Request"
          - tab "Response"
        - paragraph: /\\d+ · \\d+ ms · \\d+ bytes/
        - button "Fold the inspector" [expanded]
        - tabpanel "Face":
          - heading "faceNo 2 face_1" [level=3]
          - figure "Cut by Facebound face_bound":
            - img "Face 2, cut by Facebound at face_bound"
          - figure "No face crop"
          - figure "No face_feature crop"
          - heading "Place and size" [level=4]
          - term: As sent
          - definition: x 470, y 260, 180 × 240 px
          - term: On the picture
          - definition: the same
          - term: Share
          - definition: 4.5 % of the picture
          - heading "Arguments" [level=4]
          - term: face_bound
          - definition:
            - code: '{"x":470,"y":260,"width":180,"height":240}'
          - heading "Picture as measured" [level=4]
          - term: Size
          - definition: 1200 × 800 px
          - term: type
          - definition: image
          - term: duration
          - definition: "0"
    `);
  });

  await test.step('the list of keys', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toMatchAriaSnapshot(`
      - dialog "Keys":
        - heading "Keys" [level=2]
        - button "Close"
        - region "List of keys":
          - heading "Faces" [level=3]
          - term: Pick the face with this number; 1 7 is face 17
          - definition: 1–9
          - term: Previous face
          - definition: ← K
          - term: "Next face; twice after the last one: next picture"
          - definition: → J
          - term: First face
          - definition: Home
          - term: Last face
          - definition: End
          - term: Use the face for Kolors
          - definition: Enter
          - term: Menu of the face
          - definition: Menu Shift + F10
          - term: All shown faces, from stage or list
          - definition: Ctrl/⌘ + A
          - heading "View" [level=3]
          - term: Zoom to the face and back
          - definition: Z
          - term: Fit the picture
          - definition: "0"
          - term: Zoom in
          - definition: =
          - term: Zoom out
          - definition: "-"
          - term: Hide the boxes while held
          - definition: H
          - term: Labels on or off
          - definition: L
          - heading "Pictures" [level=3]
          - term: Previous picture
          - definition: "[ ,"
          - term: Next picture
          - definition: "] ."
          - term: Paste a picture or a link
          - definition: Ctrl/⌘ + V
          - term: "Undo: removed pictures, verdicts, drawn boxes"
          - definition: Ctrl/⌘ + Z
          - term: Redo
          - definition: Ctrl/⌘ + Shift + Z
          - heading "Page" [level=3]
          - term: Export
          - definition: E
          - term: Present
          - definition: P
          - term: This list of keys
          - definition: "?"
          - term: Close what is open, or deselect
          - definition: Esc
          - heading "In the face list" [level=3]
          - term: Move and select
          - definition: ↑ ↓ ← →
          - term: Move only
          - definition: Ctrl + arrows
          - term: Extend the selection
          - definition: Shift + arrows
          - term: By pages
          - definition: Page Up Page Down
          - term: Add to the selection, or take away
          - definition: Space
          - heading "Presenting" [level=3]
          - term: Next face, then next picture
          - definition: → Page Down Space click
          - term: Back
          - definition: ← Page Up
          - term: All faces
          - definition: Home
          - term: The last face
          - definition: End
          - term: The face with this number
          - definition: 1–9
          - term: The picture before
          - definition: "["
          - term: The picture after
          - definition: "]"
          - term: Blur the other found faces
          - definition: B
          - term: Black screen, and back
          - definition: .
          - term: These keys
          - definition: "?"
          - term: End the presentation
          - definition: Esc P
        - text: Shortcuts of a single letter, digit or sign Switch them off when speech input or a slip of the hand sets them off. Arrows, Home, End, Enter and Esc stay.
        - switch "Shortcuts of a single letter, digit or sign Switch them off when speech input or a slip of the hand sets them off. Arrows, Home, End, Enter and Esc stay." [checked]
    `);
  });
});

test('a failure', async ({ facebound, page, watch }) => {
  watch.expectProblem(/recognize-faces/);
  await page.route('**/images/recognize-faces*', (route) =>
    route.fulfill({ status: 402, json: { error: 'No subscription' } }),
  );
  await facebound.open();
  await facebound.drop(await plainPicture('team.jpg'));
  await facebound.expectAlert(/subscription/i);
  await expect(facebound.stage).toMatchAriaSnapshot(`
    - region "Stage":
      - img "team.jpg"
      - alert:
        - paragraph: The subscription does not cover this
        - paragraph: The account has no active subscription or not enough credits. Check the subscription and the credits at useapi.net and Kling.
        - paragraph: No subscription
  `);
});

test('a filtered crowd, sorted by size and searched by number', async ({ facebound, page }) => {
  await tellFaces(page, crowdOf(73));
  await facebound.open();
  await facebound.drop(await plainPicture('crowd.jpg'));
  await facebound.expectFaces(73);
  await page.getByRole('button', { name: 'Show: All sizes' }).click();
  await page.getByRole('menuitemradio', { name: 'Blurred' }).click();
  const faces = page.getByRole('region', { name: 'Faces' });
  await expect(faces).toMatchAriaSnapshot(`
    - region "Faces":
      - heading "Faces" [level=2]
      - text: 12 of 73 shown
      - status: 12 of 73 shown
      - radiogroup "Layout":
        - radio "List"
        - radio "Grid" [checked]
      - text: Go to face number
      - textbox "Go to face number":
        - /placeholder: Number
      - 'button "Sort: By number"'
      - 'button "Show: Blurred"'
      - paragraph: 61 of 73 are small (under 80 px)
      - listbox "Faces":
        - option "Face 6, face_5, 84 by 88 pixels": 84 × 88 px
        - option "Face 12, face_11, 84 by 88 pixels": 84 × 88 px
        - option "Face 18, face_17, 84 by 88 pixels": 84 × 88 px
        - option "Face 24, face_23, 84 by 88 pixels": 84 × 88 px
        - option "Face 30, face_29, 84 by 88 pixels": 84 × 88 px
        - option "Face 36, face_35, 84 by 88 pixels": 84 × 88 px
        - option "Face 42, face_41, 84 by 88 pixels": 84 × 88 px
        - option "Face 48, face_47, 84 by 88 pixels": 84 × 88 px
        - option "Face 54, face_53, 84 by 88 pixels": 84 × 88 px
        - option "Face 60, face_59, 84 by 88 pixels": 84 × 88 px
        - option "Face 66, face_65, 84 by 88 pixels": 84 × 88 px
        - option "Face 72, face_71, 84 by 88 pixels": 84 × 88 px
  `);

  const number = page.getByRole('textbox', { name: 'Go to face number' });
  await number.fill('54');
  await facebound.expectSelected(54);
  await number.fill('53');
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await expect(number).toHaveAccessibleDescription('Face 53 is not shown');
  await facebound.expectSelected(54);
  await page.getByRole('button', { name: /^Show/ }).click();
  await page.getByRole('menuitemradio', { name: 'All sizes' }).click();
  await number.fill('53');
  await facebound.expectSelected(53);
  await expect(facebound.face(53)).toHaveAccessibleDescription(/small/);
  await page.getByRole('button', { name: /^Sort/ }).click();
  await page.getByRole('menuitemradio', { name: 'Largest first' }).click();
  await facebound.expectSelected(53);
  await expect(facebound.faces.first()).toHaveAccessibleName(/^Face 6,/);
});

test('several pictures, the menu of one, what is remembered, and a presentation', async ({ facebound, page }) => {
  await tellFaces(page, THREE_FACES);
  await facebound.open();
  await facebound.drop(
    await plainPicture('one.jpg'),
    await plainPicture('two.jpg', '#b08d57'),
    await plainPicture('three.jpg', '#55aa88'),
    await plainPicture('four.jpg', '#8855aa'),
  );
  await expect(facebound.pictures.getByRole('button', { name: /, 3 faces$/ })).toHaveCount(4);

  await test.step('how the batch ended is said', async () => {
    await expect(page.getByText('Finished: 4 pictures, 12 faces')).toBeAttached();
  });

  await test.step('the strip, and where in it one is', async () => {
    await facebound.pictures.getByRole('button', { name: /^two\.jpg/ }).click();
    await expect(page.getByRole('heading', { name: 'two.jpg' })).toBeVisible();
    await expect(facebound.pictures).toMatchAriaSnapshot(`
      - navigation "Pictures":
        - link "Skip to the picture":
          - /url: "#stage"
        - list:
          - listitem:
            - button "one.jpg, 3 faces"
            - button "Remove one.jpg"
          - listitem:
            - button "two.jpg, 3 faces"
            - button "Remove two.jpg"
          - listitem:
            - button "three.jpg, 3 faces"
            - button "Remove three.jpg"
          - listitem:
            - button "four.jpg, 3 faces"
            - button "Remove four.jpg"
          - listitem:
            - button "Browse for more pictures"
    `);
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menu', { name: 'two.jpg' })).toMatchAriaSnapshot(`
      - menu "two.jpg":
        - menuitem "Detect again The same detector finds the same in it" [disabled]
        - menuitem "Copy name"
        - separator
        - menuitem "Remove"
    `);
    await page.keyboard.press('Escape');
  });

  await test.step('several faces', async () => {
    await facebound.clickFace(1);
    await facebound.face(3).click({ modifiers: ['ControlOrMeta'] });
    await facebound.expectSelected(1, 3);
    await expect(page.getByRole('contentinfo').getByText('2 selected')).toBeVisible();
    await expect(page.getByRole('separator', { name: 'Width of the face list' })).toHaveAttribute(
      'aria-valuenow',
      /^\d+$/,
    );
    await page.keyboard.press('Escape');
  });

  await test.step('what is remembered', async () => {
    await page.getByRole('button', { name: 'Your work' }).click();
    await expect(page.getByRole('dialog', { name: 'Your work' })).toMatchAriaSnapshot(`
      - dialog "Your work":
        - region "Recent":
          - heading "Recent" [level=3]
          - paragraph: Everything recent is open.
          - list
          - text: Keep pictures too Results stay in this browser. A picture goes when you remove it; if its tab is closed, half a minute after this page is next opened.
          - switch "Keep pictures too Results stay in this browser. A picture goes when you remove it; if its tab is closed, half a minute after this page is next opened."
          - text: /\\d+ KB of 1 GB used/
          - button "Forget everything…"
    `);
    await page.keyboard.press('Escape');
  });

  await test.step('a presentation', async () => {
    await page.keyboard.press('p');
    const presentation = page.getByRole('dialog', { name: 'Presentation' });
    await expect(presentation).toMatchAriaSnapshot(`
      - dialog "Presentation":
        - img "The picture with 3 faces"
        - paragraph: 3 faces
        - paragraph: Picture 2 of 4 two
        - status
        - toolbar "Presentation controls":
          - button "Previous picture"
          - button "Back"
          - button "Next"
          - button "Next picture"
          - 'button "Clear: everybody is shown" [pressed]'
          - button "Blur the other found faces"
          - button "Blocks over the other found faces"
          - button "Keys"
          - button "End presentation"
    `);
    await page.keyboard.press('PageDown');
    await expect(presentation.getByText('Face 1 of 3')).toBeAttached();
    await page.keyboard.press('b');
    await expect(presentation.getByRole('status')).toContainText('2 other found faces blurred');
    await page.keyboard.press('.');
    await expect(presentation.getByText('The screen is black. Go on with any key.')).toBeAttached();
    await page.keyboard.press('Escape');
    await expect(presentation).toBeHidden();
  });
});
