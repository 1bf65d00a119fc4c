/**
 * What stands behind the transparent parts of a picture, in the same colours and squares wherever one is shown: neither
 * white nor black, which would be taken for the picture's own.
 */
const SQUARE = 8;
const [LIGHT, DARK] = ['#ffffff', '#d4d4d8'];

type Context = Pick<
  CanvasRenderingContext2D,
  | 'createPattern'
  | 'save'
  | 'restore'
  | 'setTransform'
  | 'translate'
  | 'fillRect'
  | 'fillStyle'
  | 'globalCompositeOperation'
>;

/**
 * Puts the checkerboard behind what is painted already, within a rectangle in pixels of the canvas. The squares begin in
 * its corner, so that parts of one picture that are painted apart fit together.
 */
export function putCheckerboardBehind(
  context: Context,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const tile = new OffscreenCanvas(2 * SQUARE, 2 * SQUARE);
  const tileContext = tile.getContext('2d');
  if (tileContext === null) return;
  tileContext.fillStyle = LIGHT;
  tileContext.fillRect(0, 0, tile.width, tile.height);
  tileContext.fillStyle = DARK;
  tileContext.fillRect(SQUARE, 0, SQUARE, SQUARE);
  tileContext.fillRect(0, SQUARE, SQUARE, SQUARE);
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.translate(x, y);
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = pattern;
  context.fillRect(0, 0, width, height);
  context.restore();
}
