import { holdCalls } from '../fixtures/hold-calls.ts';
import { drawnJpeg, emptyLandscape, groupOf, textFile } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

/** Sizes that have a layout of their own: three columns, the filmstrip below, the sheet of faces. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
] as const;

for (const size of SIZES) {
  test.describe(`axe finds nothing at ${size.width} pixels`, () => {
    test.use({ viewport: size });

    test('on the empty page', async ({ facebound }) => {
      await facebound.open();
      await facebound.expectNoAxeViolations();
    });

    test('with faces, and with one of them selected', async ({ facebound }) => {
      await facebound.open();
      await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
      await facebound.expectFaces(7);
      await facebound.expectNoAxeViolations();
      await facebound.clickFace(3);
      await facebound.expectSelected(3);
      await facebound.expectNoAxeViolations();
    });

    test('with a notice over the result', async ({ facebound }) => {
      await facebound.open();
      await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
      await facebound.expectFaces(7);
      await facebound.drop(textFile());
      await facebound.expectAlert(/notes\.txt/);
      await facebound.expectNoAxeViolations();
    });
  });
}

test.describe('axe finds nothing', () => {
  test.beforeEach(async ({ facebound }) => facebound.open());

  test('while a file is dragged over the window', async ({ facebound, page }) => {
    await facebound.dragOver(await drawnJpeg('team.jpg', groupOf(7)));
    await expect(page.getByText('Drop to find the faces')).toBeVisible();
    await facebound.expectNoAxeViolations();
  });

  test('while a picture is uploaded', async ({ facebound, page }) => {
    const letGo = await holdCalls(page, '**/v1/kling/assets/**');
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await expect(page.getByText(/^Uploading/).first()).toBeVisible();
    await facebound.expectNoAxeViolations();
    letGo();
    await facebound.expectFaces(7);
  });

  test('while faces are looked for', async ({ facebound, page }) => {
    const letGo = await holdCalls(page, '**/images/recognize-faces');
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await expect(page.getByText(/Finding faces/).first()).toBeVisible();
    await facebound.expectNoAxeViolations();
    letGo();
    await facebound.expectFaces(7);
  });

  test('when there is no face', async ({ facebound, page }) => {
    await facebound.drop(await emptyLandscape());
    await expect(page.getByText(/no face/i).first()).toBeVisible();
    await facebound.expectNoAxeViolations();
  });

  test('in a crowd', async ({ facebound }) => {
    await facebound.sample('Crowd');
    await expect.poll(() => facebound.faces.count()).toBeGreaterThanOrEqual(60);
    await facebound.expectNoAxeViolations();
  });

  test('when the detection failed', async ({ facebound, page, watch }) => {
    watch.expectProblem(/recognize-faces/);
    await page.route('**/images/recognize-faces', (route) =>
      route.fulfill({ status: 402, contentType: 'application/json', body: '{"error":"No subscription"}' }),
    );
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectAlert(/subscription/i);
    await facebound.expectNoAxeViolations();
  });

  test('in every tab of the inspector', async ({ facebound }) => {
    await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.expectFaces(2);
    await facebound.clickFace(1);
    for (const name of ['Face', 'Request', 'Response']) {
      await facebound.inspector.getByRole('tab', { name, exact: true }).click();
      await facebound.expectNoAxeViolations();
    }
  });
});
