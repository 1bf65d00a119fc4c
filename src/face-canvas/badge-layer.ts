import type { Context } from 'konva/lib/Context.js';
import { Shape } from 'konva/lib/Shape.js';
import { area, contains } from '#shared/geometry/rect.ts';
import type { StagePoint, StageRect } from '#shared/geometry/spaces.ts';
import { imagePoint, imageRect, stageRect } from '#shared/geometry/spaces.ts';
import { primaryOf, type Selection } from '#shared/selection.ts';
import { BadgePainter, badgeLabel, badgeSize, nameBadgeSize } from './badge-painter.ts';
import type { BoxPainting } from './box-node.ts';
import { type BadgeSlot, badgeAt, isInSight, layoutBadges, moveInto } from './model/badge-layout.ts';
import { rectToStage } from './model/viewport.ts';
import type { BoxId, StageBox } from './stage-box.ts';

type BadgeOptions = {
  readonly selection: Selection<BoxId>;
  readonly labelsShown: boolean;
  readonly namesShown: boolean;
};

/**
 * The badges of all boxes, painted by one shape over the boxes. Their slots are chosen at rest (`layout`); while
 * the picture moves each badge keeps its slot and only stays within the stage.
 */
export class BadgeLayer {
  readonly shape: Shape;
  readonly #painting: BoxPainting;
  readonly #painter = new BadgePainter();
  #placed: readonly { readonly stageBox: StageBox; readonly slot: BadgeSlot }[] = [];
  #slots = new Map<BoxId, BadgeSlot>();
  #selected: ReadonlySet<BoxId> = new Set();
  /** The box whose badge is the wider one with a name. */
  #named: BoxId | undefined;
  #opacityOf: (id: BoxId) => number = () => 1;

  constructor(painting: BoxPainting) {
    this.#painting = painting;
    this.shape = new Shape({
      name: 'badges',
      listening: false,
      perfectDrawEnabled: false,
      sceneFunc: (context) => this.#paint(context),
    });
  }

  /**
   * Chooses a slot for each badge; the selected ones choose first, then the loud ones, then the larger before the
   * smaller. Badges a room's length beyond where badges may lie get slots too, for the next pan. Returns how many boxes
   * in sight go without.
   */
  layout(boxes: readonly StageBox[], { selection, labelsShown, namesShown }: BadgeOptions): number {
    const bounds = this.#painting.badgeRoom;
    this.#selected = new Set(selection.ids);
    this.#named = namesShown ? primaryOf(selection) : undefined;
    const rank = ({ id, isLoud }: StageBox) => (this.#selected.has(id) ? 0 : isLoud === true ? 1 : 2);
    const labelled = labelsShown ? boxes.filter(({ label }) => label !== '') : [];
    const ordered = labelled.toSorted((a, b) => rank(a) - rank(b) || area(b.bound) - area(a.bound));
    const requests = ordered.map((stageBox) => this.#request(stageBox));
    const inSight = layoutBadges(requests, bounds);
    const beyond = requests.filter(({ box }) => !isInSight(bounds, box));
    const beyondSlots = layoutBadges(beyond, grown(bounds)).values();
    this.#placed = ordered.flatMap((stageBox, index) => {
      const request = requests[index];
      if (request === undefined) return [];
      const slot = isInSight(bounds, request.box) ? inSight[index] : beyondSlots.next().value;
      return slot === undefined ? [] : [{ stageBox, slot }];
    });
    this.#slots = new Map(this.#placed.map(({ stageBox, slot }) => [stageBox.id, slot]));
    return requests.filter(({ box }, index) => inSight[index] === undefined && isInSight(bounds, box)).length;
  }

  slotOf(id: BoxId): BadgeSlot | undefined {
    return this.#slots.get(id);
  }

  /** How opaque the badges of boxes that are not selected are. */
  dim(opacityOf: (id: BoxId) => number): void {
    this.#opacityOf = opacityOf;
  }

  /** The box whose badge is at this point of the stage. */
  boxAt({ x, y }: StagePoint): BoxId | undefined {
    const found = this.#placed.findLast(({ stageBox, slot }) => {
      const badge = this.#place(stageBox, slot);
      return badge !== undefined && contains(imageRect(badge.x, badge.y, badge.width, badge.height), imagePoint(x, y));
    });
    return found?.stageBox.id;
  }

  /** Paints the badges anew, because the font that they were painted in has been replaced. */
  fontChanged(): void {
    this.#painter.dispose();
    this.shape.getLayer()?.batchDraw();
  }

  dispose(): void {
    this.#painter.dispose();
    this.shape.destroy();
  }

  #request(stageBox: StageBox) {
    const { viewport, textScale } = this.#painting;
    const box = rectToStage(viewport, stageBox.bound);
    // The highlight paints the badges of selected boxes, which are larger.
    if (this.#selected.has(stageBox.id))
      return { box, ...nameBadgeSize(badgeLabel(stageBox, stageBox.id === this.#named), textScale) };
    return { box, ...badgeSize(stageBox.label, box, textScale) };
  }

  /** Where a badge lies now, undefined while its box is out of sight. */
  #place(stageBox: StageBox, slot: BadgeSlot): StageRect | undefined {
    const request = this.#request(stageBox);
    const { badgeRoom } = this.#painting;
    return isInSight(badgeRoom, request.box) ? moveInto(badgeRoom, badgeAt(slot, request)) : undefined;
  }

  #paint(context: Context): void {
    const canvas = context._context;
    const { pixelRatio, textScale } = this.#painting;
    canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#painter.begin(pixelRatio, textScale);
    for (const { stageBox, slot } of this.#placed) {
      if (this.#selected.has(stageBox.id)) continue;
      const badge = this.#place(stageBox, slot);
      if (badge !== undefined) this.#painter.paint(canvas, stageBox, badge, this.#opacityOf(stageBox.id));
    }
  }
}

/** The rectangle with as much again on each side. */
const grown = ({ x, y, width, height }: StageRect): StageRect =>
  stageRect(x - width, y - height, 3 * width, 3 * height);
