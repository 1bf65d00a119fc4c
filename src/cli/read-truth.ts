import { readFile, stat } from 'node:fs/promises';
import { type AnnotatedPicture, kindsIn } from '#page/annotations/model/annotation-file.ts';
import { comparedKinds } from '#page/annotations/model/face-kind.ts';
import { LONGEST_ANNOTATIONS, readAnnotations } from '#page/annotations/model/read-annotations.ts';
import { readYoloClasses } from '#page/annotations/model/read-yolo.ts';
import { CHECK_FORMAT, readCheckFile } from '#page/check/model/check-file.ts';
import { annotatedRecord } from '#page/check/model/record-truth.ts';
import { type CheckRecord, isEmptyRecord } from '#page/check/model/verdict.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { type FoundFile, fileTrouble } from './find-files.ts';

/** What a truth tells of one picture. */
export type ToldPicture = {
  /** Name of the file that tells it. */
  readonly fileName: string;
  readonly pictureName: string | undefined;
  readonly annotated: AnnotatedPicture;
  /** SHA-256 (hex) of the picture's file, where the truth knows it. */
  readonly sha256: string | undefined;
};

export type Truths = {
  readonly pictures: readonly ToldPicture[];
  /** Whether boxes of this kind are compared with; a box without a kind is what its file is about. */
  readonly isCompared: (kind: string | undefined) => boolean;
  /** Oddities in sentences. */
  readonly notes: readonly string[];
};

/** Endings of files that may hold boxes, for what lies in folders. */
const TRUTH_ENDING = /\.(?:json|csv|tsv|xml|txt|ya?ml|names)$/i;

/**
 * Reads truths by the page's readers: COCO, YOLO with its classes, Pascal VOC, tables, and checks of the page. `kinds` are
 * those that a person chose to compare with; without, those that are called a face, else a head, else a person. The error
 * is a sentence.
 */
export async function readTruths(
  files: readonly FoundFile[],
  kinds: readonly string[],
): Promise<Result<Truths, string>> {
  const texts: { readonly name: string; readonly text: string; readonly isNamed: boolean }[] = [];
  for (const { file, name, isNamed } of files) {
    if (!isNamed && !TRUTH_ENDING.test(name)) continue;
    try {
      if ((await stat(file)).size > LONGEST_ANNOTATIONS) return err(`${name} is too large for a file of boxes`);
      texts.push({ name, text: await readFile(file, 'utf8'), isNamed });
    } catch (error) {
      return err(`${name} ${fileTrouble(error)}`);
    }
  }
  const classes = texts.flatMap(({ name, text }) => {
    const names = readYoloClasses(name, text);
    return names === undefined ? [] : [{ folder: folderOf(name), name, names }];
  });
  const told: ToldPicture[] = [];
  const records: { readonly name: string; readonly record: CheckRecord }[] = [];
  const seen = new Map<string, number>();
  let unlisted = 0;
  for (const { name, text, isNamed } of texts) {
    if (classes.some((known) => known.name === name)) continue;
    if (text.slice(0, 200).includes(CHECK_FORMAT)) {
      const check = readCheckFile(text);
      if (!check.ok) return err(`${name} ${CHECK_TROUBLE[check.error]}`);
      records.push(...check.value.records.map((record) => ({ name, record })));
      continue;
    }
    const read = readAnnotations(text, nearest(classes, name));
    if (read === undefined) {
      if (isNamed) return err(`${name} holds no boxes that can be read: COCO, YOLO, Pascal VOC, a table, or a check`);
      continue;
    }
    unlisted += read.unlisted.length;
    for (const kind of kindsIn(read)) seen.set(kind.name, (seen.get(kind.name) ?? 0) + kind.count);
    told.push(
      ...read.pictures.map((annotated) => ({
        fileName: name,
        pictureName: annotated.pictureName,
        annotated,
        sha256: undefined,
      })),
    );
  }
  const compared = chooseKinds([...seen.keys()], kinds);
  if (!compared.ok) return compared;
  const latest = latestOf(records);
  const notes = [
    ...(unlisted === 0
      ? []
      : [`${count(unlisted, 'box', 'boxes')} of pictures that the truth does not list left out.`]),
    ...leftOutKinds(seen, compared.value),
    ...(latest.several === 0
      ? []
      : [`${count(latest.several, 'picture', 'pictures')} checked by several people: the latest check counts.`]),
  ];
  return ok({
    pictures: [...told, ...latest.told],
    isCompared: (kind) => kind === undefined || compared.value.has(kind),
    notes,
  });
}

const CHECK_TROUBLE = {
  'not-ours': 'is no check of Facebound',
  newer: 'was written by a newer version of Facebound',
  damaged: 'is damaged, or was changed by hand',
} as const;

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

/** The classes that are meant for a file of labels: those that lie nearest above it, else the only ones. */
function nearest(
  classes: readonly { readonly folder: string; readonly names: readonly string[] }[],
  name: string,
): readonly string[] | undefined {
  const above = classes.filter(({ folder }) => name.startsWith(folder));
  const [deepest] = above.toSorted((a, b) => b.folder.length - a.folder.length);
  return (deepest ?? (classes.length === 1 ? classes[0] : undefined))?.names;
}

function chooseKinds(seen: readonly string[], chosen: readonly string[]): Result<ReadonlySet<string>, string> {
  const list = seen.slice(0, 10).join(', ') + (seen.length > 10 ? ', …' : '');
  const missing = chosen.find((kind) => !seen.includes(kind));
  if (missing !== undefined)
    return err(`The truth has no boxes called ${missing}. It has: ${list || 'none with a name'}`);
  if (chosen.length > 0) return ok(new Set(chosen));
  const compared = comparedKinds(seen);
  return compared === undefined
    ? err(`Nothing in the truth is called a face. Say which of its boxes are with --kind: ${list}`)
    : ok(compared);
}

function leftOutKinds(seen: ReadonlyMap<string, number>, compared: ReadonlySet<string>): readonly string[] {
  const others = [...seen].filter(([kind]) => !compared.has(kind));
  const boxes = others.reduce((sum, [, number]) => sum + number, 0);
  if (boxes === 0) return [];
  return [
    `${count(boxes, 'box', 'boxes')} of other kinds in the truth left out; compared with: ${[...compared].join(', ')}.`,
  ];
}

/** Of each picture the record that was changed last, whoever made it and whichever engine it is about. */
function latestOf(records: readonly { readonly name: string; readonly record: CheckRecord }[]): {
  readonly told: readonly ToldPicture[];
  readonly several: number;
} {
  const byFile = new Map<string, { readonly name: string; readonly record: CheckRecord; readonly sets: Set<string> }>();
  for (const { name, record } of records) {
    if (isEmptyRecord(record)) continue;
    const known = byFile.get(record.file);
    const sets = (known?.sets ?? new Set()).add(record.set);
    const isLater = known === undefined || record.changedAt > known.record.changedAt;
    byFile.set(record.file, isLater ? { name, record, sets } : { ...known, sets });
  }
  const latest = [...byFile.values()];
  return {
    told: latest.map(({ name, record }) => ({
      fileName: name,
      pictureName: record.name,
      annotated: annotatedRecord(record),
      sha256: record.file,
    })),
    several: latest.filter(({ sets }) => sets.size > 1).length,
  };
}
