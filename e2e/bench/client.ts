import { uploadAssetReply } from '#contract/assets.ts';
import { faceBoundValue, recognizeFacesReply } from '#contract/recognize-faces.ts';
import { contractPaths, engineBase } from '#contract/routes.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { imageRect } from '#shared/geometry/spaces.ts';

const BASE = engineBase('embedded');
const AUTHORIZATION = { authorization: 'Bearer bench' };

/** Uploads a picture as a program would, and gives its address. Throws on any answer but 200. */
export async function upload(origin: string, bytes: Uint8Array, type: string): Promise<string> {
  const response = await fetch(`${origin}${BASE}${contractPaths.assets}`, {
    method: 'POST',
    headers: { ...AUTHORIZATION, 'content-type': type },
    body: Buffer.from(bytes),
  });
  return uploadAssetReply.parse(await readJson(response)).url;
}

/** Detects the faces of a picture, in pixels of the upright picture. Throws on any answer but 200. */
export async function recognize(origin: string, imageReference: string): Promise<ImageRect[]> {
  const response = await fetch(`${origin}${BASE}${contractPaths.recognizeFaces}`, {
    method: 'POST',
    headers: { ...AUTHORIZATION, 'content-type': 'application/json' },
    body: JSON.stringify({ imageReference }),
  });
  const { faceItems = [] } = recognizeFacesReply.parse(await readJson(response));
  return faceItems.map(({ arguments: args }) => {
    const value = args.find(({ name }) => name === 'face_bound')?.value ?? '';
    const { x, y, width, height } = faceBoundValue.parse(JSON.parse(value));
    return imageRect(x, y, width, height);
  });
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}
