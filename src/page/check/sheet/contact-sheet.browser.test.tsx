import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { onTaken, undoStep, undoStore } from '#page/pictures/undo-stack.ts';
import { EMPTY_WORK, type Picture, withPictures, workStore } from '#page/pictures/work-store.ts';
import { createQueryClient } from '#page/platform/query-client.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import type { Face } from '#shared/face.ts';
import { imageRect } from '#shared/geometry/spaces.ts';
import { faceAt } from '#testing/face-at.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { goOnChecking, wayOfChecking } from '../check-mode.ts';
import { checkStore, sheetStore } from '../check-state.ts';
import { useCheckedPictures } from '../use-checked-pictures.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { forgetCrops } from './crops.ts';
import { filterSheet, reopenPage } from './sheet-store.ts';

const SESSION: EngineSession = {
  engine: 'embedded',
  credentialId: 'server',
  email: undefined,
  needsAccount: false,
  canAsk: true,
};
const SIZE = { width: 1000, height: 800 };
const WINDOW = { width: 1000, height: 560 };

const onReport = vi.fn<() => void>();
let mounted: Mounted | undefined;
let drawn: Blob;

/** Faces in rows. The first of each picture is narrow, the second at the edge. */
const facesOf = (count: number): readonly Face[] =>
  Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / 10);
    const bound =
      index === 0
        ? imageRect(60, 60, 40, 160)
        : index === 1
          ? imageRect(940, 60, 60, 70)
          : imageRect(60 + (index % 10) * 80, 60 + row * 90, 60, 70);
    return faceAt(index + 1, bound);
  });

/** A picture with an answer of its own, of which nobody is asked. */
const pictureOf = (number: number, faces: number, blob = drawn): Picture => ({
  id: `id-${number}`,
  order: number,
  name: `${number}.jpg`,
  origin: {
    kind: 'replay',
    saved: {
      engine: 'embedded',
      detection: {
        faces: facesOf(faces),
        unreadable: [],
        size: SIZE,
        warnings: [],
        media: { type: 'image', duration: 0 },
      },
      exchange: { method: 'POST', path: '/', status: 200, durationMs: 1, body: '{}', requestId: undefined },
      imageReference: `${number}.jpg`,
      source: { kind: 'file', via: 'drop' },
      crops: new Map(),
    },
  },
  blob,
  url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
  thumbnail: blob,
  thumbnailUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
  size: SIZE,
  changes: [],
  orientation: 1,
  warnings: [],
  sha256: number.toString(16).padStart(64, '0'),
});

onTaken(({ what, step }) => {
  if (what === 'undone') reopenPage(step);
});
const goBack = (): void => undoStep();

function Sheet() {
  const all = useCheckedPictures(SESSION);
  return <ContactSheet all={all} version="0.1.0" onHelp={() => undefined} onReport={onReport} />;
}

async function show(pictures: readonly Picture[], size = WINDOW): Promise<void> {
  workStore.setState({ ...EMPTY_WORK, ...withPictures(EMPTY_WORK, pictures), openId: 'id-1' });
  mounted = mount(
    <QueryClientProvider client={createQueryClient()}>
      <Sheet />
    </QueryClientProvider>,
    size,
  );
  await expect.element(page.getByRole('toolbar', { name: 'Which faces' })).toBeVisible();
}

const list = () => page.getByRole('listbox', { name: 'Faces' });
const crop = (name: string | RegExp) => list().getByRole('option', { name });
const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')];
const main = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const chip = (name: string) => page.getByRole('toolbar', { name: 'Which faces' }).getByRole('button', { name });
/** Number and state of the crop that the keys are at. */
const active = () => {
  const id = list().element().getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.getAttribute('aria-label')?.split(', ').slice(0, 2).join(', ');
};
/** Shows the end of the page, by and by, as a person who looks at everything does: until each crop is there, not its place. */
async function lookAtAll(): Promise<void> {
  const scroller = list().element();
  for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight / 2) {
    scroller.scrollTop = top;
    const inView = () =>
      options().filter((option) => {
        const { top: above, bottom } = option.getBoundingClientRect();
        const room = scroller.getBoundingClientRect();
        return above >= room.top && bottom <= room.bottom;
      });
    await expect
      .poll(() => [...new Set(inView().map(({ dataset }) => sheetStore.getState().seen.get(dataset['crop'] ?? '')))])
      .toEqual(['crop']);
  }
}

beforeEach(async () => {
  await page.viewport(WINDOW.width, WINDOW.height);
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.fillStyle = '#a0522d';
    context.fillRect(0, 0, SIZE.width, SIZE.height);
  }
  drawn = await canvas.convertToBlob({ type: 'image/jpeg' });
  checkStore.setState({ status: 'ready', records: new Map(), loaded: new Set(), acts: [] });
  undoStore.setState({ done: [], undone: [], taken: undefined });
  goOnChecking('sheet');
  sheetStore.setState({ seen: new Map(), past: [], closed: undefined, wanted: undefined });
  filterSheet('to-check');
});

afterEach(() => {
  mounted?.unmount();
  forgetCrops();
  workStore.setState({ ...EMPTY_WORK, pendingImports: new Map() });
  onReport.mockReset();
});

describe('the order', () => {
  test('the most suspicious first, each once; the chips count what is open', async () => {
    await show([pictureOf(1, 4), pictureOf(2, 3)]);
    await expect.element(crop(/^Face 1, open, 1\.jpg/)).toBeVisible();
    expect(options().map((option) => option.getAttribute('aria-label'))).toEqual([
      'Face 1, open, 1.jpg, odd shape',
      'Face 1, open, 2.jpg, odd shape',
      'Face 2, open, 1.jpg, at the edge',
      'Face 2, open, 2.jpg, at the edge',
      'Face 3, open, 1.jpg',
      'Face 4, open, 1.jpg',
      'Face 3, open, 2.jpg',
    ]);
    await expect.element(chip('To check 7')).toHaveAttribute('aria-pressed', 'true');
    await expect.element(chip('Odd shape 2')).toBeVisible();
    await expect.element(chip('Nothing odd 3')).toBeVisible();
    await expect.element(chip('All 7')).toBeVisible();
    // Nobody tells a score here, and only one engine was asked.
    expect(chip('Low score').query()).toBeNull();
    expect(chip('Engines disagree').query()).toBeNull();
  });

  test('a crop keeps the shape of its box', async () => {
    await show([pictureOf(1, 3)]);
    const shapeOf = (name: RegExp) => {
      const image = crop(name).element().querySelector('img');
      return image === null ? undefined : image.naturalWidth / image.naturalHeight;
    };
    await expect.poll(() => shapeOf(/^Face 1,/)).toBeCloseTo(40 / 160, 1);
    await expect.poll(() => shapeOf(/^Face 3,/)).toBeCloseTo(60 / 70, 1);
  });

  test('crops that were cut are painted with the page that shows them, and none of them is a canvas', async () => {
    await show([pictureOf(1, 30)]);
    const inDocument = () => [...document.querySelectorAll('[data-crop] img')];
    await expect.poll(() => inDocument().length).toBeGreaterThan(20);
    filterSheet('all');
    await expect.element(chip('All 30')).toHaveAttribute('aria-pressed', 'true');
    const images = inDocument();
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toHaveProperty('complete', true);
    expect(list().element().querySelectorAll('canvas')).toHaveLength(0);
  });
});

describe('judging', () => {
  test('W marks wrong and takes it back, a digit gives the reason; the crop stays in its place', async () => {
    await show([pictureOf(1, 6)]);
    await expect.element(list()).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}w');
    await expect.element(crop('Face 3, wrong, no reason yet, 1.jpg')).toHaveAttribute('aria-selected', 'true');
    expect(options()[2]?.getAttribute('aria-label')).toContain('Face 3, wrong');
    await expect.element(chip('To check 5')).toBeVisible();
    await userEvent.keyboard('4');
    await expect.element(crop('Face 3, wrong, double, 1.jpg')).toBeVisible();
    await userEvent.keyboard('w');
    await expect.element(crop('Face 3, open, 1.jpg')).toHaveAttribute('aria-selected', 'false');
    await userEvent.keyboard('1');
    await expect.element(crop('Face 3, wrong, not a face, 1.jpg')).toBeVisible();
    await expect.element(chip('Wrong 1')).toBeVisible();
  });

  test('a click marks as well, and the keys go on from there', async () => {
    await show([pictureOf(1, 6)]);
    await crop(/^Face 5,/).click();
    await expect.element(crop('Face 5, wrong, no reason yet, 1.jpg')).toBeVisible();
    expect(active()).toBe('Face 5, wrong');
    await userEvent.keyboard('{ArrowLeft}');
    expect(active()).toBe('Face 4, open');
    await crop(/^Face 5,/).click();
    await expect.element(crop('Face 5, open, 1.jpg')).toBeVisible();
  });

  test('Shift and an arrow mark a range, which shrinks again; Shift and a click mark one to there', async () => {
    await show([pictureOf(1, 8)]);
    await expect.element(list()).toHaveFocus();
    const wrong = () =>
      options()
        .filter((option) => option.getAttribute('aria-selected') === 'true')
        .map((option) => option.getAttribute('aria-label')?.split(',')[0]);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await expect.poll(wrong).toEqual(['Face 3', 'Face 4', 'Face 5']);
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    await expect.poll(wrong).toEqual(['Face 3', 'Face 4']);
    await userEvent.keyboard('{ArrowRight}');
    await crop(/^Face 8,/).click({ modifiers: ['Shift'] });
    await expect.poll(wrong).toEqual(['Face 3', 'Face 4', 'Face 5', 'Face 6', 'Face 7', 'Face 8']);
    goBack();
    await expect.poll(wrong).toEqual(['Face 3', 'Face 4']);
  });

  test('Home and End, up and down; keys with Ctrl are left alone', async () => {
    await show([pictureOf(1, 40)]);
    await expect.element(list()).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(active()).toBe('Face 40, open');
    await expect.element(crop(/^Face 40,/)).toBeInViewport();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowUp}{Control>}{ArrowRight}{/Control}');
    expect(active()).toBe('Face 1, open');
    await userEvent.keyboard('{Enter}');
    expect(wayOfChecking()).toBe('picture');
    await userEvent.keyboard('{Escape}');
    expect(wayOfChecking()).toBeUndefined();
  });
});

describe('the rest of a page', () => {
  test('is what was on screen, until its end was; closing it is one step', async () => {
    await show([pictureOf(1, 70), pictureOf(2, 60)]);
    await expect.element(main(/^The \d+ seen are right$/)).toBeVisible();
    await userEvent.keyboard('{ArrowRight}w');
    await lookAtAll();
    await main('The other 99 are right').click();
    await expect.element(page.getByText('99 faces marked right.').first()).toBeVisible();
    await expect.element(chip('To check 30')).toBeVisible();
    await expect.element(page.getByText('1 to 30')).toBeVisible();
    await expect.element(list()).toHaveFocus();
    expect(active()).toBe('Face 31, open');
    await main('Undo').click();
    await expect.element(chip('To check 129')).toBeVisible();
    await expect.element(main('The other 99 are right')).toBeVisible();
    expect(undoStore.getState().done).toHaveLength(1);
  });

  test('what is not seen stays open', async () => {
    await show([pictureOf(1, 100)]);
    const button = main(/^The \d+ seen are right$/);
    await expect.element(button).toBeVisible();
    // What is seen does not change any more.
    await expect.poll(() => sheetStore.getState().seen.size).toBeGreaterThan(20);
    const { size: seen } = sheetStore.getState().seen;
    expect(seen).toBeLessThan(60);
    await userEvent.keyboard('a');
    await expect.element(chip(`To check ${100 - seen}`)).toBeVisible();
    await expect.element(page.getByText(`${100 - seen} not seen yet were left open`).first()).toBeVisible();
  });

  test('a crop that cannot be shown can be judged, and is not said right with the others', async () => {
    await show([pictureOf(1, 5), pictureOf(2, 3, new Blob(['no picture'], { type: 'image/jpeg' }))]);
    await expect.element(main('All 5 are right')).toBeVisible();
    await expect.element(page.getByText('3 not shown')).toBeVisible();
    await userEvent.keyboard('a');
    await expect.element(page.getByText('5 faces marked right. 3 not shown were left open.').first()).toBeVisible();
    await expect.element(chip('To check 3')).toBeVisible();
    await userEvent.keyboard('w{ArrowRight}r{ArrowRight}r');
    await expect.element(chip('To check 0')).toBeVisible();
    await main('Next page').click();
    await expect.element(page.getByText('Nothing left to check.')).toBeVisible();
    await expect.element(page.getByRole('main')).toHaveFocus();
    await main('Open the report').click();
    expect(onReport).toHaveBeenCalledOnce();
    await chip('Odd shape 0').click();
    await expect.element(page.getByText('No faces here.')).toBeVisible();
  });
});

describe('the preview', () => {
  test('shows the picture beside the crop and above the end bar; Esc puts it away, then leaves', async () => {
    await show([pictureOf(1, 40)]);
    await expect.element(list()).toHaveFocus();
    await userEvent.keyboard('{End} ');
    const preview = page.getByRole('region', { name: 'Preview of face 40 of 1.jpg' });
    await expect.element(preview).toBeVisible();
    const end = page.getByText('1 to 40').element().closest('div')?.getBoundingClientRect();
    expect(preview.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(end?.top ?? 0);
    // It is worked by buttons as well.
    await preview.getByRole('button', { name: 'Wrong' }).click();
    await preview.getByRole('group', { name: 'What is wrong' }).getByRole('button', { name: 'Shifted' }).click();
    await expect.element(crop('Face 40, wrong, shifted, 1.jpg')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(list()).toHaveFocus();
    expect(preview.query()).toBeNull();
    await userEvent.keyboard('{Escape}');
    expect(wayOfChecking()).toBeUndefined();
  });

  test('comes where the pointer rests and goes with it', async () => {
    await show([pictureOf(1, 12)]);
    await crop(/^Face 4,/).hover();
    await expect.element(page.getByRole('region', { name: 'Preview of face 4 of 1.jpg' })).toBeVisible();
    await crop(/^Face 9,/).hover();
    await expect.element(page.getByRole('region', { name: 'Preview of face 9 of 1.jpg' })).toBeVisible();
    expect(page.getByRole('region', { name: 'Preview of face 4 of 1.jpg' }).query()).toBeNull();
  });
});

describe('thousands of faces', () => {
  test('as many crops are in the document as of hundreds, of four elements each, and the one that the keys are at', async () => {
    const many = (pictures: number) => Array.from({ length: pictures }, (_, index) => pictureOf(index + 1, 25));
    const mountedOf = async (pictures: number) => {
      sheetStore.setState({ filter: 'all' });
      await show(many(pictures));
      await expect.element(chip(`All ${pictures * 25}`)).toHaveAttribute('aria-pressed', 'true');
      // The first screen comes alone, and what lies below it a moment later.
      const bottom = () => list().element().getBoundingClientRect().bottom;
      await expect.poll(() => (options().at(-1)?.getBoundingClientRect().top ?? 0) > bottom()).toBe(true);
      return options().length;
    };
    const few = await mountedOf(20);
    mounted?.unmount();
    expect(await mountedOf(200)).toBe(few);
    const perRow = new Set(options().map((option) => option.getBoundingClientRect().left)).size;
    const rowsInView = Math.floor(list().element().clientHeight / 134);
    expect(few).toBeLessThanOrEqual(3 * perRow * rowsInView + perRow);
    for (const option of options()) expect(option.querySelectorAll('*').length).toBeLessThanOrEqual(3);
    expect(options()[0]?.getAttribute('aria-setsize')).toBe('5000');
    await userEvent.keyboard('{End}');
    await expect.poll(active).toBe('Face 25, open');
    expect(options().at(-1)?.getAttribute('aria-posinset')).toBe('5000');
    list().element().scrollTop = 0;
    await expect.element(crop(/^Face 1, open, 1\.jpg/)).toBeVisible();
    expect(active()).toBe('Face 25, open');
  });
});
