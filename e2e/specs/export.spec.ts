import { rm, writeFile } from 'node:fs/promises';
import { parse as parseCsv } from 'csv-parse/sync';
import sharp from 'sharp';
import { z } from 'zod';
import { faceColor } from '#shared/palette.ts';
import {
  chooseExport,
  detectionOf,
  exportedAs,
  hasColorNear,
  isNearColor,
  pixelsOf,
  savedBy,
  unzip,
  withoutSavePicker,
} from '../fixtures/exports.ts';
import { drawnJpeg, drawnPng, emptyLandscape, groupOf, sidewaysJpeg } from '../fixtures/pictures.ts';
import { expect, test } from '../fixtures/test.ts';
import { crowdOf, plainPicture, tellFaces } from '../fixtures/told-faces.ts';

test('one picture leaves in every form, and other programs read them', async ({ facebound, page }) => {
  test.slow();
  const picture = await drawnPng('team.png', groupOf(5));
  await facebound.open();
  const { faces } = await detectionOf(page, () => facebound.drop(picture));
  await facebound.expectFaces(5);
  const source = await pixelsOf(picture.bytes);

  await test.step('annotated PNG: the size of the picture, its pixels, and every box where it belongs', async () => {
    const { name, bytes } = await exportedAs(page, /^Annotated PNG(?!,)/);
    expect(name).toBe('team-annotated.png');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1600, height: 1000 });
    const drawn = await pixelsOf(bytes);
    for (const { faceNo, bound } of faces) {
      const [middleX, middleY] = [bound.x + bound.width / 2, bound.y + bound.height / 2];
      const color = faceColor(faceNo);
      expect(hasColorNear(drawn, middleX, bound.y, color), `upper edge of face ${faceNo}`).toBe(true);
      expect(hasColorNear(drawn, bound.x, middleY, color), `left edge of face ${faceNo}`).toBe(true);
      expect(hasColorNear(drawn, bound.x + bound.width, middleY, color), `right edge of face ${faceNo}`).toBe(true);
      expect(drawn.at(middleX, middleY)).toBe(source.at(middleX, middleY));
    }
    for (const [x, y] of [
      [0, 0],
      [1599, 0],
      [0, 999],
      [1599, 999],
    ] as const) {
      expect(drawn.at(x, y), 'no padding').toBe(source.at(x, y));
    }
  });

  await test.step('annotated SVG: stands by itself and shows the same', async () => {
    const { name, bytes } = await exportedAs(page, /^Annotated SVG/);
    expect(name).toBe('team-annotated.svg');
    expect(bytes.toString()).not.toMatch(/(?:href|src)="(?!data:)/);
    const drawn = await pixelsOf(await sharp(bytes).png().toBuffer());
    expect([drawn.width, drawn.height]).toEqual([1600, 1000]);
    for (const { faceNo, bound } of faces) {
      expect(hasColorNear(drawn, bound.x + bound.width / 2, bound.y, faceColor(faceNo))).toBe(true);
    }
  });

  await test.step('crops: a ZIP, named by faceNo, cut at the boxes', async () => {
    const { name, bytes } = await exportedAs(page, /^Crops of all faces/);
    expect(name).toBe('team-crops.zip');
    const files = await unzip(bytes);
    expect([...files.keys()]).toEqual(faces.map(({ faceNo }) => `team/face-${faceNo}.png`));
    for (const { faceNo, bound } of faces) {
      const crop = await sharp(files.get(`team/face-${faceNo}.png`)).metadata();
      expect(Math.abs(crop.width - bound.width)).toBeLessThanOrEqual(1);
      expect(Math.abs(crop.height - bound.height)).toBeLessThanOrEqual(1);
    }
  });

  await test.step('JSON, CSV, COCO, YOLO and Pascal VOC, all with the same faces', async () => {
    const json = await exportedAs(page, /^Raw JSON/);
    expect(json.name).toBe('team-faces.json');
    expect(JSON.parse(json.bytes.toString())).toHaveProperty('faceItems.4.name', 'face_4');

    const csv = await exportedAs(page, /^CSV/);
    expect(csv.bytes.subarray(0, 3).toString('hex'), 'a byte order mark').toBe('efbbbf');
    const rows = z.array(z.record(z.string(), z.string())).parse(parseCsv(csv.bytes, { columns: true, bom: true }));
    expect(rows[0]?.['picture']).toBe('team.png');
    expect(rows.map((row) => [Number(row['face_no']), Number(row['x']), Number(row['width'])])).toEqual(
      faces.map(({ faceNo, bound }) => [faceNo, bound.x, bound.width]),
    );

    const coco = await exportedAs(page, /^COCO/);
    const { annotations } = z
      .object({ annotations: z.array(z.object({ bbox: z.array(z.number()) })) })
      .parse(JSON.parse(coco.bytes.toString()));
    expect(annotations.map(({ bbox }) => bbox)).toEqual(
      faces.map(({ bound: { x, y, width, height } }) => [x, y, width, height]),
    );

    const yolo = await unzip((await exportedAs(page, /^YOLO/)).bytes);
    expect(yolo.get('classes.txt')?.toString()).toBe('face\n');
    expect(yolo.get('labels/team.txt')?.toString().trim().split('\n')).toHaveLength(5);

    const voc = await exportedAs(page, /^Pascal VOC/);
    const objects = await page.evaluate((xml) => {
      const read = new DOMParser().parseFromString(xml, 'application/xml');
      if (read.querySelector('parsererror') !== null) return undefined;
      return [...read.querySelectorAll('annotation > object > bndbox')].map((box) =>
        ['xmin', 'ymin', 'xmax', 'ymax'].map((tag) => Number(box.querySelector(tag)?.textContent)),
      );
    }, voc.bytes.toString());
    expect(objects).toEqual(
      faces.map(({ bound: { x, y, width, height } }) => [x + 1, y + 1, x + width, y + height].map(Math.round)),
    );
  });

  await test.step('keys open the menu, walk it and save', async () => {
    await page.keyboard.press('e');
    await expect(page.getByRole('menu', { name: 'Export' })).toBeVisible();
    await facebound.expectNoAxeViolations();
    const { name } = await savedBy(page, async () => {
      await page.keyboard.type('csv');
      await expect(page.getByRole('menuitem', { name: /^CSV/ })).toBeFocused();
      await page.keyboard.press('Enter');
    });
    expect(name).toBe('team-faces.csv');
    await expect(page.getByRole('status').filter({ hasText: 'Saved team-faces.csv' })).toBeVisible();
  });

  await test.step('others blurred: the chosen face keeps its pixels, the others lose theirs', async () => {
    await facebound.clickFace(2);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Blocks instead of blur' }).click();
    await chooseExport(page, /^Annotated PNG, other found faces in blocks.*not face 2/);
    const check = page.getByRole('dialog', { name: 'Annotated PNG, other found faces in blocks' });
    await expect(check.getByRole('img', { name: 'The picture as it will be covered' })).toBeVisible();
    await facebound.expectNoAxeViolations();
    const { name, bytes } = await savedBy(page, () => check.getByRole('button', { name: 'Save PNG' }).click());
    expect(name).toBe('team-face-2-clear-4-found-faces-in-blocks.png');
    await expect(check).toBeHidden();
    const drawn = await pixelsOf(bytes);
    for (const { faceNo, bound } of faces) {
      const inner: string[] = [];
      let same = 0;
      for (let y = bound.y + bound.height * 0.3; y < bound.y + bound.height * 0.7; y++) {
        for (let x = bound.x + bound.width * 0.3; x < bound.x + bound.width * 0.7; x++) {
          inner.push(drawn.at(x, y));
          if (drawn.at(x, y) === source.at(x, y)) same += 1;
        }
      }
      if (faceNo === 2) expect(same).toBe(inner.length);
      else expect(new Set(inner).size, `colours left in face ${faceNo}`).toBeLessThanOrEqual(36);
    }
  });

  await test.step('one crop: square, and large enough for the vendor', async () => {
    await facebound.clickFace(3);
    await page.getByRole('toolbar', { name: 'Face actions' }).getByRole('button', { name: 'Save crop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Crop of face 3' });
    await dialog.getByRole('slider', { name: 'Room around the face' }).fill('50');
    await dialog.getByRole('checkbox', { name: 'Square' }).check();
    await facebound.expectNoAxeViolations();
    const { name, bytes } = await savedBy(page, () => dialog.getByRole('button', { name: 'Save crop' }).click());
    expect(name).toBe('team-face-3.png');
    const { width, height } = await sharp(bytes).metadata();
    expect(width).toBe(height);
    expect(width).toBeGreaterThanOrEqual(300);
    expect(bytes.length).toBeLessThanOrEqual(10 * 1024 * 1024);
  });
});

test('linked, hostile, empty and shrunk pictures are exported like any other', async ({
  facebound,
  page,
  pictureHost,
}, testInfo) => {
  const openPicture = async (name: RegExp) => {
    const tile = facebound.pictures.getByRole('button', { name });
    await expect(tile).toBeVisible();
    await tile.click();
  };
  await facebound.open();

  await test.step('a linked picture', async () => {
    const picture = await drawnPng('linked.png', groupOf(3));
    await facebound.link(pictureHost.serve('linked.png', picture.bytes, 'image/png'));
    await facebound.expectFaces(3);
    const { bytes } = await exportedAs(page, /^Annotated PNG(?!,)/);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 1600, height: 1000 });
  });

  await test.step('a hostile name becomes a harmless one', async () => {
    await facebound.drop(await drawnJpeg('../..\\=evil\u202Egnp<b>.jpg', groupOf(2)));
    await openPicture(/evil.*2 faces/);
    await facebound.expectFaces(2);
    const { name } = await exportedAs(page, /^CSV/);
    expect(name).toMatch(/^[^\\/<>\u202e]+-faces\.csv$/);
  });

  await test.step('a picture without faces', async () => {
    await facebound.drop(await emptyLandscape());
    await openPicture(/^landscape.*0 faces/);
    await expect(page.getByText(/no face/i).first()).toBeVisible();
    const { name, bytes } = await exportedAs(page, /^Annotated PNG(?!,)/);
    expect(name).toBe('landscape-annotated.png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 900, height: 600 });
  });

  await test.step('a large one from a camera held sideways: upright at its own size, as sent, or as it is stored', async () => {
    const { name, bytes } = await sidewaysJpeg('camera.jpg', groupOf(3), 4480);
    const path = testInfo.outputPath(name);
    await writeFile(path, bytes);
    const { faces } = await detectionOf(page, () => facebound.dropPaths(path));
    await openPicture(/^camera.*3 faces/);
    await facebound.expectFaces(3);
    const asSent = { format: 'png', width: 4096, height: 2560 };
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('menuitemradio', { name }).click();
    };
    const coco = async () => parseCoco((await exportedAs(page, /^COCO/)).bytes);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Original size, 4480 × 2800 px' })).toBeChecked();
    await expect(page.getByText('EXIF turns this file (orientation 6).')).toBeVisible();
    await facebound.expectNoAxeViolations();
    const upright = await coco();
    expect(upright.images).toEqual([{ id: 1, width: 4480, height: 2800, file_name: 'camera.jpg' }]);
    await choose('Data as stored in the file, 2800 × 4480 px');
    const stored = await coco();
    expect(stored.images).toMatchObject([{ width: 2800, height: 4480, file_name: 'camera.jpg' }]);
    // Orientation 6: the upright left edge is the stored lower one.
    const turned = upright.annotations.map(({ bbox: [x, y, w, h] }) => [y, 4480 - x - w, h, w]);
    expect(stored.annotations.map(({ bbox }) => bbox.map(Math.round))).toEqual(
      turned.map((box) => box.map(Math.round)),
    );
    await choose('As sent, 4096 × 2560 px');
    expect((await coco()).annotations.map(({ bbox }) => bbox)).toEqual(
      faces.map(({ bound: { x, y, width, height } }) => [x, y, width, height]),
    );
    expect(await sharp((await exportedAs(page, /^Annotated PNG as sent/)).bytes).metadata()).toMatchObject(asSent);
    await choose('Original size, 4480 × 2800 px');
    const original = await exportedAs(page, /^Annotated PNG original size/);
    expect(original.name).toBe('camera-annotated.png');
    const { width, height, exif, orientation } = await sharp(original.bytes).metadata();
    expect({ width, height, exif, orientation }).toEqual({ width: 4480, height: 2800 });
    const drawn = await pixelsOf(original.bytes);
    const source = await pixelsOf(await sharp(bytes).autoOrient().png({ compressionLevel: 0 }).toBuffer());
    const scale = 4480 / 4096;
    for (const { faceNo, bound } of faces) {
      const [left, top] = [bound.x * scale, bound.y * scale];
      const [right, bottom] = [left + bound.width * scale, top + bound.height * scale];
      const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
      const edges = [
        [middleX, top],
        [middleX, bottom],
        [left, middleY],
        [right, middleY],
      ] as const;
      for (const [x, y] of edges) expect(hasColorNear(drawn, x, y, faceColor(faceNo)), `face ${faceNo}`).toBe(true);
      expect(isNearColor(drawn.at(middleX, middleY), source.at(middleX, middleY)), `face ${faceNo}`).toBe(true);
    }

    // The file is gone by now: a sentence, and what was sent.
    await rm(path);
    await chooseExport(page, /^Annotated PNG original size/);
    const notice = page.getByRole('alert').filter({ hasText: 'The original of camera.jpg can no longer be read' });
    const instead = await savedBy(page, () => notice.getByRole('button', { name: 'Save as sent' }).click());
    expect(await sharp(instead.bytes).metadata()).toMatchObject(asSent);

    // The original's bytes are held for this visit only; what data needs of it stays.
    await facebound.reload();
    await facebound.expectFaces(3);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('menuitem', { name: 'Annotated PNG as sent' })).toBeVisible();
    await expect(page.getByText('Pictures leave as sent where the page no longer has the file.')).toBeVisible();
    expect(await coco()).toEqual(upright);
  });
});

test('a batch comes as one file, goes straight to disk where the browser can, and can be cancelled', async ({
  facebound,
  page,
}) => {
  await facebound.open();
  await facebound.drop(await drawnJpeg('team.jpg', groupOf(4)), await drawnJpeg('pair.jpg', groupOf(2, 'pair')));
  for (const name of [/^team.*4 faces/, /^pair.*2 faces/]) {
    await expect(facebound.pictures.getByRole('button', { name })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'All 2 pictures' }).click();

  await test.step('pictures as one ZIP, data as one document', async () => {
    await withoutSavePicker(page);
    const zip = await exportedAs(page, /^Annotated PNG(?!,)/);
    const files = await unzip(zip.bytes);
    expect([...files.keys()].toSorted()).toEqual(['pair-annotated.png', 'team-annotated.png']);
    for (const file of files.values()) expect(await sharp(file).metadata()).toMatchObject({ width: 1600 });
    const csv = await exportedAs(page, /^CSV/);
    expect(csv.bytes.toString().trim().split('\r\n')).toHaveLength(1 + 6);
  });

  await test.step('straight to disk', async () => {
    // A real file of the browser's own file system stands for the one that a person would choose.
    await page.evaluate(() => {
      const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
        const root = await navigator.storage.getDirectory();
        return root.getFileHandle(suggestedName, { create: true });
      };
      Object.assign(window, { showSaveFilePicker });
    });
    await chooseExport(page, /^Crops of all faces/);
    await expect(page.getByRole('status').filter({ hasText: 'Saved facebound-2-pictures-crops.zip' })).toBeVisible();
    const bytes = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle('facebound-2-pictures-crops.zip');
      return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    });
    expect([...(await unzip(Uint8Array.from(bytes))).keys()]).toHaveLength(6);
  });

  await test.step('cancelled, and nothing is left behind', async () => {
    await page.evaluate(() => {
      const outcome = { aborted: false };
      let goOn: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      // A disk that takes its time: a stream is called off only when what is being written has been written.
      const writable = new WritableStream({
        write: () => held,
        abort: () => {
          outcome.aborted = true;
        },
      });
      Object.assign(window, { outcome, goOn });
      Object.assign(window, { showSaveFilePicker: async () => ({ createWritable: async () => writable }) });
    });
    await chooseExport(page, /^Annotated PNG(?!,)/);
    await expect(page.getByRole('progressbar', { name: 'Export' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Export cancelled' })).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Export' })).toBeHidden();
    await page.evaluate(() => Reflect.get(window, 'goOn')());
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'outcome'))).toEqual({ aborted: true });
  });
});

test('covering faces says of itself that it covers what was found, and shows it before it is saved', async ({
  facebound,
  page,
}) => {
  const stays = (pictures: string) => `A face that was not found stays visible: check the ${pictures}`;
  await tellFaces(page, crowdOf(28));
  await facebound.open();
  await facebound.drop(await plainPicture('crowd.jpg'));
  await facebound.expectFaces(28);
  const menu = page.getByRole('menu', { name: 'Export' });
  const item = menu.getByRole('menuitem', { name: /^Annotated PNG, (other )?found faces/ });
  const check = page.getByRole('dialog', { name: /^Annotated PNG, (other )?found faces/ });
  const openMenu = () => page.getByRole('button', { name: 'Export', exact: true }).click();

  await test.step('all of them: in the menu, in the dialog, in the name of the file', async () => {
    await openMenu();
    await expect(item).toContainText(`28 found faces blurred. ${stays('picture')}`);
    await expect(menu.getByText(/\ball blurred/)).toBeHidden();
    await facebound.expectNoAxeViolations();
    await item.click();
    await expect(check).toHaveAccessibleDescription(`28 found faces blurred. ${stays('picture')}.`);
    await page.keyboard.press('Escape');
    await expect(check).toBeHidden();
    await openMenu();
    await item.click();
    const { name, bytes } = await savedBy(page, () => page.keyboard.press('Enter'));
    expect(name).toBe('crowd-28-found-faces-blurred.png');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1200, height: 800 });
  });

  await test.step('all but the chosen ones', async () => {
    await facebound.clickFace(3);
    await openMenu();
    await expect(item).toContainText(`27 other found faces blurred. ${stays('picture')}`);
    await item.click();
    const { name } = await savedBy(page, () => check.getByRole('button', { name: 'Save PNG' }).click());
    expect(name).toBe('crowd-face-3-clear-27-found-faces-blurred.png');
  });

  await test.step('a batch', async () => {
    await withoutSavePicker(page);
    await page.unroute('**/images/recognize-faces*');
    await tellFaces(page, []);
    await facebound.drop(await plainPicture('nobody.jpg', '#335577'));
    await expect(facebound.pictures.getByRole('button', { name: /^nobody.*0 faces/ })).toBeVisible();
    await openMenu();
    // Where nothing was found, nothing can be covered.
    await expect(item).toBeDisabled();
    await expect(item).toContainText(`Nothing is blurred: no face was found. ${stays('picture')}`);
    await page.getByRole('menuitemradio', { name: 'All 2 pictures' }).click();
    await expect(item).toContainText(`28 found faces of 2 pictures blurred. ${stays('pictures')}`);
    await item.click();
    const { name, bytes } = await savedBy(page, () => check.getByRole('button', { name: 'Save ZIP' }).click());
    expect(name).toBe('facebound-2-pictures-found-faces-blurred.zip');
    expect([...(await unzip(bytes)).keys()]).toEqual([
      'crowd-28-found-faces-blurred.png',
      'nobody-0-found-faces-blurred.png',
    ]);
  });
});

const cocoFile = z.object({
  images: z.array(z.looseObject({ file_name: z.string() })),
  annotations: z.array(z.object({ bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]) })),
});
const parseCoco = (bytes: Buffer) => cocoFile.parse(JSON.parse(bytes.toString()));
