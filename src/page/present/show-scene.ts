import { type FlightTime, fly } from '#face-canvas/fly.ts';
import { rectToStage, type Viewport } from '#face-canvas/model/viewport.ts';
import { type ImageRect, imageRect, type Size } from '#shared/geometry/spaces.ts';
import type { ShowPlan } from './model/show-plan.ts';

/** What the scene paints on and moves about. */
export type ShowLayers = {
  readonly canvas: HTMLCanvasElement;
  /** Holds an element with `data-face` for each face. */
  readonly frames: HTMLElement;
  /** Lies over the picture and is dark but for the face. */
  readonly light: HTMLElement;
  /** The part of the small picture in the corner that is seen. */
  readonly mapView: HTMLElement;
};

const FLIGHT: FlightTime = { shortest: 450, longest: 1_100 };
/** Most pixels of the canvas: a wall of 4K screens at once, and far below what any browser refuses. */
const MAX_PIXELS = 8_300_000;
/** Shorter side of a box on the screen below which its frame is a thin one, in CSS pixels. */
const SMALL_FACE = 44;
/** How far the light reaches beyond the box of a face, as a share of its half sides. */
const LIGHT = { x: 1.9, y: 1.75 };

/**
 * The picture on the screen between two React renders: one view, from which canvas, frames and light are placed in the
 * same frame. React hands in what changes rarely.
 */
export class ShowScene {
  readonly #layers: ShowLayers;
  readonly #onArrive: (plan: ShowPlan) => void;
  #screen: Size = { width: 0, height: 0 };
  #picture: Size = { width: 1, height: 1 };
  #bounds: ReadonlyMap<string, ImageRect> = new Map();
  #lit: ImageRect | undefined;
  #pixels: OffscreenCanvas | undefined;
  #viewport: Viewport | undefined;
  #isMoving = false;
  #stop: () => void = () => undefined;

  /** `onArrive` hears of each plan whose view is reached. */
  constructor(layers: ShowLayers, onArrive: (plan: ShowPlan) => void) {
    this.#layers = layers;
    this.#onArrive = onArrive;
  }

  /** Size of the screen in CSS pixels. */
  setScreen(screen: Size): void {
    const { canvas } = this.#layers;
    const ratio = Math.min(devicePixelRatio, Math.sqrt(MAX_PIXELS / Math.max(1, screen.width * screen.height)));
    this.#screen = screen;
    canvas.width = Math.max(1, Math.round(screen.width * ratio));
    canvas.height = Math.max(1, Math.round(screen.height * ratio));
    this.#draw();
  }

  /** `picture` is the space of the boxes, in pixels; `pixels` may have more or fewer, and none while they are read. */
  setPicture(picture: Size, pixels: OffscreenCanvas | undefined): void {
    this.#picture = picture;
    this.#pixels = pixels;
    this.#draw();
  }

  /** The boxes by the value of `data-face`, and the one that the light is on. */
  setFaces(bounds: ReadonlyMap<string, ImageRect>, lit: ImageRect | undefined): void {
    this.#bounds = bounds;
    // A light that goes out stays where it was.
    this.#lit = lit ?? this.#lit;
    this.#place();
  }

  /** Flies to a plan's view, or is there at once. */
  goTo(plan: ShowPlan, how: 'fly' | 'jump'): void {
    this.#stop();
    const arrive = () => {
      this.#isMoving = false;
      this.#viewport = plan.viewport;
      this.#draw();
      this.#onArrive(plan);
    };
    if (how === 'jump' || this.#viewport === undefined) {
      arrive();
      return;
    }
    this.#stop = fly(this.#viewport, plan.viewport, plan.framing, FLIGHT, (viewport, isThere) => {
      if (isThere) {
        arrive();
        return;
      }
      this.#isMoving = true;
      this.#viewport = viewport;
      this.#draw();
    });
  }

  dispose(): void {
    this.#stop();
  }

  #draw(): void {
    this.#paint();
    this.#place();
  }

  #paint(): void {
    const { canvas } = this.#layers;
    const context = canvas.getContext('2d');
    if (context === null || this.#screen.width === 0) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (this.#pixels === undefined || this.#viewport === undefined) return;
    const ratio = canvas.width / this.#screen.width;
    const { x, y, width, height } = rectToStage(this.#viewport, wholeOf(this.#picture));
    // While it moves, an even pace is worth more than the last bit of sharpness.
    context.imageSmoothingQuality = this.#isMoving ? 'low' : 'high';
    context.drawImage(this.#pixels, x * ratio, y * ratio, width * ratio, height * ratio);
  }

  #place(): void {
    const viewport = this.#viewport;
    if (viewport === undefined) return;
    for (const frame of this.#layers.frames.children) {
      if (!(frame instanceof HTMLElement)) continue;
      const bound = this.#bounds.get(frame.dataset['face'] ?? '');
      if (bound === undefined) continue;
      const { x, y, width, height } = rectToStage(viewport, bound);
      frame.style.translate = `${x}px ${y}px`;
      frame.style.width = `${width}px`;
      frame.style.height = `${height}px`;
      frame.toggleAttribute('data-small', Math.min(width, height) < SMALL_FACE);
    }
    this.#placeLight(viewport);
    this.#placeMapView(viewport);
  }

  #placeLight(viewport: Viewport): void {
    if (this.#lit === undefined) return;
    const { x, y, width, height } = rectToStage(viewport, this.#lit);
    const radii = `${(width / 2) * LIGHT.x}px ${(height / 2) * LIGHT.y}px`;
    const { style } = this.#layers.light;
    style.setProperty('--light', `${radii} at ${x + width / 2}px ${y + height / 2}px`);
  }

  #placeMapView(viewport: Viewport): void {
    const { width, height } = this.#picture;
    const left = share(-viewport.x / viewport.scale, width);
    const top = share(-viewport.y / viewport.scale, height);
    const { style } = this.#layers.mapView;
    style.left = `${left}%`;
    style.top = `${top}%`;
    style.width = `${share((this.#screen.width - viewport.x) / viewport.scale, width) - left}%`;
    style.height = `${share((this.#screen.height - viewport.y) / viewport.scale, height) - top}%`;
  }
}

const wholeOf = ({ width, height }: Size): ImageRect => imageRect(0, 0, width, height);

/** A part of a length in percent of it, within it. */
const share = (part: number, whole: number): number => Math.min(100, Math.max(0, (100 * part) / whole));
