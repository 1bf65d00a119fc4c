import { TEST_TIMEOUTS } from '../test-timeouts.ts';
import '#page/shell/theme.css';
import Konva from 'konva/lib/Core.js';
import type { Stage } from 'konva/lib/Stage.js';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import type { BoxId, SelectionSource } from '#face-canvas/index.ts';

type Point = { readonly x: number; readonly y: number };
type Modifier = 'Alt' | 'Control' | 'Meta' | 'Shift';
type Box = Point & { readonly width: number; readonly height: number };

/** Red, green, blue and opacity of one device pixel, 0 to 255. */
export type Pixel = readonly [number, number, number, number];

/** The bits that the browser's protocol knows modifier keys by. */
const MODIFIER_BITS: Readonly<Record<Modifier, number>> = { Alt: 1, Control: 2, Meta: 4, Shift: 8 };

/** Motions are there at once, so that a test looks at where they lead. */
const NO_MOTION = { name: 'prefers-reduced-motion', value: 'reduce' } as const;

/** The window that a stage is shown in, larger than any stage that a test asks for. */
const WINDOW = { width: 1000, height: 800 };

/**
 * Drives a rendered stage with a real mouse and real fingers, and reads what is really painted, so that a test reads
 * like a script: `await driver.clickFace('face-2'); driver.expectSelected('face-2')`. All points are stage pixels.
 */
export class StageDriver {
  readonly host: HTMLElement;
  readonly #root: ReturnType<typeof createRoot>;

  readonly #selection: SelectionSource;

  private constructor(host: HTMLElement, selection: SelectionSource) {
    this.host = host;
    this.#selection = selection;
    this.#root = createRoot(host);
  }

  /** Renders a stage, which shows `selection`, into an element of this size and waits until the picture is painted. */
  static async render(
    ui: ReactNode,
    size: { readonly width: number; readonly height: number },
    selection: SelectionSource,
  ): Promise<StageDriver> {
    await page.viewport(WINDOW.width, WINDOW.height);
    await cdp().send('Emulation.setEmulatedMedia', { features: [NO_MOTION] });
    const host = document.createElement('div');
    host.style.cssText = 'position: fixed; top: 0; left: 0';
    const driver = new StageDriver(host, selection);
    document.body.append(host);
    driver.resize(size.width, size.height);
    driver.#root.render(ui);
    await driver.settled();
    return driver;
  }

  update(ui: ReactNode): void {
    this.#root.render(ui);
  }

  /**
   * Shows the page as a screen of this density does; 0 gives back the real one. The window changes its size by a pixel
   * with it, because an emulated density alone, unlike a real one, announces itself to nobody.
   */
  static async setPixelRatio(deviceScaleFactor: number): Promise<void> {
    const metrics = { width: 0, height: 0, deviceScaleFactor, mobile: false };
    await (deviceScaleFactor === 0
      ? cdp().send('Emulation.clearDeviceMetricsOverride')
      : cdp().send('Emulation.setDeviceMetricsOverride', metrics));
    await page.viewport(WINDOW.width + deviceScaleFactor, WINDOW.height);
    await vi.waitFor(() => expect(window.devicePixelRatio).toBe(deviceScaleFactor || 1), TEST_TIMEOUTS);
  }

  resize(width: number, height: number): void {
    this.host.style.width = `${width}px`;
    this.host.style.height = `${height}px`;
  }

  unmount(): void {
    // Other tests look at the page as it is for everybody.
    void cdp().send('Emulation.setEmulatedMedia', { features: [] });
    this.#root.unmount();
    this.host.remove();
  }

  /** The element that takes input: the labelled stage. */
  get element(): HTMLElement {
    const element = this.host.querySelector<HTMLElement>('[role="img"]');
    if (element === null) throw new Error('There is no stage');
    return element;
  }

  get stage(): Stage {
    const stage = Konva.stages.find((candidate) => this.host.contains(candidate.container()));
    if (stage === undefined) throw new Error('There is no Konva stage');
    return stage;
  }

  /** Waits until the picture is decoded and everything asked for has been painted. */
  async settled(): Promise<void> {
    await vi.waitFor(() => expect(this.element.getAttribute('aria-busy')).toBe('false'), { timeout: 10_000 });
    await this.painted();
  }

  /** Waits for the frame in which Konva draws, and for the one after it. */
  async painted(): Promise<void> {
    for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
  }

  /** The rectangle of a face as the scene graph has it, without its line. */
  box(id: BoxId): Box {
    const node = this.stage.findOne(`#${id}`);
    if (node === undefined) throw new Error(`There is no box of ${id}`);
    return node.getClientRect({ skipStroke: true });
  }

  middleOf(id: BoxId): Point {
    const { x, y, width, height } = this.box(id);
    return { x: x + width / 2, y: y + height / 2 };
  }

  /** The pixel that is seen at a point: the canvases of all layers on top of each other. */
  pixel({ x, y }: Point): Pixel {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('No 2D context');
    for (const layer of this.stage.getLayers()) {
      if (!layer.isVisible()) continue;
      const ratio = layer.getCanvas().getPixelRatio();
      context.drawImage(layer.getNativeCanvasElement(), -Math.floor(x * ratio), -Math.floor(y * ratio));
    }
    const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity];
  }

  async clickFace(id: BoxId, ...modifiers: Modifier[]): Promise<void> {
    await this.click(this.middleOf(id), ...modifiers);
  }

  async click(at: Point, ...modifiers: Modifier[]): Promise<void> {
    await this.#mouse('mouseMoved', at, modifiers, 'none');
    await this.#mouse('mousePressed', at, modifiers, 'left');
    await this.#mouse('mouseReleased', at, modifiers, 'left');
    await this.painted();
  }

  async doubleClick(at: Point): Promise<void> {
    await this.#mouse('mouseMoved', at, [], 'none');
    for (const count of [1, 2]) {
      await this.#mouse('mousePressed', at, [], 'left', count);
      await this.#mouse('mouseReleased', at, [], 'left', count);
    }
    await this.painted();
  }

  async moveTo(at: Point): Promise<void> {
    await this.#mouse('mouseMoved', at, [], 'none');
    await this.painted();
  }

  /** Presses the button, and tells nothing of letting it go. */
  async press(at: Point): Promise<void> {
    await this.#mouse('mouseMoved', at, [], 'none');
    await this.#mouse('mousePressed', at, [], 'left');
    await this.painted();
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.#mouse('mouseMoved', from, [], 'none');
    await this.#mouse('mousePressed', from, [], 'left');
    for (const share of [0.25, 0.5, 0.75, 1]) {
      const at = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
      await this.#mouse('mouseMoved', at, [], 'left');
    }
    await this.#mouse('mouseReleased', to, [], 'left');
    await this.painted();
  }

  /** Turns the wheel over a point; positive is down and right. */
  async wheel(at: Point, { deltaX = 0, deltaY = 0 }, ...modifiers: Modifier[]): Promise<void> {
    await cdp().send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      ...this.#onPage(at),
      deltaX,
      deltaY,
      modifiers: bitsOf(modifiers),
    });
    await this.painted();
  }

  /** Puts fingers down at `from`, moves them to `to` and lifts them; one point a finger. */
  async fingers(from: readonly Point[], to: readonly Point[]): Promise<void> {
    const steps = [0.25, 0.5, 0.75, 1];
    await this.#touch('touchStart', from);
    for (const share of steps) {
      const at = from.map((start, index) => {
        const end = to[index] ?? start;
        return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
      });
      await this.#touch('touchMove', at);
    }
    await this.#touch('touchEnd', []);
    await this.painted();
  }

  async tap(at: Point): Promise<void> {
    await this.#touch('touchStart', [at]);
    await this.#touch('touchEnd', []);
    await this.painted();
  }

  /** Rests a finger at a point until `until` holds, then lifts it. */
  async longPress(at: Point, until: () => void): Promise<void> {
    await this.#touch('touchStart', [at]);
    await vi.waitFor(until, TEST_TIMEOUTS);
    await this.#touch('touchEnd', []);
    await this.painted();
  }

  /** The selected faces, the primary one last. */
  expectSelected(...ids: readonly BoxId[]): void {
    expect(this.#selection.get().selection.ids).toEqual(ids);
  }

  expectHovered(id: BoxId | undefined): void {
    expect(this.#selection.get().hovered).toBe(id);
  }

  async #mouse(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    at: Point,
    modifiers: readonly Modifier[],
    button: 'none' | 'left',
    count = 1,
  ): Promise<void> {
    await cdp().send('Input.dispatchMouseEvent', {
      type,
      ...this.#onPage(at),
      button,
      buttons: button === 'left' && type !== 'mouseReleased' ? 1 : 0,
      clickCount: type === 'mouseMoved' ? 0 : count,
      modifiers: bitsOf(modifiers),
    });
  }

  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]): Promise<void> {
    const touchPoints = points.map((point, id) => ({ ...this.#onPage(point), id }));
    await cdp().send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  /** A point of the stage as the browser's protocol counts it: from the page that frames the test. */
  #onPage({ x, y }: Point): Point {
    const stage = this.element.getBoundingClientRect();
    const frame = window.frameElement?.getBoundingClientRect() ?? { left: 0, top: 0, width: window.innerWidth };
    const zoom = frame.width / window.innerWidth;
    return { x: frame.left + (stage.left + x) * zoom, y: frame.top + (stage.top + y) * zoom };
  }
}

const bitsOf = (modifiers: readonly Modifier[]): number =>
  modifiers.reduce((bits, modifier) => bits | MODIFIER_BITS[modifier], 0);
