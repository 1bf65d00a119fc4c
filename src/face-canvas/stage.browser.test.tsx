import Konva from 'konva/lib/Core.js';
import { createRef, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { imageRect } from '#shared/geometry/spaces.ts';
import { boxAt } from '#testing/stage-driver/faces.ts';
import { ownSelection } from '#testing/stage-driver/own-selection.ts';
import { StageDriver } from '#testing/stage-driver/stage-driver.ts';
import { TEST_TIMEOUTS } from '#testing/test-timeouts.ts';
import type { SelectionSource } from './selection-source.ts';
import { Stage, type StageProps } from './stage.tsx';
import type { BoxId, StageBox } from './stage-box.ts';
import type { StageHandle } from './stage-handle.ts';

const SIZE = { width: 600, height: 400 };
const STAGE = { width: 900, height: 700 };
/** A point of the window beside the stage, in stage pixels. */
const OUTSIDE = { x: 950, y: 300 };
/** Three apart, and the third inside the second; the numbers do not follow the sizes. */
const BOXES: readonly StageBox[] = [
  boxAt(1, imageRect(60, 80, 60, 80)),
  boxAt(2, imageRect(240, 120, 120, 160)),
  boxAt(3, imageRect(270, 160, 40, 50)),
  boxAt(4, imageRect(500, 300, 60, 80)),
];
const BLUE = [0x56, 0xb4, 0xe9, 255];
const GREY = [0x80, 0x80, 0x80, 255];
const WHITE = [255, 255, 255, 255];

let pictureBlob: Blob;
let driver: StageDriver;
let selection: SelectionSource;

/** A picture of one grey, so that every other colour on the stage is a line or a badge. */
async function greyPicture({ width, height } = SIZE): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D context');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  return canvas.convertToBlob();
}

/** A media query that does not match. */
class FakeMedia extends EventTarget implements MediaQueryList {
  readonly matches = false;
  readonly media = '';
  readonly onchange = null;
  addListener(): void {}
  removeListener(): void {}
}

const desk = () => 'desk' as const;

const stageOf = (props: Partial<StageProps> = {}) => (
  <Stage
    pictureBlob={pictureBlob}
    pictureName="team.jpg"
    size={SIZE}
    boxes={BOXES}
    selection={selection}
    layout={desk}
    dimOthers={false}
    labelsShown
    boxesHidden={false}
    onViewChange={() => undefined}
    {...props}
  />
);

async function open(props: Partial<StageProps> = {}, size = STAGE): Promise<StageHandle> {
  const ref = createRef<StageHandle>();
  driver = await StageDriver.render(stageOf({ ref, ...props }), size, selection);
  if (ref.current === null) throw new Error('The stage has no handle');
  return ref.current;
}

beforeEach(async () => {
  pictureBlob = await greyPicture();
  selection = ownSelection();
});
afterEach(() => {
  driver.unmount();
});

describe('boxes', () => {
  test('every face is a visible rectangle of the displayed stage', async () => {
    await open();
    const boxes = driver.stage.find('.box');
    expect(boxes.map((box) => box.id()).sort()).toEqual(['face-1', 'face-2', 'face-3', 'face-4']);
    for (const box of boxes) {
      expect(box.getClassName()).toBe('Rect');
      expect(box.isVisible()).toBe(true);
    }
    expect(driver.stage.getLayers().length).toBeLessThanOrEqual(3);
  });

  test('the line of a box is painted where the scene graph has it', async () => {
    await open();
    const { x, y, width, height } = driver.box('face-1');
    expect(driver.pixel({ x: x + width / 2, y })).toEqual(BLUE);
    expect(driver.pixel({ x, y: y + height / 2 })).toEqual(BLUE);
    expect(driver.pixel({ x: x + width / 2, y: y + height / 2 })).toEqual(GREY);
    expect(driver.pixel({ x: x + width / 2, y: y - 5 })).toEqual(GREY);
  });

  test('a box lies on its part of the picture', async () => {
    const handle = await open();
    handle.oneToOne();
    await driver.painted();
    const picture = driver.stage.findOne('.picture')?.getClientRect();
    expect(driver.box('face-4')).toEqual({
      x: (picture?.x ?? 0) + 500,
      y: (picture?.y ?? 0) + 300,
      width: 60,
      height: 80,
    });
  });

  test('the line is as wide at eight times the size', async () => {
    const handle = await open();
    handle.zoomToBox('face-1');
    await driver.painted();
    const { x, y, width } = driver.box('face-1');
    expect(driver.pixel({ x: x + width / 2, y })).toEqual(BLUE);
    expect(driver.pixel({ x: x + width / 2, y: y + 4 })).toEqual(GREY);
  });

  test('the boxes follow when the stage changes its size', async () => {
    await open();
    const before = driver.box('face-1');
    driver.resize(500, 420);
    await vi.waitFor(() => expect(driver.stage.width()).toBe(500), TEST_TIMEOUTS);
    await driver.settled();
    const after = driver.box('face-1');
    expect(after.width).toBeLessThan(before.width);
    expect(driver.pixel({ x: after.x + after.width / 2, y: after.y })).toEqual(BLUE);
  });

  test('they are where the service measured them when the picture decodes to another size', async () => {
    pictureBlob = await greyPicture({ width: 1200, height: 800 });
    await open();
    const picture = driver.stage.findOne('.picture')?.getClientRect();
    expect(picture?.width).toBeCloseTo(driver.box('face-1').width * 10, 5);
    const right = (picture?.x ?? 0) + (picture?.width ?? 0);
    const middle = (picture?.y ?? 0) + (picture?.height ?? 0) / 2;
    expect(driver.pixel({ x: right - 3, y: middle })).toEqual(GREY);
    expect(driver.pixel({ x: right + 3, y: middle })[3]).toBe(0);
  });

  test('held away they leave the picture alone', async () => {
    await open({ boxesHidden: true });
    const { x, y, width } = driver.box('face-1');
    expect(driver.pixel({ x: x + width / 2, y })).toEqual(GREY);
  });

  test('a selected one has brackets outside of its corners, and no squares that seem to size it', async () => {
    await open({ labelsShown: false });
    const { x, y, width, height } = driver.box('face-1');
    const corners = [
      { x, y, out: -1 },
      { x: x + width, y: y + height, out: 1 },
    ];
    for (const corner of corners) expect(driver.pixel({ x: corner.x + corner.out * 4, y: corner.y })).toEqual(GREY);
    selection.select('face-1');
    await driver.painted();
    for (const corner of corners) {
      const outside = Array.from({ length: 9 }, (_, step) =>
        driver.pixel({ x: corner.x + corner.out * (step / 2 + 1.5), y: corner.y }),
      );
      expect(outside).toContainEqual(WHITE);
      expect(driver.pixel({ x: corner.x - corner.out * 4, y: corner.y - corner.out * 4 })).toEqual(GREY);
    }
    expect(driver.pixel({ x: x - 4, y: y + height / 2 })).toEqual(GREY);
  });

  test('the others step back while one is selected in a crowd', async () => {
    await open({ dimOthers: true });
    const { x, y, width } = driver.box('face-1');
    selection.select('face-2');
    await driver.painted();
    const [, , blue] = driver.pixel({ x: x + width / 2, y });
    expect(blue).toBeLessThan(0xb0);
  });
});

describe('faces that the list does not show', () => {
  test('step back, until they are selected', async () => {
    await open({ listed: ['face-2', 'face-3', 'face-4'] });
    const line = (id: BoxId) => {
      const { x, y, width } = driver.box(id);
      return driver.pixel({ x: x + width / 2, y });
    };
    const opaque = line('face-4');
    const [, , blue] = line('face-1');
    expect(blue).toBeLessThan(0xa0);
    const { x, y } = driver.box('face-1');
    expect(driver.pixel({ x: x + 3, y: y - 12 })[0]).toBeGreaterThan(0x50);
    driver.update(stageOf({ listed: ['face-1', 'face-2', 'face-3', 'face-4'] }));
    await vi.waitFor(() => expect(line('face-1')).toEqual(BLUE), TEST_TIMEOUTS);
    expect(line('face-4')).toEqual(opaque);
    driver.update(stageOf({ listed: ['face-2'] }));
    selection.select('face-1');
    await vi.waitFor(() => expect(line('face-1')).toEqual(BLUE), TEST_TIMEOUTS);
  });
});

describe('the kind of a box', () => {
  test.each([
    ['found', 0, 0],
    ['truth', 20, 80],
    ['drawn', 15, 70],
  ] as const)('is told by its line: %s', async (kind, least, most) => {
    const box = { ...boxAt(1, imageRect(100, 100, 200, 200)), kind };
    await open({ boxes: [box], labelsShown: false });
    const { x, y, width } = driver.box('face-1');
    const along = Array.from({ length: 100 }, (_, step) => driver.pixel({ x: x + 2 + ((width - 4) * step) / 100, y }));
    const gaps = along.filter((pixel) => (pixel[2] ?? 0) < 0x80).length;
    expect(gaps).toBeGreaterThanOrEqual(least);
    expect(gaps).toBeLessThanOrEqual(most);
    expect(along).toContainEqual(BLUE);
  });

  test('false has a stroke in each corner, and found has none', async () => {
    const red = { tone: '#ff0000' };
    const found = { ...boxAt(1, imageRect(100, 100, 200, 200)), ...red };
    const wrong = { ...boxAt(2, imageRect(400, 100, 200, 200)), ...red, kind: 'false' } as const;
    await open({ boxes: [found, wrong], labelsShown: false });
    const isStruck = (id: string): readonly boolean[] => {
      const { x, y, width, height } = driver.box(id);
      const corners = [
        { x: x + 7, y: y + 7 },
        { x: x + width - 7, y: y + 7 },
        { x: x + 7, y: y + height - 7 },
        { x: x + width - 7, y: y + height - 7 },
      ];
      return corners.map((corner) => {
        const [r = 0, g = 0] = driver.pixel(corner);
        return r > g + 0x60;
      });
    };
    expect(isStruck('face-1')).toEqual([false, false, false, false]);
    expect(isStruck('face-2')).toEqual([true, true, true, true]);
  });

  test('and a word instead of a number, in a colour of its own', async () => {
    const box: StageBox = {
      id: 'left-over',
      bound: imageRect(100, 100, 200, 200),
      label: 'missed',
      tone: '#ffb000',
      kind: 'truth',
    };
    await open({ boxes: [box] });
    await driver.clickFace('left-over');
    driver.expectSelected('left-over');
    const { x, y } = driver.box('left-over');
    expect(driver.pixel({ x: x + 4, y: y - 14 }).slice(0, 3)).toEqual([0xff, 0xb0, 0]);
  });
});

describe('badges', () => {
  test('a number sits above the top left corner in the colour of the face', async () => {
    await open();
    const { x, y } = driver.box('face-1');
    const inside = driver.pixel({ x: x + 3, y: y - 12 });
    expect(inside.slice(0, 3).every((value) => value < 0x30)).toBe(true);
  });

  test('one that is looked for is filled with its colour, and a box without a label has none', async () => {
    const loud = { ...boxAt(1, imageRect(100, 200, 160, 200)), label: 'Missed', tone: '#ffb000', isLoud: true };
    await open({ boxes: [loud, { ...boxAt(2, imageRect(400, 200, 160, 200)), label: '' }] });
    const above = (id: string) => {
      const { x, y } = driver.box(id);
      return driver.pixel({ x: x + 6, y: y - 19 });
    };
    expect(above('face-1').slice(0, 3)).toEqual([0xff, 0xb0, 0]);
    const dark = above('face-2')
      .slice(0, 3)
      .every((value) => value < 0x30);
    expect(dark).toBe(false);
  });

  test('at the edge of the picture they go onto the mat around it', async () => {
    await open({ boxes: [boxAt(1, imageRect(60, 0, 160, 200))] });
    const { x, y } = driver.box('face-1');
    const above = driver.pixel({ x: x + 3, y: y - 12 });
    expect(above[3]).toBe(255);
    expect(driver.pixel({ x: x + 8, y: y + 12 })).toEqual(GREY);
  });

  test('where a crowd leaves no room for all of them, the stage says so once', async () => {
    const packed = Array.from({ length: 600 }, (_, index) =>
      boxAt(index + 1, imageRect((index % 30) * 20, Math.floor(index / 30) * 20, 19, 19)),
    );
    const said = () => driver.host.textContent.split('Some numbers are hidden: zoom in').length - 1;
    const handle = await open({ boxes: packed });
    await vi.waitFor(() => expect(said()).toBe(1), TEST_TIMEOUTS);
    handle.zoomBy(8);
    await vi.waitFor(() => expect(said()).toBe(0), TEST_TIMEOUTS);
    handle.fit();
    await vi.waitFor(() => expect(said()).toBe(1), TEST_TIMEOUTS);
    driver.update(stageOf({ boxes: packed, labelsShown: false }));
    await vi.waitFor(() => expect(said()).toBe(0), TEST_TIMEOUTS);
  });

  test('switched off they are gone', async () => {
    await open({ labelsShown: false });
    const { x, y } = driver.box('face-1');
    expect(driver.pixel({ x: x + 3, y: y - 12 })).toEqual(GREY);
  });

  test('clicking a badge selects its face', async () => {
    await open();
    const { x, y } = driver.box('face-4');
    await driver.click({ x: x + 5, y: y - 14 });
    driver.expectSelected('face-4');
  });
});

describe('pixel density', () => {
  afterEach(() => StageDriver.setPixelRatio(0));

  test('on a screen of double density the canvases have double the pixels, and the line is at its place', async () => {
    await StageDriver.setPixelRatio(2);
    await open();
    for (const layer of driver.stage.getLayers()) expect(layer.getNativeCanvasElement().width).toBe(2 * STAGE.width);
    const { x, y, width } = driver.box('face-1');
    expect(driver.pixel({ x: x + width / 2, y })).toEqual(BLUE);
  });

  test('moved to another screen it is sharp again', async () => {
    await open();
    await StageDriver.setPixelRatio(2);
    await driver.painted();
    for (const layer of driver.stage.getLayers()) expect(layer.getNativeCanvasElement().width).toBe(2 * STAGE.width);
    const { x, y, width } = driver.box('face-1');
    expect(driver.pixel({ x: x + width / 2, y })).toEqual(BLUE);
  });
});

describe('selecting', () => {
  test('clicking a face selects it', async () => {
    await open();
    await driver.clickFace('face-1');
    driver.expectSelected('face-1');
  });

  test('the smallest box is on top; clicking again goes to the one beneath, and around', async () => {
    await open();
    const at = driver.middleOf('face-3');
    await driver.click(at);
    driver.expectSelected('face-3');
    await driver.click(at);
    driver.expectSelected('face-2');
    await driver.click(at);
    driver.expectSelected('face-3');
  });

  test('a face selected elsewhere comes to the middle of an enlarged picture, without a change of zoom', async () => {
    const handle = await open();
    handle.zoomToBox('face-1');
    await driver.painted();
    const before = driver.box('face-4');
    expect(before.x).toBeGreaterThan(STAGE.width);
    selection.select('face-4');
    await driver.painted();
    const after = driver.box('face-4');
    expect(after.width).toBeCloseTo(before.width, 5);
    expect(after.x + after.width).toBeLessThanOrEqual(STAGE.width);
    expect(after.y + after.height).toBeLessThanOrEqual(STAGE.height);
    selection.select('face-3');
    await driver.painted();
    expect(driver.middleOf('face-3').x).toBeCloseTo(STAGE.width / 2, 0);
  });

  test('a click on a face that is partly outside does not move the picture', async () => {
    const handle = await open();
    handle.zoomToBox('face-1');
    handle.panBy(200, 0);
    const { x } = driver.box('face-1');
    handle.panBy(-(x + 40), 0);
    await driver.painted();
    const before = driver.box('face-1');
    await driver.click({ x: 5, y: before.y + before.height / 2 });
    driver.expectSelected('face-1');
    expect(driver.box('face-1')).toEqual(before);
  });

  test('Ctrl-click adds and takes away', async () => {
    await open();
    await driver.clickFace('face-1');
    await driver.clickFace('face-4', 'Control');
    driver.expectSelected('face-1', 'face-4');
    await driver.clickFace('face-1', 'Control');
    driver.expectSelected('face-4');
  });

  test('Shift-click extends in the order of the reply', async () => {
    await open();
    await driver.clickFace('face-1');
    await driver.clickFace('face-4', 'Shift');
    driver.expectSelected('face-1', 'face-2', 'face-3', 'face-4');
  });

  test('a click on the bare picture clears, and so does one on the mat', async () => {
    await open();
    const picture = driver.stage.findOne('.picture')?.getClientRect();
    await driver.clickFace('face-1');
    await driver.click({ x: 5, y: 5 });
    driver.expectSelected();
    await driver.clickFace('face-1');
    await driver.click({ x: (picture?.x ?? 0) + 10, y: (picture?.y ?? 0) + 10 });
    driver.expectSelected();
  });

  test('hovering tells the store and moves nothing', async () => {
    await open();
    const before = driver.box('face-1');
    await driver.moveTo(driver.middleOf('face-1'));
    driver.expectHovered('face-1');
    await driver.moveTo({ x: 4, y: 4 });
    driver.expectHovered(undefined);
    expect(driver.box('face-1')).toEqual(before);
    driver.expectSelected();
  });
});

describe('zooming and panning', () => {
  test('Ctrl and the wheel zoom around the pointer', async () => {
    await open();
    const at = driver.middleOf('face-4');
    const { width } = driver.box('face-4');
    await driver.wheel(at, { deltaY: -100 }, 'Control');
    await vi.waitFor(() => expect(driver.box('face-4').width).toBeGreaterThan(width * 1.1), TEST_TIMEOUTS);
    expect(driver.middleOf('face-4').x).toBeCloseTo(at.x, 0);
    expect(driver.middleOf('face-4').y).toBeCloseTo(at.y, 0);
  });

  test('at fit the wheel is the page’s, zoomed in it pans', async () => {
    const handle = await open();
    const seen: boolean[] = [];
    driver.host.addEventListener('wheel', (event) => seen.push(event.defaultPrevented), { passive: true });
    const fitted = driver.box('face-1');
    await driver.wheel({ x: 300, y: 300 }, { deltaY: 40 });
    await vi.waitFor(() => expect(seen).toEqual([false]), TEST_TIMEOUTS);
    expect(driver.box('face-1')).toEqual(fitted);
    handle.zoomToBox('face-2');
    await driver.painted();
    const { y } = driver.box('face-2');
    await driver.wheel({ x: 300, y: 300 }, { deltaY: 40 });
    await vi.waitFor(() => expect(seen).toEqual([false, true]), TEST_TIMEOUTS);
    expect(driver.box('face-2').y).toBeCloseTo(y - 40, 3);
  });

  test('at fit a wheel without Ctrl is told, and none with it or over an enlarged picture', async () => {
    const onPlainWheel = vi.fn();
    const handle = await open({ onPlainWheel });
    await driver.wheel({ x: 300, y: 300 }, { deltaY: 40 });
    await vi.waitFor(() => expect(onPlainWheel).toHaveBeenCalledOnce(), TEST_TIMEOUTS);
    const { width } = driver.box('face-4');
    await driver.wheel(driver.middleOf('face-4'), { deltaY: -100 }, 'Control');
    await vi.waitFor(() => expect(driver.box('face-4').width).toBeGreaterThan(width), TEST_TIMEOUTS);
    handle.zoomBy(2);
    const { y } = driver.box('face-2');
    await driver.wheel({ x: 300, y: 300 }, { deltaY: 10 });
    await vi.waitFor(() => expect(driver.box('face-2').y).toBeCloseTo(y - 10, 3), TEST_TIMEOUTS);
    expect(onPlainWheel).toHaveBeenCalledOnce();
  });

  test('a double click zooms to the face, and another one back to where one was', async () => {
    const handle = await open();
    handle.zoomBy(1.2);
    await driver.painted();
    const before = driver.box('face-1');
    await driver.doubleClick(driver.middleOf('face-1'));
    driver.expectSelected('face-1');
    expect(driver.box('face-1').width).toBeGreaterThan(before.width * 1.5);
    await driver.doubleClick(driver.middleOf('face-1'));
    expect(driver.box('face-1').x).toBeCloseTo(before.x, 3);
    expect(driver.box('face-1').width).toBeCloseTo(before.width, 3);
    driver.expectSelected('face-1');
  });

  test('of boxes over each other it means the one that its first click selected', async () => {
    await open();
    await driver.doubleClick(driver.middleOf('face-3'));
    driver.expectSelected('face-3');
    expect(driver.box('face-3').width).toBeCloseTo(40 * 4, 3);
  });

  test('beside the faces it goes back to the whole picture, and at fit it does nothing', async () => {
    const handle = await open();
    const fitted = driver.box('face-1');
    const beside = () => {
      const { x, y, height } = driver.box('face-1');
      return { x: x + 2, y: y + height + 60 };
    };
    await driver.doubleClick(beside());
    expect(driver.box('face-1')).toEqual(fitted);
    handle.zoomToBox('face-1');
    await driver.painted();
    await driver.doubleClick(beside());
    expect(driver.box('face-1').width).toBeCloseTo(fitted.width, 3);
  });

  test('going to a face twice is going there and back; walking in between keeps where back is', async () => {
    const handle = await open();
    const fitted = driver.box('face-4');
    handle.zoomToBox('face-1');
    selection.select('face-4');
    await driver.painted();
    expect(driver.box('face-4').width).toBeGreaterThan(fitted.width * 1.5);
    // Both are of one size, so walking has gone there already.
    handle.zoomToBox('face-4');
    await driver.painted();
    expect(driver.box('face-4').width).toBeCloseTo(fitted.width, 3);
    expect(driver.box('face-4').x).toBeCloseTo(fitted.x, 3);
  });

  test('the way to a face is a short motion, which a drag ends where it is', async () => {
    const wantsMotion = vi.spyOn(globalThis, 'matchMedia').mockReturnValue(new FakeMedia());
    const handle = await open();
    const fitted = driver.box('face-1').width;
    handle.zoomToBox('face-1');
    expect(driver.box('face-1').width).toBeCloseTo(fitted, 3);
    await vi.waitFor(() => expect(driver.box('face-1').width).toBeGreaterThan(fitted * 1.01), TEST_TIMEOUTS);
    handle.panBy(0, 0);
    handle.zoomBy(1);
    const { width } = driver.box('face-1');
    await driver.painted();
    await driver.painted();
    expect(driver.box('face-1').width).toBeCloseTo(width, 3);
    wantsMotion.mockRestore();
  });

  test('a drag pans once zoomed in, exactly as far as the pointer went, and selects nothing', async () => {
    const handle = await open();
    handle.zoomToBox('face-2');
    await driver.painted();
    const before = driver.middleOf('face-2');
    await driver.drag(before, { x: before.x + 60, y: before.y - 30 });
    expect(driver.middleOf('face-2').x).toBeCloseTo(before.x + 60, 3);
    expect(driver.middleOf('face-2').y).toBeCloseTo(before.y - 30, 3);
    driver.expectSelected();
  });

  test('at fit a drag moves nothing', async () => {
    await open();
    const before = driver.box('face-1');
    await driver.drag({ x: 300, y: 300 }, { x: 400, y: 350 });
    expect(driver.box('face-1')).toEqual(before);
  });

  test('a press that is let go outside the stage is over: the mouse hovers, and the picture stays', async () => {
    const handle = await open();
    await driver.drag(driver.middleOf('face-2'), OUTSIDE);
    await driver.moveTo(driver.middleOf('face-1'));
    driver.expectHovered('face-1');
    handle.zoomBy(4);
    await driver.drag({ x: 890, y: 300 }, OUTSIDE);
    const before = driver.box('face-2');
    await driver.moveTo({ x: 200, y: 600 });
    await driver.moveTo({ x: 300, y: 500 });
    expect(driver.box('face-2')).toEqual(before);
    driver.expectSelected();
  });

  test('a press whose end nobody told is over with the first move without a button', async () => {
    const handle = await open();
    handle.zoomBy(4);
    await driver.painted();
    const before = driver.box('face-2');
    await driver.press({ x: 450, y: 350 });
    await driver.moveTo({ x: 200, y: 600 });
    await driver.moveTo({ x: 300, y: 500 });
    expect(driver.box('face-2')).toEqual(before);
    handle.fit();
    await driver.painted();
    await driver.moveTo(driver.middleOf('face-1'));
    driver.expectHovered('face-1');
  });

  test('the handle fits, shows 1:1 and zooms, and the view is reported', async () => {
    const onViewChange = vi.fn<StageProps['onViewChange']>();
    const handle = await open({ onViewChange });
    await vi.waitFor(
      () => expect(onViewChange).toHaveBeenLastCalledWith(expect.objectContaining({ isFit: true, isFilled: false })),
      TEST_TIMEOUTS,
    );
    handle.oneToOne();
    const told = () => onViewChange.mock.lastCall?.[0];
    await vi.waitFor(() => expect(told()).toMatchObject({ scale: 1, isFit: false }), TEST_TIMEOUTS);
    handle.zoomBy(4);
    await vi.waitFor(() => expect(told()).toMatchObject({ scale: 4, isFit: false }), TEST_TIMEOUTS);
    handle.fit();
    await vi.waitFor(() => expect(onViewChange.mock.lastCall?.[0].isFit).toBe(true), TEST_TIMEOUTS);
  });

  test('a tall picture fits the stage’s width at first; Fit shows all of it, and its own fit the top again', async () => {
    const size = { width: 200, height: 1500 };
    const boxes = [boxAt(1, imageRect(20, 10, 60, 80)), boxAt(2, imageRect(100, 1300, 60, 80))];
    const onViewChange = vi.fn<StageProps['onViewChange']>();
    const told = () => onViewChange.mock.lastCall?.[0];
    pictureBlob = await greyPicture(size);
    const handle = await open({ size, boxes, onViewChange });
    await vi.waitFor(
      () => expect(told()).toMatchObject({ longSide: 'height', isFilled: true, isFit: false, scale: 4 }),
      TEST_TIMEOUTS,
    );
    const first = driver.box('face-1');
    handle.fit();
    await vi.waitFor(() => expect(told()).toMatchObject({ isFilled: false, isFit: true }), TEST_TIMEOUTS);
    expect(driver.box('face-2').y).toBeLessThan(STAGE.height);
    handle.fill();
    await driver.painted();
    expect(driver.box('face-1')).toEqual(first);
  });

  test('panning is never reported', async () => {
    const onViewChange = vi.fn<StageProps['onViewChange']>();
    const handle = await open({ onViewChange });
    handle.zoomToBox('face-2');
    await vi.waitFor(() => expect(onViewChange.mock.lastCall?.[0].isFit).toBe(false), TEST_TIMEOUTS);
    onViewChange.mockClear();
    const before = driver.middleOf('face-2');
    await driver.drag(before, { x: before.x + 60, y: before.y });
    handle.fit();
    await vi.waitFor(() => expect(onViewChange).toHaveBeenCalled(), TEST_TIMEOUTS);
    expect(onViewChange).toHaveBeenCalledTimes(1);
  });
});

describe('a right click', () => {
  const rightClick = (at: { x: number; y: number }) => {
    const element = document.elementFromPoint(at.x, at.y);
    const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: at.x, clientY: at.y });
    element?.dispatchEvent(event);
    return event;
  };

  test('on a box selects the face and asks for its menu; beside the boxes the browser keeps its own', async () => {
    const onBoxMenu = vi.fn();
    await open({ onBoxMenu });
    const middle = driver.middleOf('face-1');
    const at = { x: Math.floor(middle.x), y: Math.floor(middle.y) };
    expect(rightClick(at).defaultPrevented).toBe(true);
    expect(onBoxMenu.mock.calls).toEqual([['face-1', at]]);
    driver.expectSelected('face-1');
    expect(rightClick({ x: at.x, y: at.y + 400 }).defaultPrevented).toBe(false);
    expect(onBoxMenu).toHaveBeenCalledTimes(1);
  });

  test('means the primary face where several boxes lie over each other', async () => {
    const onBoxMenu = vi.fn();
    await open({ onBoxMenu });
    selection.select('face-2');
    rightClick(driver.middleOf('face-3'));
    expect(onBoxMenu.mock.calls.map(([id]) => id)).toEqual(['face-2']);
  });
});

describe('touch', () => {
  test('a tap selects', async () => {
    await open();
    await driver.tap(driver.middleOf('face-1'));
    driver.expectSelected('face-1');
  });

  test('a double tap zooms to the face', async () => {
    await open();
    // Not the place of the test before, whose tap this browser would count as well.
    const before = driver.box('face-4').width;
    const at = driver.middleOf('face-4');
    await driver.tap(at);
    await driver.tap(at);
    await vi.waitFor(() => expect(driver.box('face-4').width).toBeGreaterThan(before * 1.5), TEST_TIMEOUTS);
    driver.expectSelected('face-4');
  });

  test('a tap beside a small face means it', async () => {
    await open();
    const { x, y, height } = driver.box('face-4');
    await driver.tap({ x: x - 12, y: y + height / 2 });
    driver.expectSelected('face-4');
  });

  test('a pinch zooms around the point between the fingers', async () => {
    await open();
    const { x, y } = driver.middleOf('face-2');
    const before = driver.box('face-2').width;
    await driver.fingers(
      [
        { x: x - 40, y },
        { x: x + 40, y },
      ],
      [
        { x: x - 80, y },
        { x: x + 80, y },
      ],
    );
    await vi.waitFor(() => expect(driver.box('face-2').width).toBeGreaterThan(before * 1.7), TEST_TIMEOUTS);
    expect(Math.abs(driver.middleOf('face-2').x - x)).toBeLessThan(2);
    expect(Math.abs(driver.middleOf('face-2').y - y)).toBeLessThan(2);
    driver.expectSelected();
  });

  test('at fit one finger is the page’s, zoomed in it is the picture’s', async () => {
    const handle = await open();
    expect(driver.element.style.touchAction).toBe('pan-x pan-y');
    handle.zoomToBox('face-2');
    await driver.painted();
    expect(driver.element.style.touchAction).toBe('none');
    const before = driver.middleOf('face-2');
    await driver.fingers([before], [{ x: before.x + 80, y: before.y }]);
    expect(driver.middleOf('face-2').x).toBeGreaterThan(before.x + 40);
  });

  test('a long press begins a multiple selection, which taps then add to', async () => {
    await open();
    await driver.longPress(driver.middleOf('face-1'), () => driver.expectSelected('face-1'));
    await driver.tap(driver.middleOf('face-4'));
    driver.expectSelected('face-1', 'face-4');
  });
});

describe('the picture', () => {
  test('the stage says what it shows', async () => {
    await open();
    expect(driver.element.getAttribute('aria-label')).toBe('team.jpg, 4 faces');
  });

  test('one that cannot be decoded is replaced by a sentence', async () => {
    await open({ pictureBlob: new Blob(['no picture']) });
    await vi.waitFor(
      () => expect(driver.host.querySelector('[role="alert"]')?.textContent).toContain('could not be shown'),
      TEST_TIMEOUTS,
    );
  });

  test('another picture takes its place', async () => {
    await open();
    const canvas = new OffscreenCanvas(600, 400);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('No 2D context');
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, 600, 400);
    driver.update(stageOf({ pictureBlob: await canvas.convertToBlob() }));
    const middle = driver.middleOf('face-1');
    const at = { x: Math.floor(middle.x), y: Math.floor(middle.y) };
    await vi.waitFor(() => expect(driver.pixel(at)).toEqual([255, 0, 0, 255]), TEST_TIMEOUTS);
  });
});

describe('unmounting', () => {
  test('leaves no stage, no open bitmap and at most the one worker that waits for the next picture, also in strict mode', async () => {
    const stagesBefore = Konva.stages.length;
    const made: ImageBitmap[] = [];
    const create = globalThis.createImageBitmap;
    const created = vi.spyOn(globalThis, 'createImageBitmap').mockImplementation(async (...args: unknown[]) => {
      const bitmap: ImageBitmap = await Reflect.apply(create, globalThis, args);
      made.push(bitmap);
      return bitmap;
    });
    const transferred = vi.spyOn(OffscreenCanvas.prototype, 'transferToImageBitmap');
    const received: ImageBitmap[] = [];
    const listened = vi.spyOn(Worker.prototype, 'onmessage', 'set').mockImplementation(function (
      this: Worker,
      listener,
    ) {
      this.addEventListener('message', (event) => {
        received.push(event.data.bitmap);
        listener?.call(this, event);
      });
    });
    const terminated = vi.spyOn(Worker.prototype, 'terminate');
    try {
      driver = await StageDriver.render(<StrictMode>{stageOf()}</StrictMode>, STAGE, selection);
      selection.select('face-1');
      await driver.painted();
      driver.unmount();
      expect(Konva.stages.length).toBe(stagesBefore);
      expect(received.length).toBeGreaterThan(0);
      const ended = new Set(terminated.mock.contexts);
      const kept = new Set(listened.mock.contexts.filter((worker) => !ended.has(worker)));
      expect(kept.size).toBeLessThanOrEqual(1);
      const frames = transferred.mock.results.map(({ value }): unknown => value);
      for (const bitmap of [...made, ...received, ...frames]) {
        // A closed bitmap has no size.
        expect(bitmap).toHaveProperty('width', 0);
      }
    } finally {
      for (const spy of [created, transferred, listened, terminated]) spy.mockRestore();
    }
  });
});
