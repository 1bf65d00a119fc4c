import { type BadgeRequest, badgeAt, layoutBadges, moveInto } from '#face-canvas/model/badge-layout.ts';
import type { DrawnFace, Face } from '#shared/face.ts';
import { area } from '#shared/geometry/rect.ts';
import type { Size, StageRect } from '#shared/geometry/spaces.ts';
import { stageRect } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import { toFilePixels } from './exported-picture.ts';
import { byFacePaintOrder, orderOf, type PaintedFace } from './face-paint-order.ts';

/** Colours that do not depend on the face: the same as on the stage. */
export const ANNOTATION_COLORS = {
  halo: '#0c0e12',
  badge: '#111318',
  number: '#ffffff',
  name: '#c9ccd4',
  drawn: '#ffc14d',
} as const;

/** A box to draw: a coloured line on the middle of a wider dark one. All lengths in pixels of the file. */
export type PlannedBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: string;
  readonly line: number;
  /** Width of the dark line, which shows on both sides of the coloured one. */
  readonly halo: number;
  /** Lengths of a dash and of the gap behind it, of a face that was drawn by hand. */
  readonly dash?: readonly [number, number];
};

/** A number badge to draw. All lengths in pixels of the file. */
export type PlannedBadge = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly border: number;
  readonly color: string;
  readonly fontSize: number;
  readonly number: string;
  /** Left edge of the number, or its middle where there is no name. */
  readonly numberX: number;
  readonly name: { readonly text: string; readonly x: number; readonly maxWidth: number } | undefined;
  readonly middleY: number;
};

/** Everything drawn over a picture of `size` pixels, in the order of painting. PNG and SVG are two ways to draw it. */
export type AnnotationPlan = {
  readonly size: Size;
  readonly boxes: readonly PlannedBox[];
  readonly badges: readonly PlannedBadge[];
};

/** Longest side of the picture for which lines are as wide as on the stage; larger pictures get wider ones. */
const DESIGN_SIDE = 1100;
/** A longer picture counts as one of this proportion: what is tall has no larger faces for it. */
const LONGEST_RATIO = 2;
const SMALLEST_UNIT = 0.75;

/** Lengths at a unit of 1, as on the stage. */
const LINE = 2;
const HALO = 1;
const BADGE = { height: 18, font: 11.5, padding: 5.5, gap: 5, radius: 5, border: 1.25 } as const;
/** Average widths in shares of the font size, wide enough for any system's sans-serif. */
const DIGIT_WIDTH = 0.64;
const LETTER_WIDTH = 0.6;
const LONGEST_NAME = 24;

/** Dash and gap of a drawn face's line, in lengths of the line. */
const DASH = [3.5, 2] as const;

/** Badges are tried at these sizes until every face has its number without covering another face. */
const BADGE_SCALES = [1, 0.8, 0.65, 0.5] as const;

/**
 * Lays out boxes and numbers for a picture of `to` pixels, whose boxes were measured at `from`. Widths follow the
 * picture's size, so that an export looks alike at any resolution; a thin face gets a thinner line. Unlike on the
 * stage, where one can zoom in, every face gets its number here, in the thickest crowd over a part of another. Faces that
 * were drawn by hand are dashed and have a plus, which is no number.
 */
export function planAnnotations(
  faces: readonly Face[],
  from: Size,
  to: Size,
  { names }: { readonly names: boolean },
  drawn: readonly DrawnFace[] = [],
): AnnotationPlan {
  const longest = Math.min(Math.max(to.width, to.height), LONGEST_RATIO * Math.min(to.width, to.height));
  const unit = Math.max(SMALLEST_UNIT, longest / DESIGN_SIDE);
  const boxes = [...faces, ...drawn].toSorted(byFacePaintOrder).map((face): PlannedBox => {
    const { x, y, width, height } = toFilePixels(face.bound, from, to);
    const line = Math.max(1, Math.min(Math.round(LINE * unit), Math.round(Math.min(width, height) / 12)));
    const rim = Math.max(1, Math.min(Math.round(HALO * unit), line));
    const placed = { ...crisp(x, y, width, height, line), color: colorOf(face), line, halo: line + 2 * rim };
    return 'faceNo' in face ? placed : { ...placed, dash: [DASH[0] * line, DASH[1] * line] };
  });
  const labelled = [
    ...faces.map((face) => ({ face, number: String(face.faceNo), name: names ? shortened(face.name) : undefined })),
    ...drawn.map((face) => ({ face, number: '+', name: names ? 'drawn' : undefined })),
  ];
  return { size: to, boxes, badges: planBadges(labelled, from, to, unit) };
}

const colorOf = (face: PaintedFace): string => ('faceNo' in face ? faceColor(face.faceNo) : ANNOTATION_COLORS.drawn);

/** Moves the middle of a line so that its edges lie on whole pixels. */
function crisp(x: number, y: number, width: number, height: number, line: number) {
  const half = (line % 2) / 2;
  const left = Math.round(x - half) + half;
  const top = Math.round(y - half) + half;
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round(x + width - half) + half - left),
    height: Math.max(1, Math.round(y + height - half) + half - top),
  };
}

type Labelled = { readonly face: PaintedFace; readonly number: string; readonly name: string | undefined };

/** Badges are laid out in the stage's own lengths (`unit` file pixels each), whose gaps the layout knows. */
function planBadges(all: readonly Labelled[], from: Size, to: Size, unit: number): PlannedBadge[] {
  const bounds = stageRect(0, 0, to.width / unit, to.height / unit);
  // The larger choose first, as on the stage.
  const labelled = all.toSorted((a, b) => area(b.face.bound) - area(a.face.bound) || orderOf(a.face) - orderOf(b.face));
  const tries = BADGE_SCALES.map((scale) => {
    const requests = labelled.map((label): BadgeRequest => {
      const { x, y, width, height } = toFilePixels(label.face.bound, from, to);
      return {
        box: stageRect(x / unit, y / unit, width / unit, height / unit),
        ...namedBadgeSize(label, scale),
      };
    });
    const slots = layoutBadges(requests, bounds);
    return { scale, requests, slots, missing: slots.filter((slot) => slot === undefined).length };
  });
  const best = tries.reduce((least, next) => (next.missing < least.missing ? next : least));
  return labelled.flatMap((label, index) => {
    const request = best.requests[index];
    if (request === undefined) return [];
    const badge = moveInto(bounds, badgeAt(best.slots[index] ?? 'above-left', request));
    return [toFile(label, badge, best.scale, unit)];
  });
}

const shortened = (name: string): string => {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
};

const numberWidth = ({ number }: Labelled): number => number.length * DIGIT_WIDTH * BADGE.font;
const nameWidth = (name: string): number => [...name].length * LETTER_WIDTH * BADGE.font;

function namedBadgeSize(label: Labelled, scale: number): { readonly width: number; readonly height: number } {
  const name = label.name === undefined ? 0 : BADGE.gap + nameWidth(label.name);
  return {
    width: Math.max(BADGE.height, 2 * BADGE.padding + numberWidth(label) + name) * scale,
    height: BADGE.height * scale,
  };
}

function toFile(label: Labelled, badge: StageRect, scale: number, unit: number): PlannedBadge {
  const length = (value: number) => value * scale * unit;
  const x = Math.round(badge.x * unit);
  const y = Math.round(badge.y * unit);
  const width = Math.round(badge.width * unit);
  const height = Math.round(badge.height * unit);
  return {
    x,
    y,
    width,
    height,
    radius: length(BADGE.radius),
    border: Math.max(1, length(BADGE.border)),
    color: colorOf(label.face),
    fontSize: length(BADGE.font),
    number: label.number,
    numberX: label.name === undefined ? x + width / 2 : x + length(BADGE.padding),
    name:
      label.name === undefined
        ? undefined
        : {
            text: label.name,
            x: x + length(BADGE.padding + numberWidth(label) + BADGE.gap),
            maxWidth: length(nameWidth(label.name)),
          },
    middleY: y + height / 2,
  };
}
