import type { StagePoint } from '#shared/geometry/spaces.ts';
import { stagePoint } from '#shared/geometry/spaces.ts';
import { primaryOf } from '#shared/selection.ts';
import { pickByClick } from './model/hit-order.ts';
import { isZoomedIn, panBy, zoomAt, zoomBetween } from './model/viewport.ts';
import type { SelectionSource } from './selection-source.ts';
import type { BoxId } from './stage-box.ts';
import type { StageScene } from './stage-scene.ts';

/** How far a press may wander and still be a click, in stage pixels. */
const CLICK_SLOP = { mouse: 4, touch: 10 };
/** How near a box a press must be when none is under it: half a touch target of 44 px, or a hair for a mouse. */
const REACH = { mouse: 3, touch: 22 };
/** How long a finger rests before it starts a multiple selection, in milliseconds. */
const LONG_PRESS_MS = 500;
/** Zoom per wheel unit: a trackpad's pinch sends a few units an event, a wheel about a hundred a notch. */
const WHEEL_ZOOM = 0.01;
/** Most wheel units that one event counts for, so that a notch is a step of a quarter. */
const WHEEL_LIMIT = 24;
/** Stage pixels of a wheel's line, for browsers that count lines. */
const LINE_HEIGHT = 16;

type Kind = 'mouse' | 'touch';
type Press = {
  readonly id: number;
  readonly kind: Kind;
  readonly start: StagePoint;
  last: StagePoint;
  /** True once it pans; it is no click any more. */
  moved: boolean;
};

/** What the gestures tell besides views and selections. */
export type GestureListeners = {
  /** A right click on a box, at a point of the window in CSS pixels. */
  readonly onMenu: (id: BoxId, at: { readonly x: number; readonly y: number }) => void;
  /** A wheel without Ctrl over the whole picture. */
  readonly onPlainWheel: () => void;
};

/**
 * Turns pointer, wheel and touch input on the stage's element into views, hovers and selections. All state is here:
 * React hears of nothing until the selection or the scale changes. Browsers align input with frames and Konva draws
 * once a frame, so nothing here needs to be throttled.
 *
 * At fit the page keeps its own gestures (one finger and the wheel scroll it); from the moment the picture is larger
 * they move the picture. Two fingers always zoom.
 */
export class StageGestures {
  readonly #element: HTMLElement;
  readonly #scene: StageScene;
  readonly #source: SelectionSource;
  readonly #listeners: GestureListeners;
  readonly #abort = new AbortController();
  readonly #presses = new Map<number, Press>();
  #lastClick: StagePoint | undefined;
  /** What was primary before the last click, and by what it was made. */
  #primaryBefore: BoxId | undefined;
  #lastKind: Kind = 'mouse';
  #longPress: ReturnType<typeof setTimeout> | undefined;
  #pinchScale = 1;

  constructor(element: HTMLElement, scene: StageScene, source: SelectionSource, listeners: GestureListeners) {
    this.#element = element;
    this.#scene = scene;
    this.#source = source;
    this.#listeners = listeners;
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
      passive = true,
    ) => element.addEventListener(type, listener, { signal: this.#abort.signal, passive });
    on('pointerdown', (event) => this.#down(event), false);
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#up(event));
    on('pointercancel', (event) => this.#cancel(event));
    on('pointerleave', () => this.#hover(undefined));
    on('dblclick', (event) => this.#doubleClick(event));
    on('wheel', (event) => this.#wheel(event), false);
    on('touchstart', (event) => this.#keepFromPage(event), false);
    on('touchmove', (event) => this.#keepFromPage(event), false);
    on('contextmenu', (event) => this.#menu(event), false);
    this.#listenToSafariPinch();
    this.viewChanged();
  }

  /** Tells the gestures that the view changed, so that cursor and touch behaviour fit it. */
  viewChanged(): void {
    const zoomed = this.#zoomed();
    this.#element.style.touchAction = zoomed ? 'none' : 'pan-x pan-y';
    this.#showCursor();
  }

  dispose(): void {
    this.#abort.abort();
    clearTimeout(this.#longPress);
    if (this.#source.get().hovered !== undefined) this.#source.hover(undefined);
  }

  #zoomed(): boolean {
    const { framing, viewport } = this.#scene;
    return framing !== undefined && isZoomedIn(viewport, framing);
  }

  #at(event: { readonly clientX: number; readonly clientY: number }): StagePoint {
    const { left, top } = this.#element.getBoundingClientRect();
    return stagePoint(event.clientX - left, event.clientY - top);
  }

  #down(event: PointerEvent): void {
    const kind: Kind = event.pointerType === 'touch' ? 'touch' : 'mouse';
    if (event.button !== 0 && event.button !== 1) return;
    if (event.button === 1) event.preventDefault();
    const start = this.#at(event);
    this.#presses.set(event.pointerId, { id: event.pointerId, kind, start, last: start, moved: event.button === 1 });
    // From the press on, or one that is let go beside the stage would never end. Fingers and pens the browser captures.
    if (event.pointerType === 'mouse') this.#element.setPointerCapture(event.pointerId);
    clearTimeout(this.#longPress);
    if (kind === 'touch' && this.#presses.size === 1) {
      this.#longPress = setTimeout(() => this.#addToSelection(event.pointerId), LONG_PRESS_MS);
    }
    if (this.#presses.size > 1) for (const press of this.#presses.values()) press.moved = true;
    this.#showCursor();
  }

  #move(event: PointerEvent): void {
    let press = this.#presses.get(event.pointerId);
    if (press !== undefined && event.pointerType !== 'touch' && event.buttons === 0) {
      // Something else took its end: a dialog of the browser, another window.
      this.#release(event.pointerId);
      press = undefined;
    }
    if (press === undefined) {
      if (event.pointerType !== 'touch') this.#hover(this.#at(event));
      return;
    }
    const at = this.#at(event);
    const before = press.last;
    if (!press.moved && Math.hypot(at.x - press.start.x, at.y - press.start.y) <= CLICK_SLOP[press.kind]) return;
    if (!press.moved) this.#beginDrag(press);
    press.last = at;
    const [one, other] = [...this.#presses.values()];
    if (one !== undefined && other !== undefined) {
      // The first two fingers zoom; any more of them rest on the picture.
      if (press === one) this.#pinch(other.last, before, at);
      else if (press === other) this.#pinch(one.last, before, at);
    } else if (this.#zoomed()) this.#pan(at.x - before.x, at.y - before.y);
  }

  #beginDrag(press: Press): void {
    press.moved = true;
    clearTimeout(this.#longPress);
    // Capture of a finger only what is a drag: a captured one would take the page's own gestures away from it.
    if (this.#zoomed() && this.#element.hasPointerCapture(press.id) === false)
      this.#element.setPointerCapture(press.id);
    this.#hover(undefined);
    this.#showCursor();
  }

  #up(event: PointerEvent): void {
    const press = this.#presses.get(event.pointerId);
    this.#release(event.pointerId);
    if (press !== undefined && !press.moved) this.#scene.holdStill(() => this.#click(press, event));
  }

  #cancel(event: PointerEvent): void {
    this.#release(event.pointerId);
  }

  #release(pointerId: number): void {
    this.#presses.delete(pointerId);
    clearTimeout(this.#longPress);
    this.#showCursor();
  }

  #click({ start, kind }: Press, event: PointerEvent): void {
    const source = this.#source;
    const { selection, multiSelectMode } = source.get();
    const hits = this.#scene.boxesAt(start, REACH[kind]);
    const top = hits[0];
    const last = this.#lastClick;
    const slop = CLICK_SLOP[kind];
    const atSamePlace = last !== undefined && Math.hypot(start.x - last.x, start.y - last.y) <= slop;
    this.#lastClick = start;
    this.#lastKind = kind;
    this.#primaryBefore = primaryOf(selection);
    if (top === undefined) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.#clear();
      return;
    }
    if (event.shiftKey) source.extendTo(top, this.#order());
    else if (event.ctrlKey || event.metaKey || multiSelectMode) source.toggle(top);
    else {
      const chosen = pickByClick(hits, primaryOf(selection), atSamePlace);
      if (chosen !== undefined) source.select(chosen);
    }
  }

  /**
   * Zooms to the face that the first of the two clicks selected, though the second has gone on to the one beneath; and
   * back from there. Beside the faces it only goes back.
   */
  #doubleClick(event: MouseEvent): void {
    const source = this.#source;
    if (event.ctrlKey || event.metaKey || event.shiftKey || source.get().multiSelectMode) return;
    const hits = this.#scene.boxesAt(this.#at(event), REACH[this.#lastKind]);
    const first = this.#primaryBefore;
    const id = first !== undefined && hits.includes(first) ? first : hits[0];
    if (id === undefined) {
      if (this.#zoomed()) this.#scene.zoomBack();
      return;
    }
    if (primaryOf(source.get().selection) !== id) this.#scene.holdStill(() => source.select(id));
    this.#scene.zoomToBox(id);
  }

  /** A right click: the primary box where it is one of those at this place, or else the one on top. */
  #menu(event: MouseEvent): void {
    // A finger that rests means a selection of several, not a menu.
    if (this.#presses.size > 0) {
      event.preventDefault();
      return;
    }
    const hits = this.#scene.boxesAt(this.#at(event), REACH.mouse);
    const { selection } = this.#source.get();
    const primary = primaryOf(selection);
    const id = primary !== undefined && hits.includes(primary) ? primary : hits[0];
    if (id === undefined) return;
    event.preventDefault();
    if (!selection.ids.includes(id)) this.#scene.holdStill(() => this.#source.select(id));
    this.#listeners.onMenu(id, { x: event.clientX, y: event.clientY });
  }

  #clear(): void {
    if (this.#source.get().selection.ids.length > 0) this.#source.clear();
  }

  #order(): readonly BoxId[] {
    return this.#scene.boxes.map(({ id }) => id);
  }

  #addToSelection(pointerId: number): void {
    const press = this.#presses.get(pointerId);
    const box = press === undefined ? undefined : this.#scene.boxesAt(press.start, REACH.touch)[0];
    if (press === undefined || box === undefined) return;
    press.moved = true;
    this.#scene.holdStill(() => this.#source.addToSelection(box));
  }

  #pan(dx: number, dy: number): void {
    const { framing, viewport } = this.#scene;
    if (framing !== undefined) this.#scene.show(panBy(viewport, dx, dy, framing));
  }

  #zoom(factor: number, pivot: StagePoint): void {
    const { framing, viewport } = this.#scene;
    if (framing !== undefined) this.#scene.show(zoomAt(viewport, factor, pivot, framing));
  }

  /** One of two fingers moved: the picture point between them stays between them. */
  #pinch(still: StagePoint, before: StagePoint, now: StagePoint): void {
    const { framing, viewport } = this.#scene;
    const apart = Math.hypot(before.x - still.x, before.y - still.y);
    if (framing === undefined || apart === 0) return;
    const factor = Math.hypot(now.x - still.x, now.y - still.y) / apart;
    const from = stagePoint((before.x + still.x) / 2, (before.y + still.y) / 2);
    const to = stagePoint((now.x + still.x) / 2, (now.y + still.y) / 2);
    this.#scene.show(zoomBetween(viewport, factor, from, to, framing));
  }

  #wheel(event: WheelEvent): void {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_HEIGHT;
    const at = this.#at(event);
    if (event.ctrlKey || event.metaKey) {
      const units = Math.max(-WHEEL_LIMIT, Math.min(WHEEL_LIMIT, event.deltaY * unit));
      this.#zoom(Math.exp(-units * WHEEL_ZOOM), at);
    } else if (this.#zoomed()) {
      const sideways = event.shiftKey && event.deltaX === 0;
      const [dx, dy] = sideways ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      this.#pan(-dx * unit, -dy * unit);
    } else {
      this.#listeners.onPlainWheel();
      return;
    }
    event.preventDefault();
    // Another box may lie under the pointer now.
    this.#hover(at);
  }

  /** Two fingers, or any on an enlarged picture, are ours; the browser would scroll or zoom the page and end our gesture. */
  #keepFromPage(event: TouchEvent): void {
    if ((event.touches.length > 1 || this.#zoomed()) && event.cancelable) event.preventDefault();
  }

  /** Safari reports a trackpad's pinch by events of its own instead of Ctrl and wheel. */
  #listenToSafariPinch(): void {
    const on = (type: string, listener: (event: Event) => void) =>
      this.#element.addEventListener(type, listener, { signal: this.#abort.signal, passive: false });
    const scaleOf = (event: Event) => ('scale' in event && typeof event.scale === 'number' ? event.scale : 1);
    on('gesturestart', (event) => {
      event.preventDefault();
      this.#pinchScale = scaleOf(event);
    });
    on('gesturechange', (event) => {
      event.preventDefault();
      // Fingers on a screen come as pointers too, and are handled there.
      if (this.#presses.size > 0 || !(event instanceof UIEvent)) return;
      const factor = scaleOf(event) / this.#pinchScale;
      this.#pinchScale = scaleOf(event);
      if (
        'clientX' in event &&
        'clientY' in event &&
        typeof event.clientX === 'number' &&
        typeof event.clientY === 'number'
      )
        this.#zoom(factor, this.#at({ clientX: event.clientX, clientY: event.clientY }));
    });
  }

  /** Hovers the box at a point; undefined means that the pointer left or began to drag. */
  #hover(at: StagePoint | undefined): void {
    const found = at === undefined ? undefined : this.#scene.boxesAt(at, REACH.mouse)[0];
    if (this.#source.get().hovered !== found) this.#source.hover(found);
    this.#showCursor(found !== undefined);
  }

  #showCursor(overBox = false): void {
    const dragging = [...this.#presses.values()].some(({ moved }) => moved);
    const zoomed = this.#zoomed();
    const cursor = zoomed && dragging ? 'grabbing' : overBox ? 'pointer' : zoomed ? 'grab' : 'default';
    if (this.#element.style.cursor !== cursor) this.#element.style.cursor = cursor;
  }
}
