import { uploadAssetReply } from '#contract/assets.ts';
import type { Facebound } from '../fixtures/facebound-page.ts';
import {
  brokenJpeg,
  drawnJpeg,
  emptyLandscape,
  grainyPng,
  groupOf,
  hugeCanvas,
  textFile,
  tinyPicture,
} from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { freePort } from '../tools/free-port.ts';

const MIB = 1024 * 1024;

test.describe('what cannot be used is explained and costs nothing', () => {
  test.beforeEach(async ({ facebound }) => {
    await facebound.open();
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
  });

  /** The alert names the thing, the cause and the cure, and the work is as it was. */
  async function expectRefusal(facebound: Facebound, ...patterns: readonly RegExp[]): Promise<void> {
    await facebound.expectAlert(...patterns);
    await facebound.expectFaces(7);
    await facebound.clickFaceOnStage(2);
    await facebound.expectSelected(2);
  }

  test('a text file', async ({ facebound }) => {
    await facebound.drop(textFile());
    await expectRefusal(facebound, /notes\.txt/, /not a picture/i, /JPEG|PNG/);
  });

  test('a broken JPEG', async ({ facebound }) => {
    await facebound.drop(brokenJpeg());
    await expectRefusal(facebound, /broken\.jpg/, /broken|cut off|damaged/i, /again|another|editor/i);
  });

  test('a JPEG that was cut off', async ({ facebound }) => {
    const { bytes } = await drawnJpeg('whole.jpg', groupOf(7));
    await facebound.drop({ name: 'half.jpg', type: 'image/jpeg', bytes: bytes.subarray(0, bytes.length / 2) });
    await expectRefusal(facebound, /half\.jpg/, /broken|cut off|damaged/i, /again|another|editor/i);
  });

  test('a picture of 100 × 100 pixels', async ({ facebound }) => {
    await facebound.drop(await tinyPicture());
    await expectRefusal(facebound, /tiny\.png/, /100 × 100/, /300/);
  });

  test('a file of more than 100 MB', async ({ facebound }) => {
    await facebound.dropZeros('enormous.jpg', 'image/jpeg', 101 * MIB);
    await expectRefusal(facebound, /enormous\.jpg/, /100 MB/);
  });

  test('a picture of more than 100 megapixels', async ({ facebound }) => {
    await facebound.drop(await hugeCanvas());
    await expectRefusal(facebound, /huge-canvas\.png/, /101 megapixels/, /100 megapixels/);
  });

  test('a link to a web page', async ({ facebound, pictureHost, watch }) => {
    watch.expectProblem(/\/app\/image/);
    await facebound.link(pictureHost.webPage);
    await expectRefusal(facebound, /web page, not a picture/i, /Open the picture itself and copy its address/i);
  });

  test('a link to nothing', async ({ facebound, pictureHost, watch }) => {
    watch.expectProblem(/\/app\/image/);
    await facebound.link(pictureHost.notFound);
    await expectRefusal(facebound, /404|not found|nothing/i);
  });

  test('a link whose server cuts the connection', async ({ facebound, pictureHost, watch }) => {
    watch.expectProblem(/\/app\/image/);
    await facebound.link(pictureHost.cutOff);
    await expectRefusal(facebound, /answer|reach|connection/i);
  });

  test('a link to a port where nobody listens', async ({ facebound, watch, server }) => {
    watch.expectProblem(/\/app\/image/);
    // A dead port of a public-looking host cannot be had without a network; a refused private address is as dead.
    const port = await freePort();
    await facebound.link(`http://127.0.0.1:${port}/picture.jpg`);
    await expectRefusal(facebound, /private|refused|reach|not allowed/i);
    expect(server.log()).not.toContain('picture.jpg');
  });
});

test('a picture without a face says so, and that is not an error', async ({ facebound }) => {
  await facebound.open();
  await facebound.drop(await emptyLandscape());
  await expect(facebound.page.getByText(/no face/i).first()).toBeVisible();
  await facebound.expectFaces(0);
  await expect(facebound.alerts).toHaveCount(0);
});

test('an 11 MB picture is shrunk, with a note that says so', async ({ facebound, page }) => {
  const picture = await grainyPng();
  expect(picture.bytes.length).toBeGreaterThan(10.5 * MIB);
  const uploaded = page.waitForResponse(
    (response) => response.request().method() === 'POST' && /\/assets\//.test(response.url()),
  );
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(7);
  const { url } = uploadAssetReply.parse(await (await uploaded).json());
  const sent = await (await page.request.get(url)).body();
  expect(sent.length).toBeGreaterThan(MIB / 10);
  expect(sent.length).toBeLessThanOrEqual(10 * MIB);
  await expect(page.getByText(/to fit 10 MB/)).toBeVisible();
});
