import type { Page } from '@playwright/test';
import { exportedAs, unzip } from '../fixtures/exports.ts';
import { Facebound, type HandedFile } from '../fixtures/facebound-page.ts';
import { drawnJpeg, groupOf } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';

/** Everything of the server but the page's own files is cut off; a call that is tried is noted. */
async function withoutServer(page: Page): Promise<string[]> {
  const tried: string[] = [];
  await page.route(/\/(v1|engines|files)\/|\/app\/(image|files)/, (route) => {
    tried.push(`${route.request().method()} ${route.request().url()}`);
    return route.abort();
  });
  return tried;
}

/** What a person sees of a result, in words. */
async function seen(facebound: Facebound, page: Page) {
  await facebound.inspector.getByRole('tab', { name: 'Request', exact: true }).click();
  const request = await facebound.inspector.getByRole('tabpanel').first().innerText();
  await facebound.inspector.getByRole('tab', { name: 'Response', exact: true }).click();
  const response = await facebound.inspector.getByRole('tabpanel').first().innerText();
  return {
    options: await facebound.faces.evaluateAll((faces) => faces.map((face) => face.textContent)),
    boxes: await page.evaluate(() => {
      type Box = { getClientRect(): unknown };
      const { Konva } = globalThis as typeof globalThis & { Konva?: { stages: { find(selector: string): Box[] }[] } };
      return (Konva?.stages ?? []).flatMap((stage) => stage.find('.face-box').map((box) => box.getClientRect()));
    }),
    crops: await facebound.faces
      .locator('img')
      .evaluateAll((images) => images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))),
    request,
    response,
  };
}

const asFile = (name: string, bytes: Uint8Array): HandedFile => ({ name, type: '', bytes });

test('saved as one file and opened elsewhere it is the same page, without a call', async ({
  facebound,
  page,
  browser,
  server,
}) => {
  const picture = await drawnJpeg('team.jpg', groupOf(5));
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(5);
  await expect.poll(async () => (await seen(facebound, page)).crops.every((width) => width > 0)).toBe(true);
  const before = await seen(facebound, page);
  const saved = await exportedAs(page, /^Response and picture/);
  expect(saved.name).toBe('team.facebound.zip');
  const coco = await exportedAs(page, /^COCO/);

  const elsewhere = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
  const otherPage = await elsewhere.newPage();
  const other = new Facebound(otherPage);
  await other.open();
  const tried = await withoutServer(otherPage);
  await other.drop(asFile('renamed.bin', saved.bytes));
  await other.expectFaces(5);
  await expect.poll(async () => (await seen(other, otherPage)).crops).toEqual(before.crops);
  expect(await seen(other, otherPage)).toEqual(before);
  const cocoAgain = await exportedAs(otherPage, /^COCO/);
  expect(cocoAgain.bytes.equals(coco.bytes), 'COCO, replay, COCO').toBe(true);
  const savedAgain = await unzip((await exportedAs(otherPage, /^Response and picture/)).bytes);
  expect(savedAgain).toEqual(await unzip(saved.bytes));
  expect(tried).toEqual([]);
  await elsewhere.close();
});

test('a saved file holds no token', async ({ facebound, page }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  const files = await unzip((await exportedAs(page, /^Response and picture/)).bytes);
  const cookies = await page.context().cookies();
  for (const [name, bytes] of files) {
    expect(bytes.toString('latin1'), name).not.toMatch(/bearer|authorization|cookie/i);
    for (const { value } of cookies) expect(bytes.includes(value), name).toBe(false);
  }
});

test('a bare response and its picture are shown without a call', async ({ facebound, page }) => {
  const picture = await drawnJpeg('team.jpg', groupOf(4));
  const reply = {
    status: 0,
    message: '',
    faceItems: [0, 1].map((index) => ({
      name: `face_${index}`,
      resources: [],
      arguments: [
        { name: 'face_bound', value: JSON.stringify({ x: 100 + 300 * index, y: 120, width: 200, height: 240 }) },
      ],
    })),
    mediaInfo: { type: 'image', duration: 0, width: 1600, height: 1000 },
  };
  await facebound.open();
  const tried = await withoutServer(page);
  await facebound.drop(picture, asFile('response.json', Buffer.from(JSON.stringify(reply))));
  await facebound.expectFaces(2);
  await expect(facebound.face(2)).toHaveAccessibleName(/200 by 240 pixels/);
  expect(tried).toEqual([]);
});

test('a COCO document and its picture are shown without a call, and exported they are the same', async ({
  facebound,
  page,
  browser,
  server,
}) => {
  const picture = await drawnJpeg('team.jpg', groupOf(3));
  await facebound.open();
  await facebound.drop(picture);
  await facebound.expectFaces(3);
  const coco = await exportedAs(page, /^COCO/);
  const elsewhere = await browser.newContext({ baseURL: server.origin });
  const otherPage = await elsewhere.newPage();
  const other = new Facebound(otherPage);
  await other.open();
  const tried = await withoutServer(otherPage);
  await other.drop(asFile('coco.json', coco.bytes), picture);
  await other.expectFaces(3);
  expect((await exportedAs(otherPage, /^COCO/)).bytes.equals(coco.bytes)).toBe(true);
  expect(tried).toEqual([]);
  await elsewhere.close();
});

test('switching the engine sends nothing of a saved result anywhere', async ({ facebound, page, browser, server }) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(2)));
  await facebound.expectFaces(2);
  const saved = await exportedAs(page, /^Response and picture/);
  const elsewhere = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
  const otherPage = await elsewhere.newPage();
  const other = new Facebound(otherPage);
  await other.open();
  const tried = await withoutServer(otherPage);
  await other.drop(asFile('team.facebound.zip', saved.bytes));
  await other.expectFaces(2);
  await otherPage.getByRole('radio', { name: 'Kling' }).click();
  await expect(otherPage.getByRole('radio', { name: 'Kling' })).toBeChecked();
  await other.expectFaces(2);
  await expect(otherPage.getByRole('contentinfo').getByText('embedded')).toBeVisible();
  expect(tried).toEqual([]);
  await elsewhere.close();
});

test.describe('is refused in words', () => {
  test.beforeEach(async ({ facebound }) => facebound.open());

  test('a response without its picture', async ({ facebound }) => {
    await facebound.drop(asFile('lonely.json', Buffer.from('{"status":0,"faceItems":[],"mediaInfo":{}}')));
    await facebound.expectAlert(/lonely\.json/, /without its picture/, /together/);
  });

  test('a ZIP of something else', async ({ facebound }) => {
    await facebound.drop(asFile('holiday.zip', await zipOf({ 'notes.txt': 'Shopping' })));
    await facebound.expectAlert(/holiday\.zip/);
  });

  test('a file that was changed after it was saved', async ({ facebound }) => {
    const manifest = manifestFor('0'.repeat(64));
    const { bytes } = await drawnJpeg('team.jpg', groupOf(2));
    await facebound.drop(
      asFile('x.facebound.zip', await zipOf({ 'manifest.json': manifest, 'p.jpg': bytes, 'r.json': '{}' })),
    );
    await facebound.expectAlert(/could not be opened/, /damaged/);
  });

  test('a bomb: a response that unpacks to far more than it says', async ({ facebound }) => {
    const { bytes } = await drawnJpeg('team.jpg', groupOf(2));
    const { createHash } = await import('node:crypto');
    const manifest = manifestFor(createHash('sha256').update(bytes).digest('hex'));
    const bomb = ' '.repeat(17 * 1024 * 1024);
    await facebound.drop(
      asFile('bomb.facebound.zip', await zipOf({ 'manifest.json': manifest, 'p.jpg': bytes, 'r.json': bomb })),
    );
    await facebound.expectAlert(/could not be opened/, /more than a page can hold/);
  });

  test('a file of a newer version', async ({ facebound }) => {
    const manifest = JSON.stringify({ format: 'facebound-replay', version: 2 });
    await facebound.drop(asFile('new.facebound.zip', await zipOf({ 'manifest.json': manifest })));
    await facebound.expectAlert(/could not be opened/, /newer version/);
  });
});

const manifestFor = (sha256: string): string =>
  JSON.stringify({
    format: 'facebound-replay',
    version: 1,
    pictures: [
      {
        name: 'team.jpg',
        file: 'p.jpg',
        type: 'image/jpeg',
        sha256,
        orientation: 1,
        notes: [],
        concerns: [],
        source: { kind: 'file', via: 'drop' },
        engine: 'embedded',
        imageReference: 'x',
        response: { file: 'r.json', method: 'POST', path: '/', status: 200, durationMs: 1 },
        crops: [],
      },
    ],
  });

/** A compressed ZIP, as another program would write it. */
async function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js');
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [name, content] of Object.entries(files)) {
    await writer.add(name, typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content));
  }
  return writer.close();
}
