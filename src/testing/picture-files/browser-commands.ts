import type { BrowserCommand } from 'vitest/node';
import type { PictureRecipe } from './recipe.ts';

/**
 * What a test in the browser may ask of Node: making picture files, and reading them with another decoder. sharp is
 * loaded when one is asked for, because the build reads this file through `vite.config.ts` as well.
 */

/** Makes a picture file; Base64. */
export const makePictureFile: BrowserCommand<[recipe: PictureRecipe]> = async (_context, recipe) => {
  const { makePicture } = await import('./make-picture.ts');
  return Buffer.from(await makePicture(recipe)).toString('base64');
};

/** What sharp says of a picture file (Base64). */
export const inspectPictureFile: BrowserCommand<[base64: string]> = async (_context, base64) => {
  const { inspectPicture } = await import('./inspect-picture.ts');
  return inspectPicture(Buffer.from(base64, 'base64'));
};
