import type { Context } from 'konva/lib/Context.js';
import type { Layer } from 'konva/lib/Layer.js';
import { Shape } from 'konva/lib/Shape.js';
import type { Image as ImageNode } from 'konva/lib/shapes/Image.js';
import type { ImageRect, Size, StagePoint, StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';
import { emptySelection, primaryOf, type Selection } from '#shared/selection.ts';
import { BadgeLayer } from './badge-layer.ts';
import { badgeLabel } from './badge-painter.ts';
import {
  BoxNode,
  type BoxPainting,
  DIMMED_OPACITY,
  KIND_LINES,
  SELECTED_LINE_WIDTH,
  UNLISTED_OPACITY,
} from './box-node.ts';
import { type FlightTime, fly } from './fly.ts';
import { FrameGauge } from './frame-gauge.ts';
import { paintHighlight } from './highlight.ts';
import { boxesAt, byPaintOrder } from './model/hit-order.ts';
import {
  atFirst,
  clampViewport,
  type Framing,
  isFilled,
  isFit,
  type LongSide,
  longSideOf,
  lookAt,
  pointToImage,
  rectToStage,
  reframe,
  reveal,
  type Viewport,
  zoomToRect,
} from './model/viewport.ts';
import type { PictureBitmaps } from './picture-bitmaps.ts';
import type { BoxId, StageBox } from './stage-box.ts';

/** The Konva nodes that react-konva owns and the scene fills: three layers, and the picture on the lowest. */
export type SceneNodes = {
  readonly pictureLayer: Layer;
  readonly picture: ImageNode;
  readonly boxLayer: Layer;
  readonly highlightLayer: Layer;
};

/** What the page switches. */
export type SceneOptions = {
  readonly labelsShown: boolean;
  readonly boxesHidden: boolean;
  /** Paints the others fainter while something is selected. */
  readonly dimOthers: boolean;
  /** False where there is no width for the service's name beside the number. */
  readonly namesShown: boolean;
  /** The boxes that are listed, the others are fainter; undefined while all are. */
  readonly listed: ReadonlySet<BoxId> | undefined;
};

/** A pan of this share of the stage makes new places for the badges before it rests. */
const PAN_BEFORE_LAYOUT = 0.5;

/** How long nothing moves before the picture is made sharp and the badges are laid out anew, in milliseconds. */
const REST_MS = 120;

/** Going to a face is a short motion, so that one sees where it is. */
const TO_FACE: FlightTime = { shortest: 180, longest: 360 };

/**
 * Everything on the stage between two React renders: the viewport, a node per box, the badges, the highlights. React
 * hands in what changes rarely; panning, zooming and hovering change nodes here and ask Konva for one draw a frame.
 *
 * Hovering repaints the highlight layer only. Panning and zooming repaint from one transform, with the badges at the
 * places chosen at rest; so a gesture costs painting and nothing else.
 */
export class StageScene {
  readonly #nodes: SceneNodes;
  readonly #onViewChange: (viewport: Viewport) => void;
  readonly #onNumbersHidden: (hidden: boolean) => void;
  readonly #painting: BoxPainting = {
    viewport: { scale: 1, x: 0, y: 0 },
    pixelRatio: 1,
    textScale: 1,
    width: 0,
    height: 0,
    badgeRoom: stageRect(0, 0, 0, 0),
  };
  readonly #badges: BadgeLayer;
  readonly #highlights: Shape;
  readonly #gauge = new FrameGauge();
  #framing: Framing | undefined;
  #boxes: readonly (StageBox & { readonly order: number })[] = [];
  #byId = new Map<BoxId, { readonly box: StageBox; readonly node: BoxNode }>();
  #bitmaps: PictureBitmaps | undefined;
  #selection: Selection<BoxId> = emptySelection;
  #hovered: BoxId | undefined;
  #options: SceneOptions = {
    labelsShown: true,
    boxesHidden: false,
    dimOthers: false,
    namesShown: true,
    listed: undefined,
  };
  #numbersHidden = false;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #laidOutAt: Viewport = this.#painting.viewport;
  #heldStill = false;
  /** Where a flight ends, while there is one. */
  #destination: Viewport | undefined;
  #endFlight: () => void = () => undefined;
  /** The view from which a face was gone to, for as long as only faces have been gone to since. */
  #before: Viewport | undefined;

  /** `onNumbersHidden` hears when some boxes in sight begin or cease to have no room for their number. */
  constructor(
    nodes: SceneNodes,
    onViewChange: (viewport: Viewport) => void,
    onNumbersHidden: (hidden: boolean) => void,
  ) {
    this.#nodes = nodes;
    this.#onViewChange = onViewChange;
    this.#onNumbersHidden = onNumbersHidden;
    this.#badges = new BadgeLayer(this.#painting);
    this.#highlights = new Shape({
      name: 'highlights',
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => this.#paintHighlights(context),
    });
    document.fonts.addEventListener('loadingdone', this.#fontChanged);
    nodes.boxLayer.add(this.#badges.shape);
    nodes.highlightLayer.add(this.#highlights);
    nodes.picture.sceneFunc((context) => this.#paintPicture(context));
  }

  get viewport(): Viewport {
    return this.#painting.viewport;
  }

  /** Undefined until the stage has a size and the picture is known. */
  get framing(): Framing | undefined {
    return this.#framing;
  }

  /** True when the whole picture is shown at the scale that fits it. */
  get isFit(): boolean {
    return this.#framing === undefined || isFit(this.viewport, this.#framing);
  }

  /** The way along which the picture is far longer than the stage; undefined for any that is not. */
  get longSide(): LongSide | undefined {
    return this.#framing === undefined ? undefined : longSideOf(this.#framing);
  }

  /** True when a long picture fills the stage by its short side. */
  get isFilled(): boolean {
    return this.#framing !== undefined && this.longSide !== undefined && isFilled(this.viewport, this.#framing);
  }

  get boxes(): readonly StageBox[] {
    return this.#boxes;
  }

  box(id: BoxId): StageBox | undefined {
    return this.#byId.get(id)?.box;
  }

  /** Replaces the boxes; they are painted the larger before the smaller, the badges over all of them. */
  setBoxes(boxes: readonly StageBox[]): void {
    for (const { node } of this.#byId.values()) node.destroy();
    this.#boxes = boxes.map((box, order) => ({ ...box, order }));
    this.#byId = new Map(this.#boxes.map((box) => [box.id, { box, node: new BoxNode(box, this.#painting) }]));
    const nodes = this.#boxes.toSorted(byPaintOrder).flatMap(({ id }) => this.#byId.get(id)?.node ?? []);
    if (nodes.length > 0) this.#nodes.boxLayer.add(...nodes);
    this.#badges.shape.moveToTop();
    this.#styleBoxes();
    this.#rest();
  }

  /** Sets the bitmaps of the picture; undefined while there are none. They stay the caller's to dispose of. */
  setBitmaps(bitmaps: PictureBitmaps | undefined): void {
    this.#bitmaps = bitmaps;
    this.#requestCut();
    this.#nodes.pictureLayer.batchDraw();
  }

  /** Repaints the picture because a bitmap of it arrived. */
  bitmapsChanged(): void {
    this.#nodes.pictureLayer.batchDraw();
  }

  /** Sets the stage's size, its room, its pixel density and how much larger its text is; paints at once, so that no frame shows the old boxes. */
  setFrame(stage: Size, pixelRatio: number, textScale: number, framing: Framing): void {
    this.#stay();
    this.#before = undefined;
    const before = this.#framing;
    const samePicture =
      before?.picture.width === framing.picture.width && before.picture.height === framing.picture.height;
    this.#framing = framing;
    this.#painting.width = stage.width;
    this.#painting.height = stage.height;
    this.#painting.pixelRatio = pixelRatio;
    this.#painting.textScale = textScale;
    for (const layer of this.#layers()) {
      if (layer.getCanvas().getPixelRatio() !== pixelRatio) layer.getCanvas().setPixelRatio(pixelRatio);
    }
    this.#nodes.picture.size(framing.picture);
    this.#apply(before !== undefined && samePicture ? reframe(this.viewport, before, framing) : atFirst(framing));
    this.#rest();
    for (const layer of this.#layers()) layer.draw();
  }

  setOptions(options: SceneOptions): void {
    this.#options = options;
    this.#nodes.boxLayer.visible(!options.boxesHidden);
    this.#styleBoxes();
    this.#layoutBadges();
  }

  setSelection(selection: Selection<BoxId>): void {
    this.#selection = selection;
    this.#styleBoxes();
    this.#layoutBadges();
  }

  /** Brings a face into sight, unless what is done now is done on the stage itself, where it is in sight already. */
  reveal(id: BoxId): void {
    const bound = this.box(id)?.bound;
    if (this.#heldStill || bound === undefined || this.#framing === undefined) return;
    this.#flyTo(reveal(this.#destination ?? this.viewport, bound, this.#framing));
  }

  /** Flies to a face, or from there back to where it was gone from. */
  zoomToBox(id: BoxId): void {
    const bound = this.box(id)?.bound;
    if (bound === undefined || this.#framing === undefined) return;
    const now = this.#destination ?? this.viewport;
    const wanted = zoomToRect(bound, this.#framing);
    if (isSameView(now, wanted)) this.zoomBack();
    else {
      this.#before ??= now;
      this.#flyTo(wanted);
    }
  }

  /** Brings a part of the picture into view, large enough to judge (`lookAt`): by a flight, or `at-once`. */
  lookAt(bound: ImageRect, how: 'flight' | 'at-once'): void {
    if (this.#framing === undefined) return;
    const wanted = lookAt(this.#destination ?? this.viewport, bound, this.#framing);
    if (how === 'flight') this.#flyTo(wanted);
    else this.show(wanted);
  }

  /** Ends a flight at once, where it was going. */
  arrive(): void {
    if (this.#destination !== undefined) this.show(this.#destination);
  }

  /** Flies back to where a face was gone from, or to the picture as it was at first. */
  zoomBack(): void {
    if (this.#framing === undefined) return;
    const before = this.#before ?? atFirst(this.#framing);
    this.#before = undefined;
    this.#flyTo(before);
  }

  /** Does something during which the view must not move. */
  holdStill(action: () => void): void {
    this.#heldStill = true;
    action();
    this.#heldStill = false;
  }

  setHovered(hovered: BoxId | undefined): void {
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    this.#drawHighlights();
  }

  /** Shows the picture this way, within its limits; one draw in the next frame, however often this is called. */
  show(viewport: Viewport): void {
    this.#stay();
    this.#before = undefined;
    this.#show(viewport);
  }

  #show(viewport: Viewport): void {
    if (this.#framing === undefined) return;
    this.#apply(clampViewport(viewport, this.#framing));
    if (this.#movedFar()) this.#layoutBadges();
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#rest(), REST_MS);
  }

  /** The boxes at a point of the stage, the topmost first: one whose badge is there, then the others; `reach` in stage pixels. */
  boxesAt(point: StagePoint, reach: number): BoxId[] {
    if (this.#framing === undefined || this.#options.boxesHidden) return [];
    const labelled = this.#options.labelsShown ? this.#badges.boxAt(point) : undefined;
    const boxes = boxesAt(this.#boxes, pointToImage(this.viewport, point), reach / this.viewport.scale);
    const ids = boxes.map(({ id }) => id);
    return labelled === undefined ? ids : [labelled, ...ids.filter((id) => id !== labelled)];
  }

  dispose(): void {
    this.#stay();
    clearTimeout(this.#restTimer);
    document.fonts.removeEventListener('loadingdone', this.#fontChanged);
    for (const { node } of this.#byId.values()) node.destroy();
    this.#byId.clear();
    this.#badges.dispose();
    this.#gauge.dispose();
    this.#highlights.destroy();
    this.#nodes.picture.sceneFunc(() => undefined);
  }

  /** A key that walks faces faster than they are flown to goes on from wherever the picture is. */
  #flyTo(wanted: Viewport): void {
    if (this.#framing === undefined) return;
    this.#stay();
    if (isSameView(this.viewport, wanted)) return;
    this.#destination = wanted;
    this.#endFlight = fly(this.viewport, wanted, this.#framing, TO_FACE, (viewport, isThere) => {
      if (isThere) this.#destination = undefined;
      this.#show(viewport);
    });
  }

  /** Ends a flight where it is. */
  #stay(): void {
    this.#endFlight();
    this.#destination = undefined;
  }

  readonly #fontChanged = (): void => {
    this.#badges.fontChanged();
    this.#drawHighlights();
  };

  #layers(): readonly Layer[] {
    return [this.#nodes.pictureLayer, this.#nodes.boxLayer, this.#nodes.highlightLayer];
  }

  #apply(viewport: Viewport): void {
    this.#painting.viewport = viewport;
    if (this.#framing !== undefined) this.#painting.badgeRoom = this.#badgeRoom(this.#framing);
    const transform = { x: viewport.x, y: viewport.y, scaleX: viewport.scale, scaleY: viewport.scale };
    this.#nodes.pictureLayer.setAttrs(transform);
    this.#nodes.boxLayer.setAttrs(transform);
    this.#drawHighlights();
    this.#onViewChange(viewport);
  }

  /** What waits until nothing moves: exact pixels for the picture, new places for the badges. */
  #rest(): void {
    clearTimeout(this.#restTimer);
    this.#requestCut();
    this.#layoutBadges();
  }

  #layoutBadges(): void {
    if (this.#framing === undefined) return;
    const { labelsShown, boxesHidden, namesShown } = this.#options;
    const hidden = this.#badges.layout(this.#boxes, { selection: this.#selection, labelsShown, namesShown });
    this.#tellHidden(labelsShown && !boxesHidden && hidden > 0);
    this.#laidOutAt = this.viewport;
    this.#nodes.boxLayer.batchDraw();
    this.#drawHighlights();
  }

  /** An empty layer is taken off the screen: clearing and compositing it would cost every frame as much as the boxes. */
  #drawHighlights(): void {
    const empty = this.#hovered === undefined && this.#selection.ids.length === 0;
    this.#nodes.highlightLayer.visible(!empty && !this.#options.boxesHidden);
    if (!empty) this.#nodes.highlightLayer.batchDraw();
  }

  /** True after a pan so long that boxes without a place for their badge are coming into sight. */
  #movedFar(): boolean {
    const { viewport, width, height } = this.#painting;
    const then = this.#laidOutAt;
    if (viewport.scale !== then.scale) return false;
    return (
      Math.abs(viewport.x - then.x) > width * PAN_BEFORE_LAYOUT ||
      Math.abs(viewport.y - then.y) > height * PAN_BEFORE_LAYOUT
    );
  }

  #tellHidden(hidden: boolean): void {
    if (hidden === this.#numbersHidden) return;
    this.#numbersHidden = hidden;
    this.#onNumbersHidden(hidden);
  }

  /** From side to side and from the top down to where the toolbar floats, or farther where the picture reaches under it. */
  #badgeRoom({ picture, room }: Framing): StageRect {
    const { width, height } = this.#painting;
    const whole = rectToStage(this.viewport, wholePicture(picture));
    return stageRect(0, 0, width, Math.min(height, Math.max(room.y + room.height, whole.y + whole.height)));
  }

  #styleBoxes(): void {
    const selected = new Set(this.#selection.ids);
    const dimming = this.#options.dimOthers && selected.size > 0;
    const { listed } = this.#options;
    const opacityOf = (id: BoxId) =>
      selected.has(id) ? 1 : listed?.has(id) === false ? UNLISTED_OPACITY : dimming ? DIMMED_OPACITY : 1;
    for (const [id, { box, node }] of this.#byId) {
      const line = KIND_LINES[box.kind];
      const strokeWidth = selected.has(id) ? SELECTED_LINE_WIDTH : line.width;
      const opacity = opacityOf(id) * (selected.has(id) ? 1 : line.opacity);
      // Setting an attribute of a node announces it all the way up, so thousands that stay as they are are left alone.
      if (node.strokeWidth() !== strokeWidth) node.strokeWidth(strokeWidth);
      if (node.opacity() !== opacity) node.opacity(opacity);
    }
    this.#badges.dim(opacityOf);
    this.#nodes.boxLayer.batchDraw();
  }

  #paintHighlights(context: Context): void {
    const canvas = context._context;
    const { selection, hovered } = { selection: this.#selection, hovered: this.#hovered };
    const primary = primaryOf(selection);
    const ids = [...selection.ids.filter((id) => id !== hovered), ...(hovered === undefined ? [] : [hovered])];
    for (const id of ids) {
      const stageBox = this.box(id);
      if (stageBox === undefined) continue;
      const isSelected = selection.ids.includes(id);
      paintHighlight(canvas, {
        box: rectToStage(this.viewport, stageBox.bound),
        badge: badgeLabel(stageBox, this.#options.namesShown && (id === primary || id === hovered)),
        kind: stageBox.kind,
        slot: this.#badges.slotOf(id),
        labelled: this.#options.labelsShown,
        bracketed: isSelected,
        painting: this.#painting,
      });
    }
  }

  /** What is seen of the picture, in device pixels from its corner, and where that corner lies on the canvas. */
  #seen({ picture }: Framing) {
    const { viewport, pixelRatio, width, height } = this.#painting;
    const magnification = viewport.scale * pixelRatio;
    const originX = Math.round(viewport.x * pixelRatio);
    const originY = Math.round(viewport.y * pixelRatio);
    const x = Math.max(0, -originX);
    const y = Math.max(0, -originY);
    const right = Math.min(picture.width * magnification, width * pixelRatio - originX);
    const bottom = Math.min(picture.height * magnification, height * pixelRatio - originY);
    const part = { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
    return { magnification, originX, originY, part };
  }

  #requestCut(): void {
    if (this.#framing === undefined || this.#painting.width === 0) return;
    const { part, magnification } = this.#seen(this.#framing);
    this.#bitmaps?.request(part, magnification);
  }

  #paintPicture(context: Context): void {
    if (this.#framing === undefined) return;
    const { part, magnification, originX, originY } = this.#seen(this.#framing);
    const shown = this.#bitmaps?.best(part, magnification);
    if (shown === undefined) return;
    const { cut, bitmap } = shown;
    const by = magnification / cut.magnification;
    const canvas = context._context;
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    // At exactly its own pixels a bitmap is copied; any resampling, however slight, costs ten times as much.
    if (by === 1) {
      canvas.drawImage(bitmap, originX + cut.x, originY + cut.y);
      return;
    }
    this.#gauge.measure();
    canvas.imageSmoothingEnabled = this.#gauge.smoothAffordable;
    canvas.drawImage(bitmap, originX + cut.x * by, originY + cut.y * by, cut.width * by, cut.height * by);
  }
}

const wholePicture = ({ width, height }: Size): ImageRect => ({ x: 0, y: 0, width, height });

/** To a tenth of a pixel: the same view reached another way differs by rounding. */
const isSameView = (a: Viewport, b: Viewport): boolean =>
  Math.abs(a.scale / b.scale - 1) < 1e-4 && Math.abs(a.x - b.x) < 0.1 && Math.abs(a.y - b.y) < 0.1;
