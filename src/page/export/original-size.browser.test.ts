import { beforeEach, describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { planAnnotations } from '#page/painting/model/annotation-plan.ts';
import { planObscuring } from '#page/painting/model/obscure-plan.ts';
import { paintInWorker } from '#page/painting/paint-in-worker.ts';
import type { PaintTask } from '#page/painting/protocol.ts';
import { preparePicture } from '#page/pictures/prepare/prepare-picture.ts';
import type { Original, Picture } from '#page/pictures/work-store.ts';
import { dismissAllToasts, toastsNow } from '#page/platform/notices.ts';
import { sha256Hex } from '#page/platform/sha256.ts';
import { type Face, faceId } from '#shared/face.ts';
import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import type { Inspection } from '#testing/picture-files/inspect-picture.ts';
import type { PictureRecipe } from '#testing/picture-files/recipe.ts';
import type { ExportItem } from './export-item.ts';
import { ExportError, type ExportFile } from './export-job.ts';
import { type ExportFormat, exportJob } from './formats.ts';

declare module 'vitest/internal/browser' {
  interface BrowserCommands {
    makePictureFile(recipe: PictureRecipe): Promise<string>;
    inspectPictureFile(base64: string): Promise<Inspection>;
  }
}

/** Upright size of what was handed over, and a size at which its boxes may have been measured. */
const ORIGINAL = { width: 1280, height: 960 } as const;
const SENT = { width: 640, height: 480 } as const;

async function fileOf(recipe: PictureRecipe): Promise<File> {
  const binary = atob(await commands.makePictureFile(recipe));
  return new File([Uint8Array.from(binary, (character) => character.charCodeAt(0))], 'a picture');
}

/** A face off every axis of symmetry, so that a wrong turn shows; in pixels of `SENT`. */
const FACE: Face = {
  id: faceId(1),
  faceNo: 1,
  name: 'face_0',
  rawBound: imageRect(60, 300, 120, 90),
  bound: imageRect(60, 300, 120, 90),
  partlyOutside: false,
  share: 0,
  cropUrl: undefined,
  featureUrl: undefined,
  resources: [],
  args: [],
};

const annotate = (to: Size): PaintTask => ({
  kind: 'annotate',
  plan: planAnnotations([FACE], SENT, to, { names: false }),
});

const paint = (source: Blob | Original, task: PaintTask) => paintInWorker(source, task, new AbortController().signal);

async function painted(source: Blob | Original, task: PaintTask): Promise<Blob> {
  const outcome = await paint(source, task);
  const [blob] = outcome.ok ? outcome.value.blobs : [];
  if (blob === undefined) throw new Error(`Nothing was painted: ${JSON.stringify(outcome)}`);
  return blob;
}

async function pixelsOf(blob: Blob) {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const { width, height } = bitmap;
  const at = (x: number, y: number) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
  return { width, height, at };
}

const rgbOf = (hex: string) => [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));

const COLOURS = { red: [220, 30, 30], green: [30, 180, 30], blue: [30, 30, 220], yellow: [230, 220, 40] } as const;
const nearest = (pixel: readonly number[]): string =>
  Object.entries(COLOURS)
    .map(([name, colour]) => [name, Math.hypot(...colour.map((value, at) => value - (pixel[at] ?? 0)))] as const)
    .reduce((best, next) => (next[1] < best[1] ? next : best))[0];

async function inspect(blob: Blob): Promise<Inspection> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return commands.inspectPictureFile(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
}

describe('painted at the size of the original', () => {
  const turned = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ format: 'jpeg', orientation }) as const);
  test.each([
    ...turned,
    { format: 'png', orientation: 6 } as const,
    { format: 'tiff', orientation: 8 } as const,
    { format: 'heic', orientation: 6 } as const,
  ])('$format of orientation $orientation: upright, the box where it belongs, nothing else kept', async (kind) => {
    const file = await fileOf({ ...ORIGINAL, ...kind, gps: kind.format === 'jpeg' || kind.format === 'heic' });
    const png = await painted({ file, size: ORIGINAL }, annotate(ORIGINAL));
    const { width, height, at } = await pixelsOf(png);
    expect({ width, height }).toEqual(ORIGINAL);
    const quarters = [0.25, 0.75].flatMap((y) => [0.4, 0.75].map((x) => nearest(at(x * width, y * height))));
    expect(quarters).toEqual(['red', 'green', 'blue', 'yellow']);

    // The face measured at half the size: each of its edges at twice its place, and nothing beside them.
    const color = rgbOf(faceColor(1));
    for (const [x, y] of [
      [240, 600],
      [240, 780],
      [120, 700],
      [360, 700],
    ] as const) {
      expect(at(x, y), `the edge at ${x}, ${y}`).toEqual(color);
    }
    for (const [x, y] of [
      [240, 690],
      [240, 800],
      [100, 700],
      [380, 700],
    ] as const) {
      expect(nearest(at(x, y)), `beside the edge at ${x}, ${y}`).toBe('blue');
    }
    expect(await inspect(png)).toMatchObject({ format: 'png', ...ORIGINAL, orientation: 1, metadata: [] });
  });

  test('a turned picture is covered and cut where its faces are', async () => {
    const original = { file: await fileOf({ ...ORIGINAL, format: 'jpeg', orientation: 6 }), size: ORIGINAL };
    const plan = planAnnotations([], SENT, ORIGINAL, { names: false });
    const steps = planObscuring([FACE], new Set(), SENT, ORIGINAL);
    const covered = await pixelsOf(await painted(original, { kind: 'obscure', plan, steps, with: 'pixelate' }));
    expect(nearest(covered.at(240, 690))).toBe('blue');
    const source = imageRect(120, 600, 240, 180);
    const crop = { source, output: { width: 240, height: 180 }, enlarged: false };
    const cut = await pixelsOf(await painted(original, { kind: 'crops', crops: [crop] }));
    expect([cut.width, cut.height, nearest(cut.at(120, 90))]).toEqual([240, 180, 'blue']);
  });

  test('preparing tells the size that the original is painted at', async () => {
    const file = await fileOf({ width: 3000, height: 5000, format: 'jpeg', orientation: 6 });
    const prepared = await preparePicture(file);
    expect(prepared.ok && prepared.value).toMatchObject({
      width: 2458,
      height: 4096,
      originalSize: { width: 3000, height: 5000 },
      originalOrientation: 6,
      originalSha256: await sha256Hex(new Uint8Array(await file.arrayBuffer())),
    });
    const size = { width: 3000, height: 5000 };
    expect(await createImageBitmap(await painted({ file, size }, { kind: 'redraw', size }))).toMatchObject(size);
  });

  test('a file that is another one by now is refused, not painted under the wrong boxes', async () => {
    const file = await fileOf({ ...SENT, format: 'jpeg' });
    const changed = await paint({ file, size: ORIGINAL }, annotate(ORIGINAL));
    expect(changed).toEqual({ ok: false, error: 'unreadable' });
    const emptied = await paint({ file: new Blob([]), size: ORIGINAL }, annotate(ORIGINAL));
    expect(emptied).toEqual({ ok: false, error: 'unreadable' });
  });

  test('one that no canvas of this browser holds is refused, not made smaller', async () => {
    const size = { width: 66_000, height: 300 };
    const file = await fileOf({ ...size, format: 'png' });
    expect(await paint({ file, size }, annotate(size))).toEqual({ ok: false, error: 'too-large' });
  });
});

describe('exporting originals', () => {
  beforeEach(dismissAllToasts);

  async function itemOf(name: string, original: Original | undefined): Promise<ExportItem> {
    const blob = await fileOf({ ...SENT, format: 'png' });
    const picture: Picture = {
      id: name,
      order: 0,
      name,
      origin: { kind: 'file', via: 'drop' },
      blob,
      url: '',
      thumbnail: blob,
      thumbnailUrl: '',
      size: SENT,
      changes: [],
      orientation: 1,
      warnings: [],
      sha256: name,
      original,
    };
    return {
      picture,
      engine: 'embedded',
      imageReference: name,
      detection: { faces: [FACE], unreadable: [], size: SENT, warnings: [], media: { type: 'image', duration: 0 } },
      exchange: { method: 'POST', path: '/', status: 200, durationMs: 0, body: '{}', requestId: undefined },
    };
  }

  async function filesOf(format: ExportFormat, items: readonly ExportItem[]): Promise<readonly ExportFile[]> {
    const job = exportJob(format, items, { names: false, obscureWith: 'blur', clear: new Set(), pixels: 'original' });
    const files: ExportFile[] = [];
    for await (const file of job.files(new AbortController().signal, () => {})) files.push(file);
    return files;
  }

  async function sizesOf(files: readonly ExportFile[]) {
    const bitmaps = files.map(({ content }) => createImageBitmap(content instanceof Blob ? content : new Blob()));
    return (await Promise.all(bitmaps)).map(({ width, height }) => ({ width, height }));
  }

  const held = async (): Promise<Original> => ({ file: await fileOf({ ...ORIGINAL, format: 'jpeg' }), size: ORIGINAL });
  const lost: Original = { file: new Blob([]), size: ORIGINAL };

  test('a batch takes them where they are held, what was sent elsewhere, and says where one was lost', async () => {
    const items = [await itemOf('a.png', await held()), await itemOf('b.png', undefined), await itemOf('c.png', lost)];
    expect(await sizesOf(await filesOf('annotated-png', items))).toEqual([ORIGINAL, SENT, SENT]);
    expect(toastsNow().map(({ title }) => title)).toEqual(['c.png was saved as sent']);
  });

  test('covered pictures, crops, SVG and data come at the same size, one choice for all', async () => {
    const item = await itemOf('a.png', await held());
    const handedOver = { path: 'holiday/a.png', size: ORIGINAL, orientation: 1, sha256: 'x' } as const;
    const items = [{ ...item, picture: { ...item.picture, handedOver } }];
    expect(await sizesOf(await filesOf('obscured-png', items))).toEqual([ORIGINAL]);
    expect(await sizesOf(await filesOf('crops', items))).toEqual([{ width: 240, height: 180 }]);
    const [svg] = await filesOf('annotated-svg', items);
    expect(svg?.content).toMatch(/viewBox="0 0 1280 960"/);
    const [csv] = await filesOf('csv', items);
    expect(csv?.content).toContain('\ufeffpicture,');
    expect(csv?.content).toContain('holiday/a.png,1280,960,1,face_0,120,600,240,180');
  });

  test('two pictures of one name are told apart in data, and that is said', async () => {
    const items = [await itemOf('IMG  0042.JPG', undefined), await itemOf('IMG  0042.JPG', undefined)];
    const [coco] = await filesOf('coco', items);
    expect(coco?.content).toContain('"IMG  0042.JPG"');
    expect(coco?.content).toContain('"IMG  0042 (2).JPG"');
    expect(toastsNow()).toMatchObject([{ title: 'Two pictures are called IMG  0042.JPG', tone: 'note' }]);
    const voc = await filesOf('voc', items);
    expect(voc.map(({ name }) => name)).toEqual(['IMG 0042.xml', 'IMG 0042-2.xml']);
    expect(voc[1]?.content).toContain('<filename>IMG  0042 (2).JPG</filename>');
  });

  test('a single one that is lost is no file, but a sentence and the offer to save what was sent', async () => {
    const items = [await itemOf('c.png', lost)];
    const failure = await filesOf('annotated-png', items).catch((error: unknown) => error);
    if (!(failure instanceof ExportError)) throw new Error('Did not fail in words');
    expect(failure.message).toContain('can no longer be read');
    expect(failure.instead?.label).toBe('Save as sent');
    const files: ExportFile[] = [];
    for await (const file of failure.instead?.job.files(new AbortController().signal, () => {}) ?? []) files.push(file);
    expect(await sizesOf(files)).toEqual([SENT]);
  });
});
