import { type BadgeRequest, badgeAt, layoutBadges, moveInto } from '#face-canvas/model/badge-layout.ts';
import { type StagePoint, type StageRect, stagePoint, stageRect } from '#shared/geometry/spaces.ts';

/** A box that wants its number, in stage pixels. */
export type NumberRequest = { readonly box: StageRect; readonly label: string };

/**
 * Where a number stands, in stage pixels. A line leads to its box from one that stands further away than it is high:
 * closer, one sees whose it is, and a crowd of lines is all that one would see.
 */
export type NumberPlace = {
  readonly badge: StageRect;
  readonly line: { readonly from: StagePoint; readonly to: StagePoint } | undefined;
};

/** The numbers of a picture: one for each request, in their order, all of one size. */
export type NumberPlan = {
  /** Size of the type in pixels. */
  readonly font: number;
  readonly places: readonly NumberPlace[];
};

/** Size of the type in pixels: never smaller, because nobody could read it from a chair. */
const SMALLEST_FONT = 13;
/** The largest, as a share of the screen's shorter side, and how it shrinks where many stand together. */
const LARGEST_SHARE = 0.075;
const TOGETHER = 0.14;
/** Each try is so much smaller than the one before. */
const SHRINK = 0.88;

/** Size of a number's plate at a size of its type, in pixels: digits of tabular figures are 0.62 of it wide. */
export const plateSize = (label: string, font: number): { readonly width: number; readonly height: number } => {
  const height = Math.round(font * 1.35);
  return { width: Math.max(height, Math.round(font * (0.62 * label.length + 0.72))), height };
};

/** Those of the boxes whose number is told within `bounds`: their middle is there. */
export const isTold = ({ x, y, width, height }: StageRect, bounds: StageRect): boolean =>
  x + width / 2 >= bounds.x &&
  x + width / 2 <= bounds.x + bounds.width &&
  y + height / 2 >= bounds.y &&
  y + height / 2 <= bounds.y + bounds.height;

/** Whether all numbers can stand at their boxes, in the smallest size: none apart, over another or over a face. */
export const standAtBoxes = (
  requests: readonly NumberRequest[],
  bounds: StageRect,
  others: readonly StageRect[],
): boolean => !layoutBadges(inOrder(requests, SMALLEST_FONT), bounds, others).includes(undefined);

/**
 * Places every number: as large as they can be with none of them over another, over a face or cut off, by the stage's
 * own layout. Where a crowd is too dense for that even in the smallest size, the rest stand apart and a line leads to
 * their boxes. The larger boxes come first. `others` are boxes without a number here, which no number hides either.
 */
export function placeNumbers(
  requests: readonly NumberRequest[],
  bounds: StageRect,
  others: readonly StageRect[] = [],
): NumberPlan {
  const shortSide = Math.min(bounds.width, bounds.height);
  const largest = Math.min(LARGEST_SHARE, TOGETHER / Math.sqrt(Math.max(1, requests.length))) * shortSide;
  const order = orderOf(requests);
  for (let font = Math.max(largest, SMALLEST_FONT); ; font = Math.max(SMALLEST_FONT, font * SHRINK)) {
    const wanted = inOrder(requests, font);
    const slots = layoutBadges(wanted, bounds, others);
    const isLast = font === SMALLEST_FONT;
    if (!isLast && slots.includes(undefined)) continue;
    const badges = wanted.map((request, index) => {
      const slot = slots[index];
      return slot === undefined ? undefined : moveInto(bounds, badgeAt(slot, request));
    });
    const places = standApart(wanted, badges, bounds, others);
    return { font, places: requests.map((_, index) => places[order.indexOf(index)] ?? NOWHERE) };
  }
}

const NOWHERE: NumberPlace = { badge: stageRect(0, 0, 0, 0), line: undefined };

/** The larger boxes first. */
const orderOf = (requests: readonly NumberRequest[]): readonly number[] =>
  requests.map((_, index) => index).toSorted((a, b) => areaOf(requests[b]?.box) - areaOf(requests[a]?.box) || a - b);

const inOrder = (requests: readonly NumberRequest[], font: number): readonly BadgeRequest[] =>
  orderOf(requests).map((index) => badgeRequest(requests[index], font));

const areaOf = (box: StageRect | undefined): number => (box === undefined ? 0 : box.width * box.height);

function badgeRequest(request: NumberRequest | undefined, font: number): BadgeRequest {
  const { box, label } = request ?? { box: NOWHERE.badge, label: '' };
  return { box, ...plateSize(label, font) };
}

/** Directions in which a place apart is looked for, and how many rings of them there are, a plate's height each. */
const DIRECTIONS = 16;
const RINGS = 40;

function standApart(
  requests: readonly BadgeRequest[],
  badges: readonly (StageRect | undefined)[],
  bounds: StageRect,
  others: readonly StageRect[],
): readonly NumberPlace[] {
  const taken = badges.filter((badge) => badge !== undefined);
  const boxes = [...requests.map(({ box }) => box), ...others];
  return requests.map((request, index) => {
    const known = badges[index];
    if (known !== undefined) return { badge: known, line: undefined };
    const badge =
      freePlace(request, taken, boxes, bounds) ??
      // Over a face, where there is no room beside them: a number under another is told to nobody.
      freePlace(request, taken, [], bounds) ??
      moveInto(bounds, badgeAt('inside', request));
    taken.push(badge);
    return { badge, line: lineBetween(badge, request.box) };
  });
}

/** From edge to edge, so that it crosses neither; none where they are close. */
function lineBetween(badge: StageRect, box: StageRect): NumberPlace['line'] {
  const [fromX, toX] = nearest(badge.x, badge.width, box.x, box.width);
  const [fromY, toY] = nearest(badge.y, badge.height, box.y, box.height);
  if (Math.hypot(toX - fromX, toY - fromY) <= badge.height) return undefined;
  return { from: stagePoint(fromX, fromY), to: stagePoint(toX, toY) };
}

/** Of two stretches of a line the places that are nearest to each other: the middle of what they share. */
function nearest(a: number, aLength: number, b: number, bLength: number): readonly [number, number] {
  if (a + aLength < b) return [a + aLength, b];
  if (b + bLength < a) return [a, b + bLength];
  const middle = (Math.max(a, b) + Math.min(a + aLength, b + bLength)) / 2;
  return [middle, middle];
}

/** The nearest place around a box that is within bounds and over nothing. */
function freePlace(
  { box, width, height }: BadgeRequest,
  taken: readonly StageRect[],
  boxes: readonly StageRect[],
  bounds: StageRect,
): StageRect | undefined {
  const middle = stagePoint(box.x + box.width / 2, box.y + box.height / 2);
  for (let ring = 1; ring <= RINGS; ring++) {
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const angle = (2 * Math.PI * direction) / DIRECTIONS - Math.PI / 2;
      const x = middle.x + Math.cos(angle) * (box.width / 2 + ring * height) - width / 2;
      const y = middle.y + Math.sin(angle) * (box.height / 2 + ring * height) - height / 2;
      const badge = stageRect(x, y, width, height);
      const isWithin =
        x >= bounds.x &&
        y >= bounds.y &&
        x + width <= bounds.x + bounds.width &&
        y + height <= bounds.y + bounds.height;
      if (isWithin && !taken.some((other) => touch(badge, other)) && !boxes.some((box) => touch(badge, box)))
        return badge;
    }
  }
  return undefined;
}

const touch = (a: StageRect, b: StageRect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
