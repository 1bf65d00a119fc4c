import { trimEndWhile } from '#shared/trim.ts';
import { howCovered } from './cover-message.ts';
import type { ObscureKind } from './obscure-plan.ts';

/** Names for exported files: whatever a picture was called, what is written is one harmless path segment. */

/** Longest stem in UTF-16 units: file systems allow 255 bytes, endings and numbers want room, and a letter may take 3. */
const LONGEST_STEM = 64;

/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * What no file system or shell should meet: separators, wildcards, control and format characters (among them those
 * that turn the direction of writing, which hide an ending), lone halves of surrogate pairs.
 */
const UNSAFE = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** The name without what stands behind its last dot, where that can be an ending. */
export const withoutEnding = (name: string): string => name.replace(/(?<=[^.])\.[^.\\/ ]{1,8}$/u, '');

/** A picture's name without its ending, fit to begin a file name on any system. Never empty. */
export function safeStem(name: string): string {
  const cleaned = withoutEnding(name)
    .normalize('NFC')
    .replace(UNSAFE, '-')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.\-~]+/u, '');
  const cut = [...cleaned].reduce(
    (kept, letter) => (kept.length + letter.length > LONGEST_STEM ? kept : kept + letter),
    '',
  );
  const stem = trimEndWhile(cut, (letter) => /[\s.-]/u.test(letter));
  if (stem === '') return 'picture';
  return RESERVED.test(stem.split('.')[0] ?? '') ? `picture-${stem}` : stem;
}

/** Safe stems for many pictures, no two alike even where case does not count: `team`, `team-2`. */
export function uniqueStems(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const stem = safeStem(name);
    let unique = stem;
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${stem}-${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/**
 * Names by which data files tell their pictures apart: as they are, and of two alike the later with a number before
 * its ending, as file managers do it (`IMG_0042 (2).JPG`).
 */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    // A dot that begins a name, or stands in a folder's, begins no ending.
    const hasEnding = dot > name.lastIndexOf('/') + 1;
    const [stem, ending] = hasEnding ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let distinct = name;
    for (let count = 2; seen.has(distinct) || (distinct !== name && taken.has(distinct)); count++) {
      distinct = `${stem} (${count})${ending}`;
    }
    seen.add(distinct);
    return distinct;
  });
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
};

/** The ending that belongs to a picture's type. */
export const endingFor = (type: string): string => ENDINGS[type] ?? 'img';

/** More numbers than this in a file name are counted instead. */
const MOST_NUMBERS = 4;

/** How found faces are covered, as the end of a file's name: `found-faces-blurred`. */
export const coveredName = (kind: ObscureKind, covered?: number, drawn = 0): string =>
  `found${drawn === 0 ? '' : `-and-${drawn}-drawn`}-${(covered ?? 0) + drawn === 1 ? 'face' : 'faces'}-${howCovered(kind).replaceAll(' ', '-')}`;

/**
 * What follows the stem of a picture whose found faces are covered: the numbers of those that stay clear, so that two
 * such pictures have two names, and how many are covered. It says "found", because others stay visible.
 */
export function coveredSuffix(clearFaceNos: readonly number[], covered: number, kind: ObscureKind, drawn = 0): string {
  const name = `${covered}-${coveredName(kind, covered, drawn)}`;
  const [only] = clearFaceNos;
  if (only === undefined) return `-${name}`;
  return `-${namedFaces(clearFaceNos)}-clear-${name}`;
}

/** What follows the stem where only some faces of a picture were chosen: `-faces-3-7`. Nothing where all are meant. */
export const chosenSuffix = (faceNos: readonly number[] | undefined): string =>
  faceNos === undefined || faceNos.length === 0 ? '' : `-${namedFaces(faceNos)}`;

const namedFaces = (faceNos: readonly number[]): string =>
  faceNos.length > MOST_NUMBERS
    ? `${faceNos.length}-faces`
    : `${faceNos.length === 1 ? 'face' : 'faces'}-${faceNos.toSorted((a, b) => a - b).join('-')}`;
