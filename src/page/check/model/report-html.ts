import { formatIou, formatShare } from '#page/annotations/index.ts';
import { escapeXml } from '#page/painting/model/xml.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import { type MissedOne, missedOf, type ReportedPicture, type WrongFace, wrongOf } from './report.ts';
import type { CropLook } from './report-looks.ts';
import { formatMoment, type ReportFacts, reportMethod, reportSentence, reportSummary } from './report-words.ts';

/**
 * A report as one file of HTML that stands by itself: no script, nothing that is fetched, its pictures within. Whatever
 * came from somebody (names, notes, reviewers, titles) goes through `told`, which leaves nothing of it but letters.
 */

/** What would be shown as something else, or turns the direction of what follows. */
const MISLEADING = /(?!\n)[\p{Bidi_Control}\p{Cc}\p{Zl}\p{Zp}]/gu;

/** A stranger's text for the content of an element or a quoted attribute. */
const told = (text: string): string =>
  escapeXml(text.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\t', ' ').replace(MISLEADING, ''));

/** The same on one line, in an element that keeps its direction to itself. */
const toldName = (text: string): string => `<bdi>${told(text.replace(/\s+/gu, ' '))}</bdi>`;

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box;margin:0;padding:0}
html{-webkit-text-size-adjust:100%}
body{max-width:860px;margin:0 auto;padding:36px 52px 30px;background:#fff;color:#17181b;font:400 13px/1.45 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.top{display:flex;align-items:center;gap:9px;font-weight:600;padding-bottom:14px;border-bottom:1px solid #17181b}
.top svg{width:20px;height:20px;flex:none}
.top time{margin-left:auto;font-weight:400;color:#5f626a}
h1{font-size:27px;font-weight:650;letter-spacing:-.025em;line-height:1.15;margin-top:16px;text-wrap:balance}
.sub{color:#4b4e56;margin-top:6px}
.fig{display:grid;grid-template-columns:repeat(4,1fr);margin-top:16px;border-top:1px solid #e4e5e0}
.fig div{display:flex;flex-direction:column-reverse;padding:9px 8px 9px 0;border-bottom:1px solid #e4e5e0;break-inside:avoid}
.fig.part::after{content:"";border-bottom:1px solid #e4e5e0}
.fig dd{font-size:22px;font-weight:600;letter-spacing:-.02em;line-height:1.15}
.fig dt{font-size:11.5px;color:#5f626a}
h2{font-size:13.5px;font-weight:600;margin:20px 0 8px;display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 7px;break-after:avoid}
h2 span{font-weight:400;color:#5f626a;font-size:12px}
table{width:100%;border-collapse:collapse;font-size:12px;break-inside:avoid}
th{font-weight:500;color:#5f626a;text-align:right;padding:0 0 4px 6px}
td,tbody th{padding:3.5px 0 3.5px 6px;text-align:right;border-top:1px solid #e4e5e0}
th:first-child{text-align:left;padding-left:0}
tbody th{color:inherit;font-weight:400}
tfoot th,tfoot td{font-weight:600;color:inherit;border-top:1px solid #17181b;padding-top:3.5px;text-align:right}
.cr{display:grid;grid-template-columns:repeat(auto-fill,minmax(102px,1fr));gap:12px}
.pics{display:flex;flex-wrap:wrap;gap:14px 12px;align-items:flex-start}
figure{break-inside:avoid;min-width:0}
.look{position:relative;display:block;overflow:hidden;border-radius:5px;background:#ebece7}
.cr .look{aspect-ratio:105/96}
.look img,.look svg{position:absolute;inset:0;width:100%;height:100%}
.look img{object-fit:contain}
.gone{display:grid;place-items:center;padding:6px;font-size:10.5px;text-align:center;color:#5f626a}
figcaption{font-size:11px;line-height:1.4;margin-top:5px}
figcaption b{display:block;font-weight:600;font-size:11.5px}
figcaption span{display:block;color:#5f626a}
.note{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;white-space:pre-line}
.pics .note{-webkit-line-clamp:unset;display:block}
.key{display:flex;gap:14px;margin-left:auto}
.key i{display:inline-block;width:16px;height:10px;margin-right:6px;vertical-align:-1px;border:1.5px solid #17181b}
.key .m{border:2px dashed #8a5a00}
.key .w{border:2px solid #b01e13;background:linear-gradient(45deg,transparent 44%,#b01e13 44% 56%,transparent 56%)}
.said{padding-left:18px;font-size:12px}
.said li{break-inside:avoid;margin-bottom:3px}
.how{margin-top:24px;border-top:1px solid #17181b;padding-top:9px;font-size:10.5px;line-height:1.5;color:#4b4e56;break-inside:avoid}
.warn{margin-top:10px;padding:7px 10px;border-left:3px solid #8a5a00;background:#fdf1dc;font-size:12px}
@media (max-width:600px){body{padding:20px 16px}.fig{grid-template-columns:repeat(2,1fr)}h1{font-size:23px}.wide{overflow-x:auto}}
@media print{body{max-width:none;padding:0}h1{font-size:24px}}
@page{margin:12mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font:10px system-ui,sans-serif;color:#5f626a}}
`;

const MARK =
  '<svg viewBox="0 0 64 64" fill="none" stroke-width="4" stroke-linecap="round" aria-hidden="true"><path stroke="#2d5be3" d="M6 20v-6a8 8 0 0 1 8-8h6M44 6h6a8 8 0 0 1 8 8v6M58 44v6a8 8 0 0 1-8 8h-6M20 58h-6a8 8 0 0 1-8-8v-6"/><path stroke="#17181b" d="M22 39c3 4.500 6.500 6 10 6s7-1.500 10-6"/><circle fill="#17181b" cx="23" cy="27" r="3.500"/><circle fill="#17181b" cx="41" cy="27" r="3.500"/></svg>';

/** Nothing may be fetched or run, whoever opens the file and whatever a name was meant to smuggle in. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/** What is said of faces that were covered before they came into a report. */
export const OBSCURED_MESSAGE = 'Faces were obscured; faces that were not found stay visible';

/** Everything before the first picture: sentence, figures, by size. */
export function reportStart(
  facts: ReportFacts,
  pictures: readonly ReportedPicture[],
  isObscured: boolean | undefined,
): string {
  const sentence = reportSentence(facts.figures);
  // What is not done begins with how far it is.
  const isHeadlined = facts.figures.isComplete && facts.title !== '';
  const plain = sentence.replace(/^./, (letter) => letter.toUpperCase());
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light">
<title>${isHeadlined ? `${told(facts.title)}: ${sentence}` : plain}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top">${MARK}<span>Facebound check report${facts.title === '' || isHeadlined ? '' : ` · ${toldName(facts.title)}`}</span><time datetime="${new Date(facts.madeAt).toISOString()}">${formatMoment(facts.madeAt)}</time></header>
<main>
<h1>${isHeadlined ? `${toldName(facts.title)}: ${sentence}` : plain}</h1>
<p class="sub">${told(reportSummary(facts, pictures))}</p>
${isObscured === true ? `<p class="warn">${OBSCURED_MESSAGE}.</p>\n` : ''}${figureList(facts)}${sizeTable(facts)}`;
}

function figureList({ figures }: ReportFacts): string {
  const { tally, found, checked, isComplete, shares } = figures;
  const entry = (value: string, label: string): string => `<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const right = shares?.tally.right ?? 0;
  const shown = [
    entry(String(found), 'faces found'),
    entry(String(tally.right), isComplete ? 'right' : `right of ${checked} checked`),
    entry(String(tally.wrong), 'wrong'),
    entry(String(tally.missed), 'missed'),
    ...(shares === undefined
      ? []
      : [
          entry(
            formatShare(shares.figures.precision),
            `precision, ${right} of ${shares.tally.right + shares.tally.wrong}`,
          ),
          entry(formatShare(shares.figures.recall), `recall, ${right} of ${shares.tally.right + shares.tally.missed}`),
          entry(formatShare(shares.figures.f1), 'F1'),
          ...(shares.figures.meanIou === undefined
            ? []
            : [entry(formatIou(shares.figures.meanIou), 'mean IoU of the right ones')]),
        ]),
  ];
  return `<dl class="fig${shown.length % 4 === 0 ? '' : ' part'}">${shown.join('')}</dl>\n`;
}

function sizeTable({ figures: { bySize, shares, tally }, truth }: ReportFacts): string {
  if (bySize.length === 0) return '';
  const head = (names: readonly string[]) => names.map((name) => `<th scope="col">${name}</th>`).join('');
  const cells = (values: readonly (string | number)[]) => values.map((value) => `<td>${value}</td>`).join('');
  const all = shares ?? { tally, figures: undefined };
  const row = (each: typeof tally, figures: (typeof bySize)[number]['figures'] | undefined) =>
    figures === undefined || shares === undefined
      ? cells([each.right, each.wrong, each.missed])
      : cells([
          each.right + each.missed,
          each.right,
          each.missed,
          each.wrong,
          formatShare(figures.precision),
          formatShare(figures.recall),
        ]);
  const names =
    shares === undefined
      ? ['Right', 'Wrong', 'Missed']
      : [truth === undefined ? 'Faces' : 'In the truth', 'Right', 'Missed', 'Wrong', 'Precision', 'Recall'];
  return `<h2>By size <span>shorter side of the face</span></h2>
<div class="wide"><table><thead><tr><th scope="col"><span hidden>Size</span></th>${head(names)}</tr></thead><tbody>${bySize
    .map(
      ({ name, tally: each, figures }) =>
        `<tr><th scope="row">${name.replace(/^./, (letter) => letter.toUpperCase())}</th>${row(each, figures)}</tr>`,
    )
    .join('')}</tbody><tfoot><tr><th scope="row">All</th>${row(all.tally, all.figures)}</tr></tfoot></table></div>
`;
}

/** Before the crops of wrong boxes; nothing where there are none. */
export const wrongStart = (count: number): string =>
  count === 0 ? '' : `<section><h2>Wrong <span>${count}</span></h2><div class="cr">\n`;

/** Before the crops of missed faces. */
export function missedStart(count: number, under: number): string {
  if (count === 0) return '';
  const told =
    under === 0 ? '' : `, ${under === count ? 'all' : under} of them under a box that is shifted or of the wrong size`;
  return `<section><h2>Missed <span>${count}${told}</span></h2><div class="cr">\n`;
}

/** Ends the crops of a kind. */
export const cropsEnd = (count: number): string => (count === 0 ? '' : '</div></section>\n');

/** What reviewers do not agree on, a line each. */
export function disputesPart(pictures: readonly ReportedPicture[]): string {
  const lines = pictures.flatMap(({ title, disputes }) =>
    disputes.map(({ faceNo, said }) => `<li>${toldName(title)} · ${faceNo}: ${said.map(toldName).join(' · ')}</li>`),
  );
  if (lines.length === 0) return '';
  return `<section><h2>Reviewers disagree <span>${lines.length === 1 ? 'on one face' : `on ${lines.length} faces`}</span></h2><ul class="said">${lines.join('')}</ul></section>\n`;
}

/** A picture within the report: its address as data, or why there is none. */
export type Shown = { readonly url: string } | undefined;

/** In device pixels of a crop 105 wide: a line that reads on any picture. */
const HALO = 4;
const LINE = 2;

const WRONG = '#ff7d63';
const MISSED = '#ffc14d';

const tidy = (value: number): string => String(Math.round(value * 100) / 100);

function boxLines({ x, y, width, height }: ImageRect, color: string, dash: string): string {
  const rect = `<rect x="${tidy(x)}" y="${tidy(y)}" width="${tidy(width)}" height="${tidy(height)}" vector-effect="non-scaling-stroke"`;
  return `${rect} stroke="#0c0e12" stroke-width="${HALO}"/>${rect} stroke="${color}" stroke-width="${LINE}"${dash}/>`;
}

const DASHED = ' stroke-dasharray="7 4"';

function look(shown: Shown, alt: string, view: ImageRect, lines: string, style = ''): string {
  if (shown === undefined) {
    return `<span class="look gone"${style} role="img" aria-label="${alt}">This browser could not show the picture</span>`;
  }
  const { x, y, width, height } = view;
  return `<span class="look"${style}><img alt="${alt}" src="${escapeXml(shown.url)}"><svg viewBox="${tidy(x)} ${tidy(y)} ${tidy(width)} ${tidy(height)}" fill="none" aria-hidden="true">${lines}</svg></span>`;
}

const notesOf = ({ notes }: ReportedPicture): string =>
  notes
    .map(
      ({ by, text }) =>
        `<span class="note" dir="auto">${by === undefined ? '' : `${toldName(by)}: `}${told(text)}</span>`,
    )
    .join('');

/** A wrong box with what is around it. */
export function wrongFigure(
  { picture, face, reason, doubleOf }: WrongFace,
  { source }: CropLook,
  shown: Shown,
): string {
  const { faceNo, bound } = face;
  const alt = `Wrong: face ${faceNo} of ${told(picture.title)}, ${reason === 'Wrong' ? 'no reason given' : reason.toLowerCase()}`;
  const also = doubleOf === undefined ? '' : `<span>Also face ${doubleOf}</span>`;
  return `<figure>${look(shown, alt, source, boxLines(bound, WRONG, ''))}<figcaption><b>${reason}</b>${also}<span>${toldName(picture.title)} · ${faceNo}</span>${notesOf(picture)}</figcaption></figure>\n`;
}

/** A missed face with what is around it. */
export function missedFigure({ picture, bound, under }: MissedOne, { source }: CropLook, shown: Shown): string {
  const what = under === undefined ? 'No box' : `Under face ${under}`;
  const alt = `Missed: ${under === undefined ? 'a face without a box' : `a face under face ${under}`} of ${told(picture.title)}`;
  return `<figure>${look(shown, alt, source, boxLines(bound, MISSED, DASHED))}<figcaption><b>${what}</b><span>${toldName(picture.title)}</span>${notesOf(picture)}</figcaption></figure>\n`;
}

/** Before the pictures. */
export function picturesStart(shown: number, all: number, isOnlyDifferent: boolean, hasNotes: boolean): string {
  if (shown === 0) return '';
  const title = isOnlyDifferent ? `Pictures with a difference${hasNotes ? ' or a note' : ''}` : 'Pictures';
  return `<section><h2>${title} <span>${shown} of ${all}</span><span class="key"><span><i></i>right</span><span><i class="w"></i>wrong</span><span><i class="m"></i>missed</span></span></h2><div class="pics">\n`;
}

/** Height of an annotated copy on paper, in CSS pixels. */
const COPY_HEIGHT = 132;
/** Longest of it beside its height: a panorama is shown smaller. */
const WIDEST = 5;

/** A picture as a small copy with all its boxes. */
export function pictureFigure(picture: ReportedPicture, shown: Shown): string {
  const { size, faces, title, from } = picture;
  const [wrong, missed] = [wrongOf(picture), missedOf(picture)];
  const found = `${faces.length} ${faces.length === 1 ? 'face' : 'faces'} found`;
  const checked = faces.filter(({ verdict }) => verdict !== undefined).length;
  const differences = [
    ...(wrong.length === 0 ? [] : [`${wrong.length} wrong`]),
    ...(missed.length === 0 ? [] : [`${missed.length} missed`]),
  ].join(', ');
  const ratio = Math.min(WIDEST, Math.max(1 / WIDEST, size.width / size.height));
  const style = ` style="aspect-ratio:${tidy(size.width)}/${tidy(size.height)}"`;
  const alt = [told(title), found, ...(differences === '' ? [] : [differences])].join(', ');
  const lines = [
    ...faces
      .filter(({ verdict }) => verdict?.kind !== 'wrong')
      .map(({ bound, verdict }) => thinBox(bound, verdict === undefined ? '#aeb2bb' : '#ffffff')),
    ...wrong.map(({ face: { bound } }) => boxLines(bound, WRONG, '') + crossOf(bound)),
    ...missed.map(({ bound }) => boxLines(bound, MISSED, DASHED)),
  ].join('');
  const captions = [
    found,
    ...(picture.isDone ? [] : [`${checked} of ${faces.length} checked`]),
    ...(differences === '' ? [] : [differences]),
    ...(from === undefined ? [] : [`from ${toldName(from)}`]),
  ];
  return `<figure style="width:${Math.round(Math.max(96, COPY_HEIGHT * ratio))}px;max-width:100%">${look(shown, alt, { x: 0, y: 0, ...size } as ImageRect, lines, style)}<figcaption><b>${toldName(title)}</b>${captions.map((line) => `<span>${line}</span>`).join('')}${notesOf(picture)}</figcaption></figure>\n`;
}

const thinBox = ({ x, y, width, height }: ImageRect, color: string): string => {
  const rect = `<rect x="${tidy(x)}" y="${tidy(y)}" width="${tidy(width)}" height="${tidy(height)}" vector-effect="non-scaling-stroke"`;
  return `${rect} stroke="#0c0e12" stroke-width="2.5"/>${rect} stroke="${color}" stroke-width="1"/>`;
};

/** Says wrong without colour. */
function crossOf({ x, y, width, height }: ImageRect): string {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `<path d="M${tidy(x1)} ${tidy(y1)}L${tidy(x2)} ${tidy(y2)}" vector-effect="non-scaling-stroke" stroke="${WRONG}" stroke-width="1.5"/>`;
  return line(x, y, x + width, y + height) + line(x + width, y, x, y + height);
}

/** Ends the pictures, and says how it was counted. */
export function reportEnd(facts: ReportFacts, pictures: readonly ReportedPicture[], shownPictures: number): string {
  return `${shownPictures === 0 ? '' : '</div></section>\n'}</main>
<footer class="how"><p>${reportMethod(facts, pictures).map(told).join(' ')}</p></footer>
</body>
</html>
`;
}
