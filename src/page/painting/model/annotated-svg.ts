import { ANNOTATION_COLORS, type AnnotationPlan, type PlannedBadge, type PlannedBox } from './annotation-plan.ts';
import { escapeXml } from './xml.ts';

const FONT = "Inter, 'Inter Variable', system-ui, 'Helvetica Neue', Arial, sans-serif";

const tidy = (value: number): string => String(Math.round(value * 100) / 100);

/** How far below its middle the baseline of a line of digits or letters lies, in shares of the font size. */
const BASELINE = 0.355;

/**
 * The annotated picture as an SVG that stands by itself: `pictureUrl` is the picture as a data URL, everything else is
 * shapes and text in the picture's own pixels. It is SVG 1.1: Illustrator, Inkscape before 1.0 and Office show no
 * picture without `xlink:href` (and would hold it twice beside `href`), and know no `dominant-baseline`.
 */
export function annotatedSvg(plan: AnnotationPlan, pictureUrl: string, title: string): string {
  const { width, height } = plan.size;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escapeXml(title)}</title>
<image width="${width}" height="${height}" preserveAspectRatio="none" xlink:href="${escapeXml(pictureUrl)}"/>
<g fill="none">
${plan.boxes.map(boxSvg).join('')}</g>
<g font-family="${FONT}">
${plan.badges.map(badgeSvg).join('')}</g>
</svg>
`;
}

function boxSvg({ x, y, width, height, color, line, halo, dash }: PlannedBox): string {
  const rect = (stroke: string, strokeWidth: number) =>
    `<rect x="${tidy(x)}" y="${tidy(y)}" width="${tidy(width)}" height="${tidy(height)}" stroke="${stroke}" stroke-width="${strokeWidth}"`;
  const lines = `${rect(ANNOTATION_COLORS.halo, halo)}/>${rect(color, line)}`;
  return dash === undefined
    ? `${lines}/>\n`
    : `${lines} class="drawn" stroke-dasharray="${dash.map(tidy).join(' ')}"/>\n`;
}

function badgeSvg(badge: PlannedBadge): string {
  const { x, y, width, height, border, radius, color, fontSize, name } = badge;
  const inset = border / 2;
  const text = (at: number, weight: number, fill: string, content: string, anchor: string) =>
    `<text x="${tidy(at)}" y="${tidy(badge.middleY + BASELINE * fontSize)}" font-size="${tidy(fontSize)}" font-weight="${weight}" fill="${fill}"${anchor}>${escapeXml(content)}</text>`;
  const number = text(
    badge.numberX,
    600,
    ANNOTATION_COLORS.number,
    badge.number,
    name === undefined ? ' text-anchor="middle"' : '',
  );
  const named = name === undefined ? '' : text(name.x, 400, ANNOTATION_COLORS.name, name.text, '');
  return `<rect x="${tidy(x + inset)}" y="${tidy(y + inset)}" width="${tidy(width - border)}" height="${tidy(height - border)}" rx="${tidy(radius)}" fill="${ANNOTATION_COLORS.badge}" stroke="${color}" stroke-width="${tidy(border)}"/>${number}${named}\n`;
}
