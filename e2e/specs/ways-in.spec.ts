import { drawnJpeg, drawnPng, groupOf, textFile } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('every way in ends with the faces in the list', () => {
  test.beforeEach(async ({ facebound }) => facebound.open());

  test('a dropped photograph', async ({ facebound }) => {
    await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
    await facebound.expectFaces(7);
  });

  test('a browsed file', async ({ facebound }) => {
    await facebound.browse(await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.expectFaces(2);
  });

  test('a pasted bitmap', async ({ facebound }) => {
    await facebound.paste(await drawnPng('image.png', groupOf(3)));
    await facebound.expectFaces(3);
  });

  test('a linked picture', async ({ facebound, pictureHost }) => {
    const picture = await drawnJpeg('linked.jpg', groupOf(5));
    await facebound.link(pictureHost.serve('linked.jpg', picture.bytes, 'image/jpeg'));
    await facebound.expectFaces(5);
  });

  test('the portrait sample', async ({ facebound }) => {
    await facebound.sample('Portrait');
    await facebound.expectFaces(1);
  });

  test('the group sample', async ({ facebound }) => {
    await facebound.sample('Group');
    await facebound.expectFaces(12);
  });

  test('the crowd sample', async ({ facebound }) => {
    await facebound.sample('Crowd');
    await expect.poll(() => facebound.faces.count()).toBeGreaterThanOrEqual(60);
  });
});

test('a second picture joins the first, and both keep their faces', async ({ facebound }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)));
  await facebound.expectFaces(7);
  await facebound.drop(await drawnJpeg('pair.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  await facebound.pictures.getByRole('button', { name: /^team/ }).click();
  await facebound.expectFaces(7);
});

test('several files in one drop are all taken', async ({ facebound }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(7)), await drawnJpeg('pair.jpg', groupOf(2)));
  await expect(facebound.pictures.getByRole('button', { name: /^team.*7 faces/ })).toBeVisible();
  await expect(facebound.pictures.getByRole('button', { name: /^pair.*2 faces/ })).toBeVisible();
});

test('the same picture is not detected twice, and that it was there is said in one quiet line', async ({
  facebound,
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith('/images/recognize-faces')) asked.push(request.url());
  });
  const picture = await drawnJpeg('team.jpg', groupOf(7));
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(7);
  await facebound.drop(
    { ...picture, name: 'copy.jpg' },
    { ...textFile(), name: '._team.jpg' },
    { ...textFile(), name: 'a.AAE' },
  );
  await expect(page.getByRole('status').filter({ hasText: '1 was already here: copy.jpg' })).toBeVisible();
  await expect(
    page.getByRole('status').filter({ hasText: '2 files beside the pictures were left out: ._team.jpg, a.AAE' }),
  ).toBeVisible();
  await expect(facebound.alerts).toHaveCount(0);
  await facebound.expectFaces(7);
  expect(asked).toHaveLength(1);
});

for (const [device, size] of [
  ['a desktop', { width: 1280, height: 720 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`failed attempts never cover the ways in on ${device}, and a new attempt replaces what was said`, async ({
    facebound,
    page,
    pictureHost,
    watch,
  }) => {
    watch.expectProblem(/\/app\/image/);
    await facebound.resizeTo(size);
    await facebound.open();
    for (const address of [pictureHost.notFound, pictureHost.webPage]) {
      await facebound.link(address);
      await facebound.expectAlert(address === pictureHost.notFound ? /404/ : /web page/);
      // Only what the last attempt said is there.
      await expect(facebound.alerts).toHaveCount(1);
    }
    // A whole folder that fails: the messages take room of their own, and a real click reaches every way in.
    const notes = ['1.txt', '2.txt', '3.txt', '4.txt'].map((name) => ({ ...textFile(), name }));
    await facebound.drop(...notes);
    await facebound.expectAlert(/4 messages/);
    const messages = await page.getByRole('region', { name: 'Messages' }).boundingBox();
    for (const wayIn of [
      facebound.linkField,
      page.getByRole('button', { name: 'Browse', exact: true }),
      page.getByRole('button', { name: 'Load', exact: true }),
    ]) {
      await wayIn.click({ trial: true });
      const box = await wayIn.boundingBox();
      expect(box?.y).toBeGreaterThan((messages?.y ?? 0) + (messages?.height ?? 0));
    }
    await facebound.browse(await drawnJpeg('pair.jpg', groupOf(2)));
    await facebound.expectFaces(2);
    await expect(facebound.alerts).toHaveCount(0);
  });
}
