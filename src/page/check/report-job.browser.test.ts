import { describe, expect, test } from 'vitest';
import type { ExportJob } from '#page/export/index.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import type { Detection } from '#shared/face.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { type ReportedPicture, reportFigures } from './model/report.ts';
import type { Verdict } from './model/verdict.ts';
import { type ReportItem, type ReportLook, reportJob } from './report-job.ts';

const SIZE = { width: 400, height: 300 };
const FACE = imageRect(100, 80, 80, 100);
const MISSED = imageRect(260, 80, 80, 100);
const JUMPER = imageRect(20, 200, 60, 60);

/** Stripes, which nothing covered shows any more. */
async function stripes(): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas');
  for (let x = 0; x < SIZE.width; x += 8) {
    context.fillStyle = (x / 8) % 2 === 0 ? '#fff' : '#000';
    context.fillRect(x, 0, 8, SIZE.height);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

const NOTHING_FOUND: Detection = {
  faces: [],
  unreadable: [],
  size: SIZE,
  warnings: [],
  media: { type: 'image', duration: 0 },
};

async function itemOf(title: string, verdicts: readonly (readonly [ImageRect, Verdict])[]): Promise<ReportItem> {
  const blob = await stripes();
  const picture: Picture = {
    id: title,
    order: 0,
    name: `${title}.png`,
    origin: { kind: 'file', via: 'drop' },
    blob,
    url: '',
    thumbnail: blob,
    thumbnailUrl: '',
    size: SIZE,
    changes: [],
    orientation: 1,
    warnings: [],
    sha256: 'a'.repeat(64),
  };
  const reported: ReportedPicture = {
    title,
    engine: 'embedded',
    from: undefined,
    size: SIZE,
    faces: verdicts.map(([bound, verdict], index) => ({ faceNo: index + 1, name: `face_${index}`, bound, verdict })),
    missed: [MISSED],
    notes: [],
    isDone: true,
    disputes: [],
    unplaced: 0,
  };
  return { picture, detection: NOTHING_FOUND, reported };
}

const WRONG: readonly (readonly [ImageRect, Verdict])[] = [
  [FACE, { kind: 'wrong', reason: 'wrong-size' }],
  [JUMPER, { kind: 'wrong', reason: 'not-a-face' }],
];

function jobOf(items: readonly ReportItem[], look: ReportLook): ExportJob {
  const reported = items.map((item) => item.reported);
  return reportJob(
    {
      title: 'Stripes',
      figures: reportFigures(reported, 0, undefined),
      truth: undefined,
      reviewers: [''],
      version: '0.1.0',
      checkedAt: undefined,
    },
    items,
    look,
    'stripes-check.html',
  );
}

/** The page as a browser reads it, and how many steps it took. */
async function made(job: ExportJob) {
  let steps = 0;
  for await (const { content } of job.files(new AbortController().signal, () => steps++)) {
    const text = content instanceof Blob ? await content.text() : content;
    return { page: new DOMParser().parseFromString(text, 'text/html'), steps };
  }
  throw new Error('No file');
}

/** How far the colours of the middle of a picture are apart, 0 to 255. */
async function contrastOf(image: HTMLImageElement): Promise<number> {
  const bitmap = await createImageBitmap(await (await fetch(image.src)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.drawImage(bitmap, 0, 0);
  // Within the box, which has three fifths of the height.
  const [width, height] = [Math.round(bitmap.width * 0.3), Math.round(bitmap.height * 0.3)];
  const { data } = context.getImageData((bitmap.width - width) / 2, (bitmap.height - height) / 2, width, height);
  const reds = data.filter((_, index) => index % 4 === 0);
  return Math.max(...reds) - Math.min(...reds);
}

const imagesIn = (page: Document) => [...page.querySelectorAll('img')];
/** A parsed page decodes nothing by itself. */
async function isShown({ src }: HTMLImageElement): Promise<boolean> {
  const image = new Image();
  image.src = src;
  await image.decode();
  return image.naturalWidth > 0;
}

describe('a report', () => {
  test('shows every wrong and missed face, and each picture, in one file', async () => {
    const { page, steps } = await made(
      jobOf([await itemOf('first', WRONG), await itemOf('second', [])], { isObscured: false, withAll: false }),
    );
    expect(steps).toBe(2);
    expect(imagesIn(page).map(({ alt }) => alt)).toEqual([
      'Wrong: face 1 of first, wrong size',
      'Wrong: face 2 of first, not a face',
      'Missed: a face without a box of first',
      'Missed: a face under face 1 of first',
      'Missed: a face without a box of second',
      'first, 2 faces found, 2 wrong, 2 missed',
      'second, 0 faces found, 1 missed',
    ]);
    expect(await Promise.all(imagesIn(page).map(isShown))).not.toContain(false);
    expect(await contrastOf(imagesIn(page)[0] ?? new Image())).toBeGreaterThan(200);
  });

  test('covers found and drawn faces in the pixels, and leaves what is no face to be seen', async () => {
    const { page } = await made(jobOf([await itemOf('first', WRONG)], { isObscured: true, withAll: false }));
    const [wrongSize, jumper, drawn] = await Promise.all(imagesIn(page).map(contrastOf));
    expect(wrongSize).toBeLessThan(90);
    expect(drawn).toBeLessThan(90);
    expect(jumper).toBeGreaterThan(200);
    expect(page.body.textContent).toContain('Faces were obscured; faces that were not found stay visible');
  });

  test('goes on without a picture that cannot be painted, and says so', async () => {
    const item = await itemOf('broken', WRONG);
    const broken: ReportItem = { ...item, picture: { ...item.picture, blob: new Blob(['no picture']) } };
    const { page } = await made(jobOf([broken, await itemOf('second', [])], { isObscured: true, withAll: false }));
    expect(page.body.textContent).toContain('This browser could not show the picture');
    expect(imagesIn(page)).toHaveLength(2);
  });

  test('ends where it is called off', async () => {
    const controller = new AbortController();
    const job = jobOf([await itemOf('first', WRONG), await itemOf('second', [])], { isObscured: false, withAll: true });
    const run = async () => {
      for await (const _ of job.files(controller.signal, () => controller.abort())) throw new Error('A file came');
    };
    await expect(run()).rejects.toThrow(/abort/i);
  });

  test('says how far it is, and what was saved', () => {
    const { words } = jobOf([], { isObscured: false, withAll: false });
    expect(words?.running(120, 200)).toBe('Report: 120 of 200 pictures');
    expect(words?.saved(4_300_000)).toBe('Report saved: stripes-check.html, 4.1 MB');
  });
});
