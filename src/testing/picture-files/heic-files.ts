import { readFile } from 'node:fs/promises';
import type { PictureRecipe } from './recipe.ts';

/*
 * HEIC as phones write it, recorded once (x265), because nothing that npm installs encodes it: the test picture in those
 * sizes and kinds that tests ask for, and two drawn people. They are turned by `irot`; with a place comes an Exif item
 * whose orientation says the same once more.
 */

const recorded = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(`./heic/${name}.heic`, import.meta.url)));

/** The test picture. Rejects when there is no such recording. */
export function heicPicture({ width, height, orientation, gps, displayP3 }: PictureRecipe) {
  const kinds = [
    ...(orientation === undefined ? [] : [`turned-${orientation}`]),
    ...(gps === true ? ['gps'] : []),
    ...(displayP3 === true ? ['p3'] : []),
  ];
  return recorded([`${width}x${height}`, ...kinds].join('-'));
}

/** Upright size of `heicPeople`, in pixels. */
export const HEIC_PEOPLE = { width: 864, height: 704 } as const;

/** `twoPeople` of `e2e/fixtures/format-pictures.ts` in this size, with its marks, held like orientation 6. */
export const heicPeople = () => recorded('people-864x704-turned-6-gps');
