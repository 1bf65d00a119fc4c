import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { uploadAssetReply } from '#contract/assets.ts';
import { MAX_ASSET_BYTES, MIN_ASSET_SIDE } from '#contract/limits.ts';
import { recognizeFacesReply } from '#contract/recognize-faces.ts';
import { profileColour } from '#page/pictures/formats/icc.ts';
import { parseDetection } from '#page/pictures/model/parse-detection.ts';
import { iou } from '#shared/geometry/rect.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import type { Facebound } from '../fixtures/facebound-page.ts';
import type { FormatPicture } from '../fixtures/format-pictures.ts';
import * as pictures from '../fixtures/format-pictures.ts';
import { expect, test } from '../fixtures/test.ts';

/**
 * Formats × ways in, from the file to the boxes, with the real server and its own detector. Not the full product: every
 * way ends in one of two places (a file goes to the worker, an address to the relay) before formats begin to matter, and
 * each format alone is tested in `src/page/pictures/prepare`. So every format comes in once, and each way brings several.
 */
const byDrop = () => [
  pictures.orientedJpegs(),
  pictures.progressiveJpeg(),
  pictures.printJpeg(),
  pictures.wideColourJpeg(),
  pictures.largeJpeg(),
  pictures.deepPng(),
  pictures.transparentWebp(),
  pictures.animatedWebp(),
  pictures.animatedGif(),
  pictures.turnedTiff(),
];
const byBrowsing = () => [pictures.heic(), pictures.avif(), pictures.bmp()];
const byPasting = () => [pictures.transparentPng(), pictures.plainPng(), pictures.turnedWebp()];
const byLink = () => [pictures.progressiveJpeg(), pictures.transparentPng()];
const byDragging = () => [pictures.wideColourJpeg()];
/** Links that only a copy of can be sent: others would see them in another way, or not at all. */
const byCopiedLink = () => [
  pictures.orientedJpeg(6),
  pictures.turnedWebp(),
  pictures.animatedGif(),
  pictures.heic(),
  pictures.avif(),
  pictures.turnedTiff(),
  pictures.bmp(),
];

const all = async (files: readonly Promise<FormatPicture | FormatPicture[]>[]): Promise<FormatPicture[]> =>
  (await Promise.all(files)).flat();

/** What the server received and found from now on. */
function follow(page: Page) {
  const uploads: Promise<string>[] = [];
  const answers: Promise<readonly [reference: string, faces: readonly ImageRect[]]>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.request().method() !== 'POST') return;
    if (pathname.endsWith('/assets/')) {
      uploads.push(response.json().then((body) => uploadAssetReply.parse(body).url));
    }
    if (!pathname.endsWith('/images/recognize-faces')) return;
    const { imageReference } = response.request().postDataJSON();
    answers.push(
      response.json().then((body) => {
        const detection = parseDetection(recognizeFacesReply.parse(body), undefined);
        return [imageReference, detection.ok ? detection.value.faces.map(({ bound }) => bound) : []] as const;
      }),
    );
  });
  return {
    uploads: async () => Promise.all(uploads),
    facesByReference: async () => new Map(await Promise.all(answers)),
  };
}

/** Everything that was handed over has its two faces. */
async function expectAllFound(facebound: Facebound, files: readonly FormatPicture[]): Promise<void> {
  for (const { name } of files) {
    await expect(facebound.pictures.getByRole('button', { name: `${name}, 2 faces`, exact: true })).toBeVisible();
  }
}

/** The boxes lie on the drawn faces; `scale` is from the file's pixels to those that were sent. */
function expectOnFaces({ name, faces }: FormatPicture, boxes: readonly ImageRect[], scale = 1): void {
  expect(boxes, name).toHaveLength(faces.length);
  for (const { bound } of faces) {
    const { x, y, width, height } = bound;
    const drawn = { ...bound, x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    expect(Math.max(...boxes.map((box) => iou(box, drawn))), name).toBeGreaterThanOrEqual(0.4);
  }
}

/** The marks in the corners are where they were drawn, in their colours. */
async function expectUpright(name: string, bytes: Uint8Array): Promise<void> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const inset = Math.round((pictures.MARK / 2) * (info.height / 704));
  const [right, bottom] = [info.width - inset, info.height - inset];
  const found = [
    [inset, inset],
    [right, inset],
    [right, bottom],
    [inset, bottom],
  ].map(([x = 0, y = 0]) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]);
  const wanted = pictures.CORNERS.map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)));
  for (const [corner, colour] of found.entries()) {
    const off = colour.map((value, channel) => Math.abs(value - (wanted[corner]?.[channel] ?? 0)));
    // Print colours and wide ones come back a little off; another corner's colour is further away.
    expect(Math.max(...off), `${name}, corner ${corner}: ${colour}`).toBeLessThan(90);
  }
}

/** What arrived is what the endpoint takes, upright, and tells nothing of its owner. */
async function expectRepaired(file: FormatPicture, bytes: Buffer): Promise<void> {
  const { name, becomes, sent = file } = file;
  expect(bytes.length, name).toBeLessThanOrEqual(MAX_ASSET_BYTES);
  const magic = becomes === 'png' ? [0x89, 0x50, 0x4e, 0x47] : [0xff, 0xd8, 0xff];
  expect([...bytes.subarray(0, magic.length)], name).toEqual(magic);
  const { format, width, height, orientation, space, depth, hasAlpha, icc, exif, xmp, iptc, comments } =
    await sharp(bytes).metadata();
  expect({ format, width, height, space, depth }, name).toEqual({
    format: becomes,
    width: sent.width,
    height: sent.height,
    space: 'srgb',
    depth: 'uchar',
  });
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(MIN_ASSET_SIDE);
  expect([orientation ?? 1, exif, xmp, iptc, comments], name).toEqual([1, undefined, undefined, undefined, undefined]);
  // A profile that stays can only be sRGB's: every other was converted.
  expect(icc === undefined ? 'srgb' : profileColour(icc), name).toBe('srgb');
  expect(bytes.includes('Secret Studio'), name).toBe(false);
  expect(hasAlpha, name).toBe(name.startsWith('transparent'));
  if (hasAlpha) expect((await sharp(bytes).stats()).isOpaque, name).toBe(false);
  await expectUpright(name, bytes);
}

async function expectReceived(
  page: Page,
  files: readonly FormatPicture[],
  urls: readonly string[],
  facesByReference: ReadonlyMap<string, readonly ImageRect[]>,
): Promise<void> {
  const waiting = new Map(files.map((file) => [`${file.sent?.width ?? file.width}`, file]));
  for (const url of urls) {
    const bytes = await (await page.request.get(url)).body();
    const { width } = await sharp(bytes).metadata();
    const file = waiting.get(`${width}`);
    if (file === undefined) throw new Error(`A picture of ${width} pixels across was sent, which nobody handed over`);
    waiting.delete(`${width}`);
    await expectRepaired(file, bytes);
    expectOnFaces(file, facesByReference.get(url) ?? [], width / file.width);
  }
  expect([...waiting.values()].map(({ name }) => name)).toEqual([]);
}

test('files of every format, dropped, chosen and pasted, arrive repaired, and the boxes lie on the faces', async ({
  facebound,
  page,
}) => {
  const [dropped, chosen, pasted] = await Promise.all([all(byDrop()), all(byBrowsing()), all(byPasting())]);
  const files = [...dropped, ...chosen, ...pasted];
  const { uploads, facesByReference } = follow(page);
  await facebound.open();
  await facebound.drop(...dropped);
  // Until then the ways in of the empty page are there, and about to go.
  await expect(facebound.pictures).toBeVisible();
  await facebound.browse(...chosen);
  for (const file of pasted) await facebound.paste(file);
  await expectAllFound(facebound, files);
  await expectReceived(page, files, await uploads(), await facesByReference());

  const noted: readonly (readonly [name: string, notes: string])[] = [
    ['orientation-6.jpg', 'turned upright, location removed'],
    ['large.jpg', 'turned upright, location removed, '],
    ['IMG_0001.HEIC', 'location removed, converted from HEIC to JPEG'],
    ['animated.gif', 'converted from GIF to JPEG, first frame only'],
    ['print.jpg', 'print colours (CMYK) converted to sRGB'],
  ];
  for (const [name, notes] of noted) {
    await facebound.pictures.getByRole('button', { name: `${name}, 2 faces`, exact: true }).click();
    await expect(page.getByText(notes).first()).toBeVisible();
  }
});

test('addresses that are typed, pasted and dragged, many at once and of several formats', async ({
  facebound,
  page,
  pictureHost,
}) => {
  const [linked, dragged, copied] = await Promise.all([all(byLink()), all(byDragging()), all(byCopiedLink())]);
  const serve = (file: FormatPicture) => pictureHost.serve(file.name, file.bytes, 'application/octet-stream');
  const { uploads, facesByReference } = follow(page);
  await facebound.open();

  // An address as text, on the empty page; then several lines in the field; then pictures of other pages.
  const addresses = new Map([...linked, ...dragged, ...copied].map((file) => [file, serve(file)]));
  const [first, ...others] = linked.map((file) => addresses.get(file) ?? '');
  await facebound.pasteText(first ?? '');
  await facebound.expectFaces(2);
  await facebound.link(others.join('\n'));
  for (const file of dragged) {
    await facebound.dragAddress({
      'text/uri-list': 'https://example.com/the-page-behind-it',
      'text/html': `<a href="https://example.com/"><img src="${addresses.get(file)}"></a>`,
    });
  }
  await expectAllFound(facebound, [...linked, ...dragged]);
  const found = await facesByReference();
  for (const file of [...linked, ...dragged]) expectOnFaces(file, found.get(addresses.get(file) ?? '') ?? []);
  expect(await uploads()).toEqual([]);

  // A link is sent as it is; what needs anything is sent as a dropped file would be, and says so.
  await facebound.link(copied.map((file) => addresses.get(file) ?? '').join('\n'));
  await expectAllFound(facebound, copied);
  await expectReceived(page, copied, await uploads(), await facesByReference());
  await facebound.pictures.getByRole('button', { name: 'turned.webp, 2 faces', exact: true }).click();
  await expect(
    page.getByText('uploaded as a copy, because the link is stored turned, turned upright').first(),
  ).toBeVisible();
});
