import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { selectionStore } from '#page/pictures/selection-store.ts';
import type { Face } from '#shared/face.ts';
import { type ImageRect, imageRect } from '#shared/geometry/spaces.ts';
import { type Mounted, mount } from '#testing/page/mount.ts';
import { faceAt } from '#testing/stage-driver/faces.ts';
import { FaceList } from '../list/face-list.tsx';
import { useFaceView } from '../list/face-view.ts';
import { followSharpness, knownSharpness } from './sharpness-store.ts';
import type { FactSource } from './use-face-facts.ts';

const PICTURE = { width: 1200, height: 400 };
const SHARP = imageRect(40, 60, 200, 240);
const BLURRED = imageRect(340, 60, 200, 240);
const SMALL = imageRect(640, 60, 60, 70);
const CUT = imageRect(1000, 60, 200, 240);

/** One drawn face in each box, the second out of focus. */
async function drawnPicture(type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  const canvas = new OffscreenCanvas(PICTURE.width, PICTURE.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  context.fillStyle = '#446';
  context.fillRect(0, 0, PICTURE.width, PICTURE.height);
  for (const box of [SHARP, BLURRED, SMALL, CUT]) {
    context.filter = box === BLURRED ? 'blur(14px)' : 'none';
    drawFace(context, box);
  }
  return canvas.convertToBlob({ type });
}

function drawFace(context: OffscreenCanvasRenderingContext2D, { x, y, width, height }: ImageRect): void {
  const disc = (atX: number, atY: number, size: number, fill: string) => {
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(x + atX * width, y + atY * height, (size * width) / 2, (size * width) / 2, 0, 0, 2 * Math.PI);
    context.fill();
  };
  disc(0.5, 0.5, 1, '#dba');
  for (const side of [0.3, 0.7]) {
    disc(side, 0.4, 0.16, '#fff');
    disc(side, 0.4, 0.08, '#210');
    disc(side, 0.28, 0.07, '#432');
  }
  disc(0.5, 0.74, 0.18, '#933');
}

const FACES: readonly Face[] = [SHARP, BLURRED, SMALL, CUT].map((bound, index) => faceAt(index + 1, bound, PICTURE));

const sourceOf = (blob: Blob): FactSource => ({ key: crypto.randomUUID(), blob, frame: { size: PICTURE, scale: 1 } });

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  sessionStorage.clear();
});

function List({ faces, source }: { faces: readonly Face[]; source: FactSource }) {
  const view = useFaceView(faces, source);
  return (
    <FaceList
      faces={faces}
      unreadable={[]}
      size={PICTURE}
      view={view}
      source={{ pictureUrl: undefined, cropHref: (url) => url }}
      actions={[]}
      selectionActions={[]}
      onMenu={() => undefined}
    />
  );
}

function show(source: FactSource, faces = FACES): void {
  selectionStore.getState().openScope(crypto.randomUUID());
  mounted = mount(<List faces={faces} source={source} />, { width: 368, height: 600 });
}

const option = (faceNo: number) => page.getByRole('option', { name: new RegExp(`^Face ${faceNo}, `) });
const choose = async (filter: string) => {
  await page.getByRole('button', { name: /^Show: / }).click();
  await page.getByRole('menuitemradio', { name: filter }).click();
};
const shownNumbers = () =>
  page
    .getByRole('option')
    .elements()
    .map((element) => Number(/^Face (\d+)/.exec(element.getAttribute('aria-label') ?? '')?.[1]));

describe('facts of faces, from the pixels of the picture', () => {
  test.each(['image/png', 'image/jpeg'] as const)('each card says what speaks against its face: %s', async (type) => {
    show(sourceOf(await drawnPicture(type)));
    await expect.element(option(2)).toHaveAccessibleDescription('blurred');
    await expect.element(option(3)).toHaveAccessibleDescription('small');
    await expect.element(option(4)).toHaveAccessibleDescription('cut by the edge');
    await expect.element(option(1)).toHaveAccessibleDescription('');
  });

  test('the list can be narrowed to what is large and sharp, and to what is blurred, before any card was seen', async () => {
    show(sourceOf(await drawnPicture('image/png')));
    await choose('Large and sharp');
    await expect.poll(shownNumbers).toEqual([1, 4]);
    await choose('Blurred');
    await expect.poll(shownNumbers).toEqual([2]);
    await choose('Cut by the edge');
    expect(shownNumbers()).toEqual([4]);
  });

  test('a face is measured once, small ones never, and what cannot be decoded stays unknown', async () => {
    const source = sourceOf(await drawnPicture('image/png'));
    const [sharp, , small] = FACES;
    if (sharp === undefined || small === undefined) throw new Error('No faces');
    const told = vi.fn<() => void>();
    const end = followSharpness(source, sharp, told);
    followSharpness(source, small, told)();
    await expect.poll(() => knownSharpness(source, sharp)).toBeGreaterThan(0);
    end();
    expect(told).toHaveBeenCalledTimes(1);
    followSharpness(source, sharp, told)();
    expect(knownSharpness(source, small)).toBeUndefined();

    const broken = sourceOf(new Blob(['no picture']));
    const endBroken = followSharpness(broken, sharp, told);
    await expect.poll(() => told.mock.calls.length).toBe(2);
    endBroken();
    expect(knownSharpness(broken, sharp)).toBeUndefined();
  });

  test('of a thousand faces those in sight are measured', async () => {
    const source = sourceOf(await drawnPicture('image/png'));
    const crowd = Array.from({ length: 1000 }, (_, index) =>
      faceAt(index + 1, imageRect(40 + (index % 100), 60 + Math.floor(index / 100), 200, 240), PICTURE),
    );
    show(source, crowd);
    await expect
      .poll(() => crowd.filter((face) => knownSharpness(source, face) !== undefined).length)
      .toBeGreaterThan(4);
    await expect.element(option(1)).toBeVisible();
    expect(crowd.filter((face) => knownSharpness(source, face) !== undefined).length).toBeLessThan(200);
  });
});
