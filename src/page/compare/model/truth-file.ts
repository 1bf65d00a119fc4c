import {
  type AnnotatedPicture,
  type AnnotationFile,
  comparedKinds,
  type KindCount,
  kindsIn,
  readAnnotations,
  readYoloClasses,
} from '#page/annotations/index.ts';
import { type Check, readCheck } from '#page/check/model/index.ts';
import type { TruthSet } from './truth.ts';

/** A text that was handed over; `name` with its folders where they are known. */
export type HandedText = { readonly name: string; readonly text: string };

/** A picture that a file tells boxes of; `fileName` is that file's own name, by which a picture may be found. */
export type ToldPicture = {
  readonly fileName: string;
  readonly pictureName: string | undefined;
  readonly annotated: AnnotatedPicture;
};

/** What can be an answer or a truth: one file, or the many of one drop that tell a picture each. */
export type BoxSource =
  | {
      readonly kind: Exclude<TruthSet['kind'], 'verdicts'>;
      readonly name: string;
      readonly pictures: readonly ToldPicture[];
      /** Kinds of its boxes, the most frequent first. */
      readonly kinds: readonly KindCount[];
    }
  | { readonly kind: 'verdicts'; readonly name: string; readonly check: Check; readonly text: string };

/** What the texts of a drop hold: sources, and by place which texts they and the names of classes stand in. */
export type ReadBoxes = { readonly sources: readonly BoxSource[]; readonly used: ReadonlySet<number> };

const plainName = (path: string): string => path.replaceAll('\\', '/').replace(/^.*\//s, '');

const PER_PICTURE = { yolo: 'YOLO', 'pascal-voc': 'Pascal VOC' } as const;

/**
 * Reads what was handed over as boxes: COCO, tables, our own verdicts one by one, YOLO labels and Pascal VOC of a drop
 * together. Text without a word in it is a picture without boxes only where other YOLO labels came along.
 */
export function readBoxes(texts: readonly HandedText[]): ReadBoxes {
  const classFiles = texts.map(({ name, text }) => readYoloClasses(name, text));
  const classes = classFiles.find((names) => names !== undefined);
  const sources: BoxSource[] = [];
  const used = new Set<number>();
  const together: Record<keyof typeof PER_PICTURE, { index: number; file: AnnotationFile; isEmpty: boolean }[]> = {
    yolo: [],
    'pascal-voc': [],
  };
  for (const [index, { name, text }] of texts.entries()) {
    if (classFiles[index] !== undefined) continue;
    const check = readCheck(text);
    if (check !== undefined) {
      sources.push({ kind: 'verdicts', name: plainName(name), check, text });
      used.add(index);
      continue;
    }
    const file = readAnnotations(text, classes);
    if (file === undefined) continue;
    if (file.format === 'yolo' || file.format === 'pascal-voc') {
      together[file.format].push({ index, file, isEmpty: text.trim() === '' });
      continue;
    }
    used.add(index);
    sources.push(sourceOf(file.format, plainName(name), [{ fileName: name, file }]));
  }
  for (const format of ['yolo', 'pascal-voc'] as const) {
    const found = together[format];
    if (!found.some(({ isEmpty }) => !isEmpty)) continue;
    const files = found.flatMap(({ index, file }) => {
      const told = texts[index];
      return told === undefined ? [] : [{ fileName: told.name, file }];
    });
    for (const { index } of found) used.add(index);
    const name =
      files.length === 1 ? plainName(files[0]?.fileName ?? '') : `${files.length} ${PER_PICTURE[format]} files`;
    sources.push(sourceOf(format, name, files));
  }
  if (sources.some(({ kind }) => kind === 'yolo')) {
    for (const [index, names] of classFiles.entries()) if (names !== undefined) used.add(index);
  }
  return { sources, used };
}

function sourceOf(
  kind: Exclude<TruthSet['kind'], 'verdicts'>,
  name: string,
  files: readonly { readonly fileName: string; readonly file: AnnotationFile }[],
): BoxSource {
  const counts = new Map<string, number>();
  for (const { file } of files) {
    for (const each of kindsIn(file)) counts.set(each.name, (counts.get(each.name) ?? 0) + each.count);
  }
  return {
    kind,
    name,
    kinds: [...counts].map(([told, count]) => ({ name: told, count })).toSorted((a, b) => b.count - a.count),
    pictures: files.flatMap(({ fileName, file }) =>
      file.pictures.map((annotated) => ({ fileName, pictureName: annotated.pictureName, annotated })),
    ),
  };
}

/** The kinds that are compared; undefined where a person has to say which, because none is called so. */
export const kindsToCompare = ({ kinds }: Extract<BoxSource, { kinds: unknown }>): ReadonlySet<string> | undefined =>
  comparedKinds(kinds.map(({ name }) => name));

/** "truth.coco.json: 195 boxes in 29 pictures". */
export function sourceMessage(source: BoxSource): string {
  const isVerdicts = source.kind === 'verdicts';
  const pictures = isVerdicts ? new Set(source.check.records.map(({ file }) => file)).size : source.pictures.length;
  const count = isVerdicts
    ? source.check.records.reduce((sum, { faces, missed }) => sum + faces.length + missed.length, 0)
    : source.pictures.reduce((sum, { annotated }) => sum + annotated.boxes.length, 0);
  const [one, many] = isVerdicts ? ['verdict', 'verdicts'] : ['box', 'boxes'];
  return `${source.name}: ${count} ${count === 1 ? one : many} in ${pictures} ${pictures === 1 ? 'picture' : 'pictures'}`;
}
