import { withoutLastEnding } from '#shared/trim.ts';

/** What a file tells of a picture, by the name that it gives it, else by the name of the file itself. */
export type Told = { readonly fileName: string; readonly pictureName: string | undefined };

/** A picture that was handed over, as far as pairing knows it. */
export type NamedPicture = { readonly name: string; readonly path?: string | undefined };

/**
 * Which of what was told belongs to which picture: by the name that is told, with its folders as far as both have them,
 * else by the names of the files (`team.jpg` and `team-faces.json`, `images/team.jpg` and `labels/team.txt`). Each is
 * used once at most.
 */
export function pairByName<R extends Told, P extends NamedPicture>(
  told: readonly R[],
  pictures: readonly P[],
): readonly (readonly [R, P])[] {
  const pairs = new Map<R, P>();
  let free = pictures.map((picture) => ({ picture, name: picture.path ?? picture.name }));
  // From the strictest look to the most lenient, so that a like name never takes what an equal one belongs to.
  for (const key of LOOKS) {
    const byKey = new Map<string, P[]>();
    for (const { picture, name } of free.toReversed()) {
      const look = key(name);
      const alike = byKey.get(look);
      if (alike === undefined) byKey.set(look, [picture]);
      else alike.push(picture);
    }
    if (byKey.size === 0) break;
    for (const each of told) {
      if (pairs.has(each)) continue;
      const picture = byKey.get(key(each.pictureName ?? each.fileName))?.pop();
      if (picture !== undefined) pairs.set(each, picture);
    }
    const taken = new Set(pairs.values());
    free = free.filter(({ picture }) => !taken.has(picture));
  }
  return told.flatMap((each) => {
    const picture = pairs.get(each);
    return picture === undefined ? [] : [[each, picture] as const];
  });
}

const wholeName = (name: string): string => name.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');

/** The last parts of a path, the file's name among them. */
const tailOf = (name: string, parts: number): string => name.split('/').slice(-parts).join('/');

const plainName = (name: string): string => tailOf(wholeName(name), 1).toLowerCase();

/**
 * What is left of a file name without its ending and without what exports and hands add to it. Results name pictures by
 * numbers, and COCO's own files have those with zeros before them.
 */
const stemOf = (name: string): string =>
  withoutLastEnding(plainName(name))
    .replace(/-(faces|response|responses|annotated)$/i, '')
    .replace(/^0+(?=\d+$)/, '');

/** The same without the number by which our exports tell two alike apart. */
const uncountedStemOf = (name: string): string => stemOf(name).replace(/ \(\d{1,4}\)$/, '');

/** Folders that only say what lies in them: data sets have pictures in one and labels in the other. */
const KINDS_OF_FOLDER: ReadonlySet<string> = new Set(['images', 'labels', 'annotations', 'jpegimages']);

/** The folder that a file belongs to with its stem: `val/7` of `labels/val/7.txt` and of `val/images/7.jpg`. */
function folderAndStem(name: string): string {
  const folders = wholeName(name).toLowerCase().split('/').slice(0, -1);
  const folder = folders.findLast((each) => !KINDS_OF_FOLDER.has(each));
  return folder === undefined ? stemOf(name) : `${folder}/${stemOf(name)}`;
}

const LOOKS: readonly ((name: string) => string)[] = [
  wholeName,
  // Of two with one name in two folders, each finds its own, however much of the path either tells.
  ...[8, 7, 6, 5, 4, 3, 2].map((parts) => (name: string) => tailOf(wholeName(name), parts).toLowerCase()),
  plainName,
  folderAndStem,
  stemOf,
  uncountedStemOf,
];
