/** The page before a server that keeps its files in an object store, which goes away for a while. */
import { startS3 } from '#testing/server/s3-server.ts';
import { Facebound } from '../fixtures/facebound-page.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';

test('faces and crops come from the store, and while it is away the page says so, waits and goes on', async ({
  page,
  watch,
}) => {
  const s3 = await startS3();
  const server = await startServer({ env: s3.env });
  const facebound = new Facebound(page);
  // It is another server than the one that this test run knows.
  watch.expectProblem(/503|stranger/);
  await page.goto(server.origin);
  await facebound.drop(await drawnJpeg('couple.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  const crops = page.locator('img[src*="/files/"]');
  await expect
    .poll(() =>
      crops.evaluateAll(
        (images) => images.filter((image) => 'naturalWidth' in image && image.naturalWidth === 0).length,
      ),
    )
    .toBe(0);

  await s3.kill();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(3)));
  await expect(page.getByText('The server cannot reach its store').first()).toBeVisible();
  await s3.restart();
  await page.getByRole('button', { name: 'Try now' }).click();
  await facebound.expectFaces(3);
  expect(server.log()).not.toContain(s3.env['FACEBOUND_SECRET'] ?? '?');
  await server.stop();
  await s3.close();
});
