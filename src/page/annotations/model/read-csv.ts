import { imageRect, type Size } from '#shared/geometry/spaces.ts';
import { asNumber, asText } from '#shared/lenient.ts';
import type { AnnotatedBox, AnnotatedPicture, AnnotationFile } from './annotation-file.ts';

type Column =
  | 'picture'
  | 'pictureWidth'
  | 'pictureHeight'
  | 'faceNo'
  | 'name'
  | 'kind'
  | 'x'
  | 'y'
  | 'right'
  | 'bottom'
  | 'width'
  | 'height'
  | 'crowd'
  | 'ignored';

/** What a column is, by its names: our own first, then the usual ones, small and without what stands between words. */
const COLUMNS: Readonly<Record<Column, readonly string[]>> = {
  picture: ['picture', 'filename', 'file', 'image', 'imagename', 'imageid', 'imagepath', 'path', 'img', 'frame'],
  pictureWidth: ['picturewidth', 'imagewidth', 'imgwidth', 'imgw'],
  pictureHeight: ['pictureheight', 'imageheight', 'imgheight', 'imgh'],
  faceNo: ['faceno'],
  name: ['name'],
  kind: ['class', 'label', 'labelname', 'category', 'classname', 'categoryname'],
  x: ['x', 'left', 'xmin', 'x1', 'x0', 'bboxx', 'bboxx1', 'bboxleft', 'startx', 'minx'],
  y: ['y', 'top', 'ymin', 'y1', 'y0', 'bboxy', 'bboxy1', 'bboxtop', 'starty', 'miny'],
  right: ['right', 'xmax', 'x2', 'bboxx2', 'bboxright', 'endx', 'maxx'],
  bottom: ['bottom', 'ymax', 'y2', 'bboxy2', 'bboxbottom', 'endy', 'maxy'],
  width: ['width', 'w', 'bboxwidth', 'bboxw'],
  height: ['height', 'h', 'bboxheight', 'bboxh'],
  crowd: ['iscrowd', 'crowd', 'isgroupof'],
  ignored: ['ignore', 'ignored', 'difficult'],
};

/** Longest row and most rows, so that a file of commas costs no more than a file of boxes. */
const MOST_CELLS = 200;
const MOST_ROWS = 1_000_000;

/**
 * A table with a row for each box: our own, or with the usual names of columns (edges or a corner with sides; shares
 * where all edges are within 0 and 1 and not all of them whole). A row without a box is a picture without any.
 * Undefined when its first row names no picture or no box.
 */
export function readCsv(text: string): AnnotationFile | undefined {
  const body = text.replace(/^\ufeff/, '');
  const rows = rowsOf(body, separatorOf(body));
  const header = rows.next();
  if (header.done === true) return undefined;
  const placeOf = placesOf(header.value);
  const has = (...columns: readonly Column[]) => columns.every((column) => placeOf(column) !== undefined);
  const isByEdges = has('right', 'bottom');
  if (!has('picture', 'x', 'y') || !(isByEdges || has('width', 'height'))) return undefined;
  const pictures = new Map<string, { size: Size | undefined; boxes: AnnotatedBox[] }>();
  for (const row of rows) {
    const cell = (column: Column): string | undefined => {
      const place = placeOf(column);
      return place === undefined ? undefined : asText(row[place]);
    };
    const name = harmless(cell('picture'));
    if (name === undefined) continue;
    // Beside edges a width without a longer name is the picture's.
    const [width, height] = [
      asNumber(cell('pictureWidth') ?? (isByEdges ? cell('width') : undefined)),
      asNumber(cell('pictureHeight') ?? (isByEdges ? cell('height') : undefined)),
    ];
    let picture = pictures.get(name);
    if (picture === undefined) {
      const isSized = width !== undefined && height !== undefined && width >= 1 && height >= 1;
      picture = { size: isSized ? { width, height } : undefined, boxes: [] };
      pictures.set(name, picture);
    }
    const corners: readonly Column[] = isByEdges ? ['x', 'y', 'right', 'bottom'] : ['x', 'y', 'width', 'height'];
    const numbers = corners.map(cell);
    if (numbers.every((number) => number === undefined)) continue;
    picture.boxes.push(toBox(numbers, isByEdges, cell));
  }
  const found = [...pictures];
  const unit = isInShares(found.flatMap(([, { boxes }]) => boxes)) ? 'shares' : 'pixels';
  return {
    format: 'csv',
    pictures: found.map(
      ([pictureName, { size, boxes }]): AnnotatedPicture => ({
        pictureName,
        unit,
        size,
        orientation: 1,
        boxes,
      }),
    ),
    unlisted: [],
  };
}

function toBox(
  told: readonly (string | undefined)[],
  isByEdges: boolean,
  cell: (column: Column) => string | undefined,
): AnnotatedBox {
  const common = {
    kind: cell('kind'),
    faceNo: asNumber(cell('faceNo')),
    name: harmless(cell('name')),
    ignored: isOn(cell('crowd')) ? ('crowd' as const) : isOn(cell('ignored')) ? ('one' as const) : undefined,
  };
  const [x, y, third, fourth] = told.map(asNumber);
  if (x === undefined || y === undefined || third === undefined || fourth === undefined) {
    return { bound: undefined, told, ...common };
  }
  const bound = isByEdges ? imageRect(x, y, third - x, fourth - y) : imageRect(x, y, third, fourth);
  return { bound, ...common };
}

const isOn = (cell: string | undefined): boolean => cell !== undefined && /^(?:1|true|yes)$/i.test(cell);

function isInShares(boxes: readonly AnnotatedBox[]): boolean {
  const numbers = boxes.flatMap(({ bound }) =>
    bound === undefined ? [] : [bound.x, bound.y, bound.x + bound.width, bound.y + bound.height],
  );
  const isWithin = numbers.every((number) => number >= -0.01 && number <= 1.01);
  return numbers.length > 0 && isWithin && numbers.some((number) => !Number.isInteger(number));
}

/** Our own tables begin what a spreadsheet would take for a formula with an apostrophe. */
const harmless = (text: string | undefined): string | undefined =>
  text !== undefined && /^'[\s\u00a0\ufeff]*[=+\-@＝＋－＠|%]/u.test(text) ? text.slice(1) : text;

/** Place of each column in a table with this first row. */
function placesOf(header: readonly string[]): (column: Column) => number | undefined {
  const plain = header.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const known = new Map<Column, number | undefined>();
  return (column) => {
    if (!known.has(column)) {
      const name = COLUMNS[column].find((each) => plain.includes(each));
      known.set(column, name === undefined ? undefined : plain.indexOf(name));
    }
    return known.get(column);
  };
}

/** What stands between the cells of the first line: the most frequent of comma, semicolon and tab. */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const first = text.slice(0, end === -1 ? text.length : end);
  const count = (separator: string) => first.split(separator).length;
  return [';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best), ',');
}

/** The rows of a table after RFC 4180, one after another. Empty lines are none. */
function* rowsOf(text: string, separator: string): Generator<readonly string[], undefined> {
  let row: string[] = [];
  let at = 0;
  let rows = 0;
  while (at < text.length && rows < MOST_ROWS) {
    const cell = cellAt(text, at, separator);
    if (row.length < MOST_CELLS) row.push(cell.value);
    at = cell.end;
    if (text[at] === separator) {
      at += 1;
      // A separator at the very end has an empty cell behind it.
      if (at < text.length) continue;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (row.some((value) => value !== '')) {
      rows += 1;
      yield row;
    }
    row = [];
  }
  return undefined;
}

/** The cell that begins here, and the place of what ends it. */
function cellAt(text: string, start: number, separator: string): { readonly value: string; readonly end: number } {
  let at = start;
  let value = '';
  if (text[at] === '"') {
    for (;;) {
      const quote = text.indexOf('"', at + 1);
      if (quote === -1) return { value: value + text.slice(at + 1), end: text.length };
      value += text.slice(at + 1, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      value += '"';
    }
  }
  const rest = at;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return { value: value + text.slice(rest, at), end: at };
}
