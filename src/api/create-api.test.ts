import { beforeEach, describe, expect, test } from 'vitest';
import { uploadAssetReply } from '#contract/assets.ts';
import { vendorError } from '#contract/errors.ts';
import { faceBoundValue, recognizeFacesReply } from '#contract/recognize-faces.ts';
import { createMemoryApi, type MemoryApi } from '#testing/api/memory-api.ts';

/** A PNG of this size, of which there is only the header: enough for a host that reads headers. */
function headerOnlyPng({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): Uint8Array<ArrayBuffer> {
  const png = new Uint8Array(8 + 8 + 13 + 4);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(png.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  png.set([8, 2], 24);
  return png;
}

/** The contract with nothing of the server: requests in, responses out, below a folder of some host. */
describe('the contract in memory', () => {
  let api: MemoryApi;
  beforeEach(() => {
    api = createMemoryApi({ base: 'https://host.test/some/folder' });
  });

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, contentType: string) =>
    api.ask(path, { method: 'POST', headers: { 'content-type': contentType }, body });
  const upload = async (picture: Uint8Array) => {
    const response = await post('/v1/kling/assets/', new Uint8Array(picture), 'image/png');
    expect(response.status).toBe(200);
    return uploadAssetReply.parse(await response.json());
  };
  const recognize = (imageReference: string) =>
    post('/v1/kling/images/recognize-faces', JSON.stringify({ imageReference }), 'application/json');

  test('takes a picture, finds its faces, and gives both from the one base that its host told it', async () => {
    const picture = headerOnlyPng({ width: 640, height: 480 });
    const { url } = await upload(picture);
    expect(url.startsWith('https://host.test/some/folder/files/')).toBe(true);
    expect(new Uint8Array(await (await api.fetch(url)).arrayBuffer())).toEqual(picture);
    const reply = recognizeFacesReply.parse(await (await recognize(url)).json());
    expect(reply.mediaInfo).toMatchObject({ width: 640, height: 480 });
    expect(reply.faceItems).toHaveLength(2);
    for (const face of reply.faceItems ?? []) {
      faceBoundValue.parse(JSON.parse(face.arguments[0]?.value ?? ''));
      for (const crop of face.resources) {
        const response = await api.fetch(crop.url);
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      }
    }
  });

  test('remembers what was found, whoever asks next', async () => {
    const { url } = await upload(headerOnlyPng({ width: 500, height: 400 }));
    const first = await (await recognize(url)).json();
    const again = await upload(headerOnlyPng({ width: 500, height: 400 }));
    expect(again.url).not.toBe(url);
    expect(await (await recognize(again.url)).json()).toEqual(first);
    expect(api.detections()).toBe(1);
  });

  test('says what it is in a document, with the addresses that it answers at', async () => {
    api.forgetCaller();
    const response = await api.ask('/openapi.json');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toMatchObject({
      openapi: '3.1.0',
      servers: [
        { url: 'https://host.test/some/folder/v1/kling' },
        { url: 'https://host.test/some/folder/engines/embedded/v1/kling' },
        { url: 'https://host.test/some/folder/engines/kling/v1/kling' },
      ],
    });
  });

  test('is closed to whom its host does not know, and refuses in the contract’s own form', async () => {
    api.forgetCaller();
    const response = await recognize('https://a.test/b.jpg');
    expect([response.status, await response.json()]).toEqual([401, { error: 'Unauthorized', code: 401 }]);
    const gone = await api.ask(`/files/${'0'.repeat(64)}.png`);
    expect([gone.status, vendorError.parse(await gone.json()).reason]).toEqual([404, 'not-found']);
  });

  test('takes an address of the same host beside its folder for a stranger’s', async () => {
    const { fileName } = await upload(headerOnlyPng({ width: 400, height: 400 }));
    const response = await recognize(`https://host.test/files/${fileName}`);
    expect([response.status, vendorError.parse(await response.json()).reason]).toEqual([400, 'link-unreachable']);
  });

  test('refuses what is no picture, and one that is too small, before a detector sees it', async () => {
    const noPicture = await post('/v1/kling/assets/', 'no picture', 'image/png');
    expect([noPicture.status, vendorError.parse(await noPicture.json()).reason]).toEqual([400, 'unsupported-picture']);
    const small = await post('/v1/kling/assets/', headerOnlyPng({ width: 299, height: 400 }), 'image/png');
    expect([small.status, vendorError.parse(await small.json()).reason]).toEqual([400, 'picture-too-small']);
  });
});
