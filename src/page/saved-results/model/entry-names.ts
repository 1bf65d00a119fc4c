/**
 * Names of files in a saved result, after people and their programs had it: zipped again with a folder around, packed
 * with backslashes, written in another Unicode form (macOS) or in the letters of an old code page (Windows).
 */

/** The name with `/` between folders, in composed form, without what stands for "here". */
const plain = (name: string): string =>
  name
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .normalize('NFC');

/** What is left of it when letters beyond ASCII cannot be trusted. */
const blurred = (plainName: string): string => plainName.toLowerCase().replace(/[^ -~]+/g, '?');

export type NamesByLook = {
  readonly plain: ReadonlyMap<string, string>;
  /** Undefined where two names look alike. */
  readonly blurred: ReadonlyMap<string, string | undefined>;
};

export function namesByLook(names: readonly string[]): NamesByLook {
  const byPlain = new Map<string, string>();
  const byBlurred = new Map<string, string | undefined>();
  for (const name of names) {
    const look = blurred(plain(name));
    byPlain.set(plain(name), name);
    byBlurred.set(look, byBlurred.has(look) ? undefined : name);
  }
  return { plain: byPlain, blurred: byBlurred };
}

/** The name under which a file is there. */
export const findByName = (names: NamesByLook, wanted: string): string | undefined =>
  names.plain.get(plain(wanted)) ?? names.blurred.get(blurred(plain(wanted)));

/** More manifests than these are not a person's folder. */
const MOST_MANIFESTS = 200;

/** Every file of this name with the folder that it lies in (empty, or ending with `/`), the outermost first. */
export function foldersWith(
  names: readonly string[],
  wanted: string,
): readonly { readonly name: string; readonly folder: string }[] {
  return names
    .flatMap((name) => {
      const path = plain(name);
      const start = path.lastIndexOf('/') + 1;
      const isOther = path.slice(start).toLowerCase() !== wanted || /(?:^|\/)__MACOSX\//.test(path);
      return isOther ? [] : [{ name, folder: path.slice(0, start) }];
    })
    .toSorted((one, other) => one.folder.split('/').length - other.folder.split('/').length)
    .slice(0, MOST_MANIFESTS);
}
