import { type NamedPicture, pairByName, type Told } from './pair-by-name.ts';

/**
 * Which of what was told belongs to which picture: where there is one of each, to each other, else by name
 * (`pairByName`). Each is used once at most.
 */
export function pairWithPictures<R extends Told, P extends NamedPicture>(
  told: readonly R[],
  pictures: readonly P[],
): readonly (readonly [R, P])[] {
  const [onlyTold] = told;
  const [onlyPicture] = pictures;
  return told.length === 1 && pictures.length === 1 && onlyTold !== undefined && onlyPicture !== undefined
    ? [[onlyTold, onlyPicture]]
    : pairByName(told, pictures);
}
