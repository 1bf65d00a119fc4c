import { imageRect } from '#shared/geometry/spaces.ts';
import { asNumber } from '#shared/lenient.ts';
import type { AnnotatedBox, AnnotationFile } from './annotation-file.ts';

/** More classes than these has no data set. Ours. */
const MOST_CLASSES = 10_000;
const LONGEST_CLASS = 200;

/** A share may be this much outside of 0 to 1: programs round. */
const SLACK = 0.01;

/**
 * YOLO labels of one picture: a line a box with class, centre and size as shares of the picture, with or without a score
 * behind; or a polygon behind the class, of which the box around it is read. `classes` names the classes by their place.
 * Empty text is a picture without boxes. Undefined when any line says something else.
 */
export function readYolo(text: string, classes: readonly string[] | undefined): AnnotationFile | undefined {
  const boxes: AnnotatedBox[] = [];
  for (const line of linesOf(text)) {
    const box = toBox(line.split(/[ \t]+/), classes);
    if (box === undefined) return undefined;
    boxes.push(box);
  }
  return {
    format: 'yolo',
    pictures: [{ pictureName: undefined, unit: 'shares', size: undefined, orientation: 1, boxes }],
    unlisted: [],
  };
}

const linesOf = (text: string): readonly string[] =>
  text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function toBox(cells: readonly string[], classes: readonly string[] | undefined): AnnotatedBox | undefined {
  const [kind, ...rest] = cells.map(asNumber);
  if (kind === undefined || !Number.isInteger(kind) || kind < 0) return undefined;
  const numbers = rest.filter((number) => number !== undefined);
  if (numbers.length < rest.length || numbers.some((number) => number < -SLACK || number > 1 + SLACK)) return undefined;
  const bound = numbers.length <= 5 ? boxAround(numbers) : polygonBox(numbers);
  if (bound === undefined) return undefined;
  return {
    bound,
    kind: classes === undefined ? undefined : (classes[kind] ?? `class ${kind}`),
    faceNo: undefined,
    name: undefined,
    ignored: undefined,
  };
}

function boxAround([x, y, width, height]: readonly number[]) {
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return imageRect(x - width / 2, y - height / 2, width, height);
}

function polygonBox(numbers: readonly number[]) {
  if (numbers.length % 2 !== 0) return undefined;
  const isAcross = (_: number, index: number) => index % 2 === 0;
  const across = numbers.filter(isAcross);
  const down = numbers.filter((number, index) => !isAcross(number, index));
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const [left, top] = [least(across), least(down)];
  return imageRect(left, top, most(across) - left, most(down) - top);
}

/**
 * The names of YOLO classes: `classes.txt` or `obj.names` with one a line, or the `names` of a `data.yaml`, as a list or
 * by number. Undefined when it is neither.
 */
export function readYoloClasses(fileName: string, text: string): readonly string[] | undefined {
  const isYaml = /\.ya?ml$/i.test(fileName);
  if (!isYaml && !/(?:^|\/)(?:classes|labels|obj|_darknet)\.(?:txt|names|labels)$/i.test(fileName)) return undefined;
  const names = isYaml ? namesInYaml(text) : linesOf(text);
  const isPlausible =
    names.length > 0 && names.length <= MOST_CLASSES && names.every((name) => name.length <= LONGEST_CLASS);
  return isPlausible ? names : undefined;
}

function namesInYaml(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => line.startsWith('names:'));
  if (start === -1) return [];
  const inline = (lines[start] ?? '').slice('names:'.length).trim();
  if (inline.startsWith('[')) {
    return inline
      .slice(1)
      .replace(/\]$/, '')
      .split(',')
      .map(unquoted)
      .filter((name) => name !== '');
  }
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const entry = line.trim();
    if (entry === '') continue;
    if (entry.startsWith('- ')) names.push(unquoted(entry.slice(2)));
    else {
      const colon = entry.indexOf(':');
      const number = asNumber(entry.slice(0, Math.max(0, colon)));
      // The next key, at the left edge and no number, ends the list.
      if (number === undefined || !Number.isInteger(number) || number < 0 || number >= MOST_CLASSES) break;
      names[number] = unquoted(entry.slice(colon + 1));
    }
  }
  return Array.from(names, (name, index) => name ?? `class ${index}`);
}

const unquoted = (text: string): string => text.trim().replace(/^["']/, '').replace(/["']$/, '');
