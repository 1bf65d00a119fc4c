import { drawnJpeg, drawnPng, groupOf } from '../fixtures/pictures.ts';
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

test('the same picture is not detected twice', async ({ facebound, page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/images/recognize-faces')) asked.push(request.url());
  });
  const picture = await drawnJpeg('team.jpg', groupOf(7));
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(7);
  await facebound.drop(picture);
  await facebound.expectFaces(7);
  expect(asked).toHaveLength(1);
});
