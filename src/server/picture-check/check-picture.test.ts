import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makePicture } from '#testing/picture-files/make-picture.ts';
import { faultOf } from './check-picture.ts';

const folder = await mkdtemp(join(tmpdir(), 'facebound-check-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function faultOfLinkedGif(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return faultOf({ what: 'linked', path, type: 'image/gif' });
}

test('a linked GIF without an end is passed on, as every browser shows it, and one that ends in the middle, which the page says', async () => {
  const whole = await makePicture({ format: 'gif', width: 640, height: 480, grain: true });
  expect(await faultOfLinkedGif('whole.gif', whole)).toBeUndefined();
  expect(await faultOfLinkedGif('no-end.gif', whole.subarray(0, -2))).toBeUndefined();
  expect(await faultOfLinkedGif('half.gif', whole.subarray(0, whole.length / 2))).toBeUndefined();
});

test('a linked GIF that tells no size, or too large a one, is not', async () => {
  const whole = await makePicture({ format: 'gif', width: 640, height: 480 });
  const huge = whole.slice(0, -2);
  huge.set([0xff, 0xff, 0xff, 0xff], 6);
  expect(await faultOfLinkedGif('huge.gif', huge)).toMatchObject({ code: 'picture-too-large' });
  expect(await faultOfLinkedGif('head.gif', whole.subarray(0, 8))).toMatchObject({ code: 'unreadable-picture' });
});
