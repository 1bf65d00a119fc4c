import type { StageRect } from '#shared/geometry/spaces.ts';
import type { StageBox } from './stage-box.ts';

/** How a badge looks; lengths in stage pixels. */
type BadgeStyle = { readonly height: number; readonly font: number; readonly digit: number; readonly padding: number };

const REGULAR: BadgeStyle = { height: 18, font: 11.5, digit: 7, padding: 11 };
/** For faces so small that a regular badge would be larger than the face. */
const COMPACT: BadgeStyle = { height: 14, font: 9.5, digit: 6, padding: 8 };
const COMPACT_BELOW = 28;

const FONT_FAMILY = '"Inter Variable", system-ui, sans-serif';
const BADGE_FILL = '#111318';
const BADGE_INK = '#ffffff';
/** Dark ink reads on every colour of the palette (at least 4.5 : 1). */
const FILLED_INK = '#0c0e12';
const RADIUS = 5;

const styleFor = (box: StageRect): BadgeStyle => (Math.min(box.width, box.height) < COMPACT_BELOW ? COMPACT : REGULAR);

/**
 * Size of the badge with this label at a box this large on the stage, in stage pixels. `textScale` is how much larger
 * than usual the reader's text is: numbers are text.
 */
export function badgeSize(
  label: string,
  box: StageRect,
  textScale: number,
): { readonly width: number; readonly height: number } {
  const { height, digit, padding } = styleFor(box);
  return { width: textScale * Math.max(height, padding + digit * label.length), height: textScale * height };
}

/**
 * Paints number badges. Each is a small bitmap made once: a blit costs a tenth of a rounded path with text on it, and
 * a crowd shows hundreds in every frame.
 */
export class BadgePainter {
  readonly #badges = new Map<string, ImageBitmap>();
  #pixelRatio = 1;
  #textScale = 1;

  /** Begins a run of badges at this many device pixels per stage pixel, for text so much larger than usual. */
  begin(pixelRatio: number, textScale: number): void {
    if (pixelRatio !== this.#pixelRatio || textScale !== this.#textScale) this.dispose();
    this.#pixelRatio = pixelRatio;
    this.#textScale = textScale;
  }

  paint(context: CanvasRenderingContext2D, box: StageBox, badge: StageRect, opacity: number): void {
    const ratio = this.#pixelRatio;
    if (context.globalAlpha !== opacity) context.globalAlpha = opacity;
    context.drawImage(
      this.#bitmap(box, badge),
      Math.round(badge.x * ratio) / ratio,
      Math.round(badge.y * ratio) / ratio,
      Math.round(badge.width * ratio) / ratio,
      Math.round(badge.height * ratio) / ratio,
    );
  }

  /** Closes all bitmaps; they are made anew when painted again. */
  dispose(): void {
    for (const bitmap of this.#badges.values()) bitmap.close();
    this.#badges.clear();
  }

  #bitmap({ label, tone, isLoud = false }: StageBox, badge: StageRect): ImageBitmap {
    const key = `${badge.height} ${tone} ${isLoud ? 'loud ' : ''}${label}`;
    const known = this.#badges.get(key);
    if (known !== undefined) return known;
    const bitmap = makeBadge({ label, tone, isLoud }, badge, this.#pixelRatio, this.#textScale);
    this.#badges.set(key, bitmap);
    return bitmap;
  }
}

function makeBadge(
  { label, tone, isLoud }: Required<Pick<StageBox, 'label' | 'tone' | 'isLoud'>>,
  badge: StageRect,
  ratio: number,
  textScale: number,
): ImageBitmap {
  const canvas = new OffscreenCanvas(Math.round(badge.width * ratio), Math.round(badge.height * ratio));
  // Drawn as at the usual size of text, and larger as a whole.
  const [width, height] = [badge.width / textScale, badge.height / textScale];
  const context = canvas.getContext('2d');
  if (context !== null) {
    context.scale(canvas.width / width, canvas.height / height);
    context.fillStyle = isLoud ? tone : BADGE_FILL;
    context.strokeStyle = isLoud ? FILLED_INK : tone;
    context.lineWidth = 1.25;
    context.beginPath();
    context.roundRect(0.75, 0.75, width - 1.5, height - 1.5, RADIUS - 0.75);
    context.fill();
    context.stroke();
    context.fillStyle = isLoud ? FILLED_INK : BADGE_INK;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.font = `600 ${height < REGULAR.height ? COMPACT.font : REGULAR.font}px ${FONT_FAMILY}`;
    context.fillText(label, width / 2, height / 2 + 0.5);
  }
  return canvas.transferToImageBitmap();
}

/** A badge of a selected or hovered box: filled with its colour, the label and, where given, the name. */
export type NameBadge = Pick<StageBox, 'label' | 'tone'> & { readonly name: string | undefined };

/** What the larger badge of a box says. */
export const badgeLabel = ({ label, tone, name }: StageBox, named: boolean): NameBadge => ({
  label,
  tone,
  name: named ? name : undefined,
});

const NAME_HEIGHT = 22;
const NAME_PADDING = 7;
const NAME_SPACE = 6;
const LABEL_FONT = `700 12px ${FONT_FAMILY}`;
const NAME_FONT = `450 12px ${FONT_FAMILY}`;

/** Size of a name badge in stage pixels, for text so much larger than usual. */
export function nameBadgeSize(
  { label, name }: NameBadge,
  textScale: number,
): { readonly width: number; readonly height: number } {
  const nameWidth = name === undefined ? 0 : NAME_SPACE + textWidth(name, NAME_FONT);
  const width = Math.ceil(2 * NAME_PADDING + textWidth(label, LABEL_FONT) + nameWidth);
  return { width: textScale * Math.max(NAME_HEIGHT, width), height: textScale * NAME_HEIGHT };
}

/** Measures text; nothing is ever painted on it. */
const measuring = new OffscreenCanvas(1, 1).getContext('2d');

function textWidth(text: string, font: string): number {
  if (measuring === null) return 0;
  measuring.font = font;
  return measuring.measureText(text).width;
}

export function paintNameBadge(
  context: CanvasRenderingContext2D,
  { label, tone, name }: NameBadge,
  badge: StageRect,
  ratio: number,
  textScale: number,
): void {
  context.save();
  context.translate(Math.round(badge.x * ratio) / ratio, Math.round(badge.y * ratio) / ratio);
  context.scale(textScale, textScale);
  paintName(context, { label, tone, name }, badge.width / textScale, badge.height / textScale);
  context.restore();
}

/** A name badge from the origin on, with text of the usual size. */
function paintName(
  context: CanvasRenderingContext2D,
  { label, tone, name }: NameBadge,
  width: number,
  height: number,
): void {
  context.globalAlpha = 1;
  context.fillStyle = tone;
  context.strokeStyle = FILLED_INK;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(0, 0, width, height, RADIUS);
  context.fill();
  context.stroke();
  context.fillStyle = FILLED_INK;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const middle = height / 2 + 0.5;
  context.font = LABEL_FONT;
  const labelWidth = textWidth(label, LABEL_FONT);
  const lone = name === undefined;
  context.fillText(label, lone ? (width - labelWidth) / 2 : NAME_PADDING, middle);
  if (name === undefined) return;
  context.font = NAME_FONT;
  context.fillText(name, NAME_PADDING + labelWidth + NAME_SPACE, middle);
}
