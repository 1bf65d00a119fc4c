import { withoutLastEnding } from '#shared/trim.ts';

/** A picture that was handed over, as far as pairing knows it. */
type NamedPicture = { readonly name: string; readonly path?: string | undefined };

/**
 * Which response belongs to which picture: by the name that the response tells, with its folders where both have them,
 * else by the names of the files (`team.jpg` and `team-faces.json`), else, where there is one of each, to each other.
 * Each response and each picture is used once at most.
 */
export function pairWithPictures<
  R extends { readonly fileName: string; readonly pictureName: string | undefined },
  P extends NamedPicture,
>(responses: readonly R[], pictures: readonly P[]): readonly (readonly [R, P])[] {
  const [onlyResponse] = responses;
  const [onlyPicture] = pictures;
  return responses.length === 1 && pictures.length === 1 && onlyResponse !== undefined && onlyPicture !== undefined
    ? [[onlyResponse, onlyPicture]]
    : pairByName(responses, pictures);
}

/** The same by names alone, where what is left over of each is no reason to take it for the other's. */
export function pairByName<
  R extends { readonly fileName: string; readonly pictureName: string | undefined },
  P extends NamedPicture,
>(responses: readonly R[], pictures: readonly P[]): readonly (readonly [R, P])[] {
  const pairs = new Map<R, P>();
  let free = pictures.map((picture) => ({ picture, told: picture.path ?? picture.name }));
  // From the strictest look to the most lenient, so that a like name never takes what an equal one belongs to.
  for (const key of [wholeName, plainName, stemOf, uncountedStemOf]) {
    const byKey = new Map<string, P[]>();
    for (const { picture, told } of free.toReversed()) {
      const name = key(told);
      const alike = byKey.get(name);
      if (alike === undefined) byKey.set(name, [picture]);
      else alike.push(picture);
    }
    if (byKey.size === 0) break;
    for (const response of responses) {
      if (pairs.has(response)) continue;
      const picture = byKey.get(key(response.pictureName ?? response.fileName))?.pop();
      if (picture !== undefined) pairs.set(response, picture);
    }
    const taken = new Set(pairs.values());
    free = free.filter(({ picture }) => !taken.has(picture));
  }
  return responses.flatMap((response) => {
    const picture = pairs.get(response);
    return picture === undefined ? [] : [[response, picture] as const];
  });
}

const wholeName = (name: string): string => name.replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');

const plainName = (name: string): string => wholeName(name).replace(/^.*\//s, '').toLowerCase();

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
