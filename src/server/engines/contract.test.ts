import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { accountsReply } from '#contract/accounts.ts';
import { ASSET_STATUS_OK, uploadAssetReply } from '#contract/assets.ts';
import { vendorError } from '#contract/errors.ts';
import { freePlacesReply } from '#contract/free-places.ts';
import { faceBoundValue, recognizeFacesReply } from '#contract/recognize-faces.ts';
import { engineBase, REQUEST_ID_HEADER } from '#contract/routes.ts';
import { deletedTaskReply, downloadReply } from '#contract/tasks.ts';
import { deletedAssetsReply, uploadedAssetsReply } from '#contract/uploaded-assets.ts';
import { replyFaults } from '#testing/api/reply-check.ts';
import { startFakeVendor } from '#testing/fake-vendor/fake-vendor.ts';
import { createFakeDetector, outcomeWith } from '#testing/server/fake-detector.ts';
import { jpeg, png } from '#testing/server/pictures.ts';
import { type S3Server, startS3 } from '#testing/server/s3-server.ts';
import { startTestServer, type TestServer } from '#testing/server/test-server.ts';

/**
 * One suite for both engines: whatever speaks the contract, a program that was written for the vendor must not be
 * able to tell them apart by form.
 */

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A call below a base of the contract, whose reply must be as `openapi.json` says. */
async function described(server: TestServer, base: string, path: string, init: RequestInit): Promise<Response> {
  const response = await server.call(`${base}${path}`, init);
  const below = path.split('?')[0] ?? '';
  expect(await replyFaults(init.method ?? 'GET', below, response.clone())).toEqual([]);
  return response;
}

type Setup = { readonly faces: number };

async function embedded({ faces }: Setup, env: Readonly<Record<string, string>> = {}) {
  const detector = createFakeDetector();
  detector.answerWith(outcomeWith(faces));
  const server = await startTestServer({ detector, env });
  closing.push(() => server.close());
  return { server, token: 'user:1234-abcdefghijkl', email: 'embedded@localhost' };
}

async function kling({ faces }: Setup, env: Readonly<Record<string, string>> = {}) {
  const boxes = Array.from({ length: faces }, (_, index) => ({ x: 10 + index * 50, y: 20, width: 40, height: 50 }));
  const vendor = await startFakeVendor({ boxes });
  const server = await startTestServer({
    env: { USEAPI_TOKEN: vendor.token, USEAPI_BASE_URL: vendor.baseUrl, ...env },
  });
  closing.push(
    () => vendor.close(),
    () => server.close(),
  );
  return { server, token: vendor.token, email: 'kling@example.com' };
}

/** The embedded engine with its files in an object store, where another secret is another world. */
const embeddedInObjectStore = (setup: Setup, env: Readonly<Record<string, string>> = {}) =>
  embedded(setup, { ...s3.env, FACEBOUND_SECRET: randomBytes(32).toString('hex'), ...env });
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

describe.each([
  ['embedded', '', embedded],
  ['embedded', ' in an object store', embeddedInObjectStore],
  ['kling', '', kling],
] as const)('the contract, answered by %s%s', (name, _where, start) => {
  describe.each([
    ['as the default engine', '/v1/kling'],
    ['by its own path', engineBase(name)],
  ])('%s', (_place, base) => {
    async function api(setup: Setup = { faces: 2 }) {
      const { server, token, email } = await start(setup);
      const authorization = `Bearer ${token}`;
      const anonymous = (path: string, init: RequestInit = {}) => described(server, base, path, init);
      const call = (path: string, init: RequestInit = {}) =>
        anonymous(path, { ...init, headers: { authorization, ...init.headers } });
      return {
        email,
        call,
        anonymous,
        upload: async (bytes: Uint8Array, contentType: string) => {
          const response = await call(`/assets/?email=${encodeURIComponent(email)}`, {
            method: 'POST',
            headers: { 'content-type': contentType },
            body: new Uint8Array(bytes),
          });
          expect(response.status).toBe(200);
          return uploadAssetReply.parse(await response.json());
        },
        recognize: (body: unknown, query = '') =>
          call(`/images/recognize-faces${query}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
      };
    }

    test('a picture is uploaded, and its address detected, as the vendor’s examples do', async () => {
      const { upload, recognize, email } = await api();
      const asset = await upload(await jpeg(640, 480), 'image/jpeg');
      expect(asset.status).toBe(ASSET_STATUS_OK);
      const response = await recognize({ email, imageReference: asset.url });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get(REQUEST_ID_HEADER)).toMatch(/^[0-9a-f-]{36}$/);
      const reply = recognizeFacesReply.parse(await response.json());
      expect(reply).toMatchObject({ status: 0, message: '', mediaInfo: { width: 640, height: 480 } });
      expect(reply.faceItems).toHaveLength(2);
      for (const [index, face] of (reply.faceItems ?? []).entries()) {
        expect(face.name).toBe(`face_${index}`);
        expect(face.resources.map((resource) => resource.name)).toEqual(['face', 'face_feature']);
        for (const { url } of face.resources) expect((await fetch(url)).status).toBe(200);
        expect(face.arguments.map((argument) => argument.name)).toEqual(['face_bound']);
        faceBoundValue.parse(JSON.parse(face.arguments[0]?.value ?? ''));
      }
    });

    test('the same fields come as multipart/form-data', async () => {
      const { upload, call, email } = await api();
      const { url } = await upload(await png(400, 400), 'image/png');
      const body = new FormData();
      body.set('email', email);
      body.set('imageReference', url);
      const response = await call('/images/recognize-faces', { method: 'POST', body });
      expect(response.status).toBe(200);
      expect(recognizeFacesReply.parse(await response.json()).faceItems).toHaveLength(2);
    });

    test('more than the vendor tells of a face is told to who asks, by the engine that knows it', async () => {
      const { upload, recognize } = await api();
      const { url } = await upload(await png(400, 400), 'image/png');
      const response = await recognize({ imageReference: url }, '?details=score,pose');
      const { faceItems = [] } = recognizeFacesReply.parse(await response.json());
      const told = name === 'embedded' ? ['face_bound', 'face_score', 'face_pose'] : ['face_bound'];
      expect(faceItems.map((face) => face.arguments.map((argument) => argument.name))).toEqual([told, told]);
    });

    test('no face is no faceItems', async () => {
      const { upload, recognize } = await api({ faces: 0 });
      const { url } = await upload(await png(400, 400), 'image/png');
      const reply: unknown = await (await recognize({ imageReference: url })).json();
      expect(recognizeFacesReply.parse(reply).faceItems).toBeUndefined();
      expect(Object.keys(reply ?? {})).not.toContain('faceItems');
    });

    test('the vendor’s own words for what its page describes', async () => {
      const { recognize, anonymous, call } = await api();
      const missing = await recognize({});
      expect([missing.status, await missing.json()]).toEqual([400, { error: 'Parameter imageReference is required' }]);
      for (const path of [
        '/accounts',
        '/tasks/1',
        '/assets/download',
        '/assets/uploaded',
        '/scheduler/available',
        '/nothing',
      ]) {
        const unauthorized = await anonymous(path);
        expect([unauthorized.status, await unauthorized.json()]).toEqual([401, { error: 'Unauthorized', code: 401 }]);
      }
      const gif = await call('/assets/', { method: 'POST', headers: { 'content-type': 'image/gif' }, body: 'GIF89a' });
      expect([gif.status, await gif.json()]).toEqual([
        400,
        { error: 'Content-Type image/gif is not supported. Valid values: image/png,image/jpeg' },
      ]);
    });

    test('accounts are an object by email, and one can be asked for', async () => {
      const { call, email } = await api();
      const all = accountsReply.parse(await (await call('/accounts')).json());
      expect(Object.keys(all)).toEqual([email]);
      expect(all[email]?.email).toBe(email);
      const one = await call(`/accounts/${encodeURIComponent(email)}`);
      expect(await one.json()).toMatchObject({ email });
    });

    test('what was uploaded can be listed and taken back by its id, or it is said that this engine cannot', async () => {
      const { upload, call, email } = await api();
      const { url, fileName } = await upload(await jpeg(640, 480), 'image/jpeg');
      await upload(await png(400, 400), 'image/png');
      const account = `email=${encodeURIComponent(email)}`;
      const list = () => call(`/assets/uploaded/?${account}&fileName=${fileName}&contentType=image&pageSize=50`);
      const remove = (query: string) => call(`/assets/uploaded/?${query}`, { method: 'DELETE' });

      expect((await remove('id=1')).status).toBe(400);
      const odd = await remove(`${account}&id=all`);
      expect([odd.status, vendorError.parse(await odd.json()).error]).toEqual([
        400,
        'Parameter id (all) must be a numeric string or a comma-separated list of up to 10 numeric strings',
      ]);
      if (name === 'embedded') {
        for (const answer of [await list(), await remove(`${account}&id=1`)]) {
          expect([answer.status, vendorError.parse(await answer.json()).reason]).toEqual([501, 'not-implemented']);
        }
        // It is there still: whoever was told no must not believe that it is gone.
        expect((await fetch(url)).status).toBe(200);
        return;
      }
      const before = uploadedAssetsReply.parse(await (await list()).json()).uploadAssetsList;
      expect(before.assets).toMatchObject([{ name: fileName, resource: { resource: url } }]);
      const id = before.assets[0]?.id ?? '';
      expect(deletedAssetsReply.parse(await (await remove(`${account}&id=${id}`)).json()).ids).toEqual([id]);
      expect(uploadedAssetsReply.parse(await (await list()).json()).uploadAssetsList.assets).toEqual([]);
      expect((await fetch(url)).status).not.toBe(200);
    });

    test('what a task made can be taken back, and free places counted, or it is said that this engine cannot', async () => {
      const { call, email } = await api();
      const removeTask = (id: string) => call(`/tasks/${id}?email=${encodeURIComponent(email)}`, { method: 'DELETE' });
      if (name === 'embedded') {
        for (const answer of [await removeTask('1000'), await call('/scheduler/available')]) {
          expect([answer.status, vendorError.parse(await answer.json()).reason]).toEqual([501, 'not-implemented']);
        }
        return;
      }
      const made = await call('/images/kolors', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"prompt":"a portrait"}',
      });
      const { task } = z.object({ task: z.object({ id: z.string() }) }).parse(await made.json());
      deletedTaskReply.parse(await (await removeTask(task.id)).json());
      const again = await removeTask(task.id);
      expect(again.status).toBe(404);
      vendorError.parse(await again.json());
      const { available } = freePlacesReply.parse(await (await call('/scheduler/available')).json());
      expect(available).toMatchObject([{ email, available: 5, maxJobs: 5 }]);
    });

    test('a task is made, followed and its picture fetched, or it is said that this engine cannot', async () => {
      const { call, email } = await api();
      const asJson = { 'content-type': 'application/json' };
      const made = await call('/images/kolors', { method: 'POST', headers: asJson, body: '{"prompt":"a portrait"}' });
      if (name === 'embedded') {
        for (const answer of [made, await call('/tasks/1000'), await call('/assets/download?workIds=1')]) {
          expect([answer.status, vendorError.parse(await answer.json()).reason]).toEqual([501, 'not-implemented']);
        }
        return;
      }
      const { task } = z.object({ task: z.object({ id: z.string() }) }).parse(await made.json());
      const account = `email=${encodeURIComponent(email)}`;
      const works = z.object({ works: z.array(z.object({ workId: z.string() })) });
      const follow = async () =>
        works.parse(await (await call(`/tasks/${task.id}?${account}`)).json()).works[0]?.workId;
      await expect.poll(follow).toBeDefined();
      const file = await call(`/assets/download?${account}&workIds=${await follow()}&fileTypes=PNG`);
      expect(downloadReply.parse(await file.json()).cdnUrl).toMatch(/^http/);
    });

    test('on a server with an access key the page’s own token works, and a stranger’s does not', async () => {
      const key = 'the access key of the team';
      const { server, token } = await start({ faces: 2 }, { FACEBOUND_ACCESS_KEY: key });
      const cookie = await server.openSession(key);
      const own = { cookie, authorization: `Bearer ${token}` };
      expect((await described(server, base, '/accounts', { headers: own })).status).toBe(200);
      const stranger = await described(server, base, '/accounts', {
        headers: { authorization: 'Bearer user:9-nobody' },
      });
      expect([stranger.status, vendorError.parse(await stranger.json()).code]).toEqual([401, 401]);
    });

    test('everything else is a JSON error with the right status', async () => {
      const { call, recognize } = await api();
      const unknown = await call('/videos/create');
      expect(unknown.status).toBe(404);
      vendorError.parse(await unknown.json());
      const method = await call('/images/recognize-faces', { method: 'PUT' });
      expect([method.status, method.headers.get('allow')]).toEqual([405, 'POST']);
      vendorError.parse(await method.json());
      const large = await recognize({ imageReference: `https://example.com/${'x'.repeat(70_000)}` });
      expect(large.status).toBe(413);
      vendorError.parse(await large.json());
      const huge = await call('/assets/', {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array(10 * 1024 * 1024 + 1),
      });
      expect(huge.status).toBe(413);
      vendorError.parse(await huge.json());
    });
  });
});
