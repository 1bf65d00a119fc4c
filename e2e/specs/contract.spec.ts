/** The contract over real HTTP, as a program that is not our page meets it. */
import type { APIRequestContext } from '@playwright/test';
import { uploadAssetReply } from '#contract/assets.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { drawnJpeg, emptyLandscape, grainyPng, groupOf, hugeCanvas, tinyPicture } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

const BEARER = { Authorization: 'Bearer user:1234-abcdefghijkl' };
const ASSETS = '/v1/kling/assets/?email=someone@example.com';
const RECOGNIZE = '/v1/kling/images/recognize-faces';

const upload = (request: APIRequestContext, bytes: Uint8Array, contentType: string) =>
  request.post(ASSETS, { headers: { ...BEARER, 'Content-Type': contentType }, data: Buffer.from(bytes) });

test('an upload is detected under the address that it got, with crops that are pictures', async ({
  request,
  server,
}) => {
  const picture = await drawnJpeg('team.jpg', groupOf(7));
  const uploaded = uploadAssetReply.parse(await (await upload(request, picture.bytes, 'image/jpeg')).json());
  expect(uploaded).toMatchObject({ status: 3, message: '' });
  expect(uploaded.url.startsWith(`${server.origin}/files/`)).toBe(true);

  const answer = await request.post(RECOGNIZE, { headers: BEARER, data: { imageReference: uploaded.url } });
  expect(answer.status()).toBe(200);
  const reply = recognizeFacesReply.parse(await answer.json());
  expect(reply.faceItems).toHaveLength(7);
  for (const { resources, arguments: args } of reply.faceItems ?? []) {
    expect(args.map(({ name }) => name)).toEqual(['face_bound']);
    expect(resources.map(({ name }) => name)).toEqual(['face', 'face_feature']);
    for (const { url } of resources) {
      const crop = await request.get(url);
      expect(crop.status()).toBe(200);
      expect(crop.headers()['content-type']).toBe('image/jpeg');
    }
  }
  const again = await request.post(RECOGNIZE, { headers: BEARER, data: { imageReference: uploaded.url } });
  expect(await again.json()).toEqual(reply);
});

test('a picture without a face has no faceItems at all', async ({ request }) => {
  const uploaded = uploadAssetReply.parse(
    await (await upload(request, (await emptyLandscape()).bytes, 'image/png')).json(),
  );
  const answer = await request.post(RECOGNIZE, { headers: BEARER, data: { imageReference: uploaded.url } });
  expect(Object.keys(await answer.json())).not.toContain('faceItems');
});

test('more than 10 MB is refused by the endpoint itself', async ({ request }) => {
  const answer = await upload(request, (await grainyPng()).bytes, 'image/png');
  expect(answer.status()).toBe(413);
  expect(await answer.json()).toMatchObject({ error: expect.stringContaining('10 MB') });
});

test('less than 300 pixels is refused', async ({ request }) => {
  const answer = await upload(request, (await tinyPicture()).bytes, 'image/png');
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ error: expect.stringContaining('300') });
});

test('more pixels than can be decoded safely are refused', async ({ request }) => {
  const answer = await upload(request, (await hugeCanvas()).bytes, 'image/png');
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect(await answer.json()).toMatchObject({ error: expect.any(String) });
});

test("the vendor's own words where its page gives them", async ({ request }) => {
  const unauthorized = await request.post(RECOGNIZE, { data: { imageReference: 'https://example.com/image.jpg' } });
  expect(unauthorized.status()).toBe(401);
  expect(await unauthorized.json()).toEqual({ error: 'Unauthorized', code: 401 });

  const missing = await request.post(RECOGNIZE, { headers: BEARER, data: {} });
  expect(missing.status()).toBe(400);
  expect(await missing.json()).toEqual({ error: 'Parameter imageReference is required' });
});

test('there is one account, and no generation', async ({ request }) => {
  const accounts = await request.get('/v1/kling/accounts', { headers: BEARER });
  expect(Object.keys(await accounts.json())).toEqual(['embedded@localhost']);
  const kolors = await request.post('/v1/kling/images/kolors', { headers: BEARER, data: { prompt: 'a portrait' } });
  expect(kolors.status()).toBe(501);
  const task = await request.get('/v1/kling/tasks/123', { headers: BEARER });
  expect(task.status()).toBe(501);
});

test('what is not there is a JSON error', async ({ request }) => {
  const answer = await request.get('/v1/kling/no-such-thing', { headers: BEARER });
  expect(answer.status()).toBe(404);
  expect(await answer.json()).toMatchObject({ error: expect.any(String) });
});
