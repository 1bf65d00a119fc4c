import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { exportedAs, unzip } from '../fixtures/exports.ts';
import { Facebound, type HandedFile } from '../fixtures/facebound-page.ts';
import { drawnJpeg, groupOf, sidewaysJpeg } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { tellFaces } from '../fixtures/told-faces.ts';

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
      return (Konva?.stages ?? []).flatMap((stage) => stage.find('.box').map((box) => box.getClientRect()));
    }),
    crops: await facebound.faces
      .locator('img')
      .evaluateAll((images) => images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))),
    request,
    response,
  };
}

const asFile = (name: string, bytes: Uint8Array): HandedFile => ({ name, type: '', bytes });

/** Files of boxes beside pictures are an answer, or what answers are compared with. */
const showAsAnswer = (page: Page) => page.getByRole('button', { name: 'Show as an answer' }).click();

test('saved as one file, or as COCO with its picture, and opened elsewhere it is the same page, without a call', async ({
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

  await test.step('the file holds no token', async () => {
    const cookies = await page.context().cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const [name, bytes] of await unzip(saved.bytes)) {
      expect(bytes.toString('latin1'), name).not.toMatch(/bearer|authorization|cookie/i);
      for (const { value } of cookies) expect(bytes.includes(value), name).toBe(false);
    }
  });

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

  await test.step('switching the engine sends nothing of it anywhere', async () => {
    await otherPage.getByRole('radio', { name: 'Kling' }).click();
    await expect(otherPage.getByRole('radio', { name: 'Kling' })).toBeChecked();
    await other.expectFaces(5);
    await expect(otherPage.getByRole('contentinfo').getByText('embedded')).toBeVisible();
    await otherPage.getByRole('radio', { name: 'Embedded' }).click();
  });

  await test.step('a COCO document and its picture, exported, are the same', async () => {
    const third = new Facebound(await elsewhere.newPage());
    await third.open();
    const triedThere = await withoutServer(third.page);
    await third.drop(asFile('coco.json', coco.bytes), picture);
    await showAsAnswer(third.page);
    await third.expectFaces(5);
    expect((await exportedAs(third.page, /^COCO/)).bytes.equals(coco.bytes)).toBe(true);
    // Nobody answered: no status, no time, no engine, and no call to repeat.
    for (const reloaded of [false, true]) {
      if (reloaded) await third.reload();
      await third.expectFaces(5);
      await expect(third.inspector.getByText('from a COCO file')).toBeVisible();
      await expect(third.inspector.getByText(/200|\bms\b/)).toHaveCount(0);
      const statusLine = third.page.getByRole('contentinfo');
      await expect(statusLine.getByText('from a COCO file, nothing was sent')).toBeVisible();
      await expect(statusLine.getByText(/embedded|\bms\b/)).toHaveCount(0);
      await third.inspector.getByRole('tab', { name: 'Request' }).click();
      await expect(third.inspector.getByText('No call has been made for this picture.')).toBeVisible();
    }
    expect(triedThere).toEqual([]);
  });
  expect(tried).toEqual([]);
  await elsewhere.close();
});

test('a bare response, or one in another program’s wrapping, and its picture are shown without a call', async ({
  facebound,
  page,
}) => {
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
  const first = { ...reply, faceItems: reply.faceItems.slice(0, 1) };
  await facebound.drop(picture, asFile('n8n.json', Buffer.from(JSON.stringify([{ json: { body: first } }]))));
  await facebound.expectFaces(1);
  expect(tried).toEqual([]);
});

test('boxes of other kinds are never taken for faces unasked', async ({ facebound, page }) => {
  const picture = await drawnJpeg('team.jpg', groupOf(3));
  const cocoOf = (...names: readonly string[]) => {
    const document = {
      images: [{ id: 1, width: 1600, height: 1000, file_name: 'team.jpg' }],
      categories: names.map((name, id) => ({ id, name })),
      annotations: names.map((_, id) => ({ image_id: '1', category_id: id, bbox: [100 + 300 * id, 120, 200, 240] })),
    };
    return asFile('boxes.json', Buffer.from(JSON.stringify(document)));
  };
  await facebound.open();
  const tried = await withoutServer(page);
  await facebound.drop(picture, cocoOf('Face', 'dog', 'bottle'));
  await showAsAnswer(page);
  await facebound.expectFaces(1);
  const offer = page.getByRole('status').filter({ hasText: 'only its faces were taken' });
  await expect(offer).toContainText('1 box of “dog”, 1 of “bottle”');
  await facebound.expectNoAxeViolations();
  await offer.getByRole('button', { name: 'Take them as faces' }).click();
  await facebound.expectFaces(3);
  await expect(facebound.pictures.getByRole('button', { name: /^team\.jpg/ })).toHaveCount(1);

  await test.step('where nothing is called a face, the person says what it is', async () => {
    await facebound.drop({ ...picture, name: 'pair.jpg' }, cocoOf('person', 'head'));
    await showAsAnswer(page);
    const question = page.getByRole('alertdialog', { name: 'Are these boxes faces?' });
    await expect(question).toContainText('boxes.json holds 1 box of “person”, 1 of “head”.');
    await facebound.expectNoAxeViolations();
    await question.getByRole('button', { name: 'Yes, take them as faces' }).click();
    await expect(facebound.pictures.getByRole('button', { name: /^pair\.jpg, 2 faces$/ })).toBeVisible();
  });
  expect(tried).toEqual([]);
});

test('a saved result opens however people and their programs packed it, and beside its own picture', async ({
  facebound,
  page,
  browser,
  server,
}, testInfo) => {
  const original = await sidewaysJpeg('IMG  0042 größe.JPG', groupOf(2), 4480);
  const boxes = [0, 1].map((index) => ({ x: 700 + index * 1500, y: 800, width: 401, height: 533 }));
  await tellFaces(page, boxes, { width: 4096, height: 2560 });
  await facebound.open();
  await facebound.drop(original);
  await facebound.expectFaces(2);
  const coco = await exportedAs(page, /^COCO/);
  const saved = await exportedAs(page, /^Response and picture/);
  const files = await unzip(saved.bytes);
  const named = (rename: (name: string) => string) =>
    Object.fromEntries([...files].map(([name, bytes]) => [rename(name), bytes]));
  const junk = { '__MACOSX/team.facebound/._manifest.json': 'x', 'team.facebound/.DS_Store': 'x' };

  const expectSame = async (handOver: (other: Facebound) => Promise<void>) => {
    const elsewhere = await browser.newContext({ baseURL: server.origin, viewport: page.viewportSize() });
    const other = new Facebound(await elsewhere.newPage());
    await other.open();
    const tried = await withoutServer(other.page);
    await handOver(other);
    await other.expectFaces(2);
    await expect(other.pictures.getByRole('button', { name: /2 faces$/ })).toHaveCount(1);
    expect((await exportedAs(other.page, /^COCO/)).bytes.equals(coco.bytes)).toBe(true);
    expect(tried).toEqual([]);
    await expect(other.alerts).toHaveCount(0);
    await elsewhere.close();
  };
  const packed = async (contents: Readonly<Record<string, string | Uint8Array>>) =>
    asFile('Archive.zip', await zipOf(contents));

  await test.step('unpacked by Safari, dropped as a folder', () =>
    expectSame(async (other) => {
      const folder = testInfo.outputPath('team.facebound');
      for (const [name, bytes] of files) {
        const path = join(folder, name.normalize('NFD'));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, bytes);
      }
      await other.dropPaths(folder);
    }));
  await test.step('zipped again with its folder, by the Finder', () =>
    expectSame(async (other) =>
      other.drop(await packed({ ...named((name) => `team.facebound/${name.normalize('NFD')}`), ...junk })),
    ));
  await test.step('with backslashes, by Windows', () =>
    expectSame(async (other) =>
      other.drop(await packed(named((name) => `my files\\team\\${name.replaceAll('/', '\\')}`))),
    ));
  await test.step('packed once more as it is', () =>
    expectSame(async (other) => other.drop(await packed({ 'team.facebound.zip': saved.bytes }))));
  await test.step('together with the picture that it was made from', () =>
    expectSame((other) => other.drop(original, asFile('team.facebound.zip', saved.bytes))));
  await test.step('and so does the COCO document with that picture', () =>
    expectSame(async (other) => {
      await other.drop(original, asFile('coco.json', coco.bytes));
      await showAsAnswer(other.page);
    }));
});

test('what cannot be opened is refused in words', async ({ facebound }) => {
  const { bytes } = await drawnJpeg('team.jpg', groupOf(2));
  await facebound.open();

  await test.step('a response without its picture', async () => {
    await facebound.drop(asFile('lonely.json', Buffer.from('{"status":0,"faceItems":[],"mediaInfo":{}}')));
    await facebound.expectAlert(/lonely\.json/, /without its picture/, /together/);
  });

  await test.step('a ZIP of something else', async () => {
    await facebound.drop(asFile('holiday.zip', await zipOf({ 'notes.txt': 'Shopping' })));
    await facebound.expectAlert(/holiday\.zip/);
  });

  await test.step('a file that was changed after it was saved', async () => {
    const manifest = manifestFor('0'.repeat(64));
    await facebound.drop(
      asFile('x.facebound.zip', await zipOf({ 'manifest.json': manifest, 'p.jpg': bytes, 'r.json': '{}' })),
    );
    await facebound.expectAlert(/could not be opened/, /damaged/);
  });

  await test.step('a bomb: a response that unpacks to far more than it says', async () => {
    const manifest = manifestFor(createHash('sha256').update(bytes).digest('hex'));
    const bomb = ' '.repeat(17 * 1024 * 1024);
    // Three notices at once are enough; the others would be folded away.
    await facebound.open();
    await facebound.drop(
      asFile('bomb.facebound.zip', await zipOf({ 'manifest.json': manifest, 'p.jpg': bytes, 'r.json': bomb })),
    );
    await facebound.expectAlert(/could not be opened/, /more than a page can hold/);
  });

  await test.step('a file of a newer version', async () => {
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
