import type { Context } from 'konva/lib/Context.js';
import { Shape } from 'konva/lib/Shape.js';
import type { Face, FaceId } from '#shared/face.ts';
import { area, contains } from '#shared/geometry/rect.ts';
import type { StagePoint, StageRect } from '#shared/geometry/spaces.ts';
import { imagePoint, imageRect, stageRect } from '#shared/geometry/spaces.ts';
import { primaryOf, type Selection } from '#shared/selection.ts';
import { BadgePainter, badgeLabel, badgeSize, nameBadgeSize } from './badge-painter.ts';
import type { BoxPainting } from './face-box.ts';
import { type BadgeSlot, badgeAt, isInSight, layoutBadges, moveInto } from './model/badge-layout.ts';
import { rectToStage } from './model/viewport.ts';

type BadgeOptions = { readonly selection: Selection; readonly labelsShown: boolean; readonly namesShown: boolean };

/**
 * The number badges of all faces, painted by one shape over the boxes. Their slots are chosen at rest (`layout`); while
 * the picture moves each badge keeps its slot and only stays within the stage.
 */
export class BadgeLayer {
  readonly shape: Shape;
  readonly #painting: BoxPainting;
  readonly #painter = new BadgePainter();
  #placed: readonly { readonly face: Face; readonly slot: BadgeSlot }[] = [];
  #slots = new Map<FaceId, BadgeSlot>();
  #selected: ReadonlySet<FaceId> = new Set();
  /** The face whose badge is the wider one with a name. */
  #named: FaceId | undefined;
  #opacityOf: (id: FaceId) => number = () => 1;

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
   * Chooses a slot for each badge; the selected faces choose first, then the larger before the smaller. Badges a room's
   * length beyond where badges may lie get slots too, for the next pan. Returns how many faces in sight go without.
   */
  layout(faces: readonly Face[], { selection, labelsShown, namesShown }: BadgeOptions): number {
    const bounds = this.#painting.badgeRoom;
    this.#selected = new Set(selection.ids);
    this.#named = namesShown ? primaryOf(selection) : undefined;
    const rank = (face: Face) => (this.#selected.has(face.id) ? 0 : 1);
    const ordered = labelsShown
      ? faces.toSorted((a, b) => rank(a) - rank(b) || area(b.bound) - area(a.bound) || a.faceNo - b.faceNo)
      : [];
    const requests = ordered.map((face) => this.#request(face));
    const inSight = layoutBadges(requests, bounds);
    const beyond = requests.filter(({ box }) => !isInSight(bounds, box));
    const beyondSlots = layoutBadges(beyond, grown(bounds)).values();
    this.#placed = ordered.flatMap((face, index) => {
      const request = requests[index];
      if (request === undefined) return [];
      const slot = isInSight(bounds, request.box) ? inSight[index] : beyondSlots.next().value;
      return slot === undefined ? [] : [{ face, slot }];
    });
    this.#slots = new Map(this.#placed.map(({ face, slot }) => [face.id, slot]));
    return requests.filter(({ box }, index) => inSight[index] === undefined && isInSight(bounds, box)).length;
  }

  slotOf(id: FaceId): BadgeSlot | undefined {
    return this.#slots.get(id);
  }

  /** How opaque the badges of faces that are not selected are. */
  dim(opacityOf: (id: FaceId) => number): void {
    this.#opacityOf = opacityOf;
  }

  /** The face whose badge is at this point of the stage. */
  faceAt({ x, y }: StagePoint): FaceId | undefined {
    const found = this.#placed.findLast(({ face, slot }) => {
      const badge = this.#place(face, slot);
      return badge !== undefined && contains(imageRect(badge.x, badge.y, badge.width, badge.height), imagePoint(x, y));
    });
    return found?.face.id;
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

  #request(face: Face) {
    const box = rectToStage(this.#painting.viewport, face.bound);
    // The highlight paints the badges of selected faces, which are larger.
    if (this.#selected.has(face.id)) return { box, ...nameBadgeSize(badgeLabel(face, face.id === this.#named)) };
    return { box, ...badgeSize(face.faceNo, box) };
  }

  /** Where a badge lies now, undefined while its box is out of sight. */
  #place(face: Face, slot: BadgeSlot): StageRect | undefined {
    const request = this.#request(face);
    const { badgeRoom } = this.#painting;
    return isInSight(badgeRoom, request.box) ? moveInto(badgeRoom, badgeAt(slot, request)) : undefined;
  }

  #paint(context: Context): void {
    const canvas = context._context;
    const { pixelRatio } = this.#painting;
    canvas.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#painter.begin(pixelRatio);
    for (const { face, slot } of this.#placed) {
      if (this.#selected.has(face.id)) continue;
      const badge = this.#place(face, slot);
      if (badge !== undefined) this.#painter.paint(canvas, face.faceNo, badge, this.#opacityOf(face.id));
    }
  }
}

/** The rectangle with as much again on each side. */
const grown = ({ x, y, width, height }: StageRect): StageRect =>
  stageRect(x - width, y - height, 3 * width, 3 * height);
