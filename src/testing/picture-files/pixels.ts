import type { PictureRecipe } from './recipe.ts';

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** Colours of the four quarters of an upright test picture. */
const QUARTERS: Readonly<Record<'topLeft' | 'topRight' | 'bottomLeft' | 'bottomRight', Rgba>> = {
  topLeft: [220, 30, 30, 255],
  topRight: [30, 180, 30, 255],
  bottomLeft: [30, 30, 220, 255],
  bottomRight: [230, 220, 40, 255],
};

/** Size of the stored pixels, before the orientation tag turns them. */
export function storedSize({ width, height, orientation = 1 }: PictureRecipe): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** Which upright pixel is stored at a row and column, by the orientation tag's definition. */
export function uprightPlace(recipe: PictureRecipe, row: number, column: number): readonly [x: number, y: number] {
  const { width, height } = recipe;
  const right = width - 1;
  const bottom = height - 1;
  switch (recipe.orientation ?? 1) {
    case 2: // 0th row at the top, 0th column on the right
      return [right - column, row];
    case 3: // bottom, right
      return [right - column, bottom - row];
    case 4: // bottom, left
      return [column, bottom - row];
    case 5: // 0th row on the left, 0th column at the top
      return [row, column];
    case 6: // right, top
      return [right - row, column];
    case 7: // right, bottom
      return [right - row, bottom - column];
    case 8: // left, bottom
      return [row, bottom - column];
    default:
      return [column, row];
  }
}

/** The colour of a pixel of the upright picture. */
export function pixelAt(recipe: PictureRecipe, x: number, y: number): Rgba {
  const { width, height } = recipe;
  const middle = Math.abs(x - width / 2) < width / 8 && Math.abs(y - height / 2) < height / 8;
  const vertical = y < height / 2 ? 'top' : 'bottom';
  const colour = QUARTERS[`${vertical}${x < width / 2 ? 'Left' : 'Right'}`];
  const [red, green, blue] = recipe.grain === true ? grainy(colour, x, y) : colour;
  return [red, green, blue, recipe.transparent === true && middle ? 0 : 255];
}

/** Up to 10 more or less in each channel, the same for the same place every time. */
function grainy([red, green, blue, alpha]: Rgba, x: number, y: number): Rgba {
  const noise = Math.imul((x * 73_856_093) ^ (y * 19_349_663), 0x9e3779b1) >>> 8;
  const moved = (value: number, shift: number) => Math.min(255, Math.max(0, value + ((noise >>> shift) % 21) - 10));
  return [moved(red, 0), moved(green, 7), moved(blue, 14), alpha];
}
