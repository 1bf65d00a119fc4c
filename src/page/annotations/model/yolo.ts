import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';

/** The one class, by its line in `classes.txt`. */
export const YOLO_CLASSES = 'face\n';

/** Numbers are told in millionths of the picture. */
const MILLION = 1e6;

/**
 * The faces as YOLO labels: a line each with class, centre and size, as shares of the picture, six decimals. The lines
 * are in the order of the reply, which is where the format leaves room for `faceNo`. Edges (centre and half a side)
 * stay within the picture, because trainers throw a label away that leaves it by a millionth.
 */
export function toYolo(picture: ExportedPicture): string {
  const { width: pictureWidth, height: pictureHeight } = picture.size;
  return picture.detection.faces
    .map((face) => {
      const { x, y, width, height } = boxOf(picture, face);
      const across = alongSide(x / pictureWidth, (x + width) / pictureWidth);
      const down = alongSide(y / pictureHeight, (y + height) / pictureHeight);
      const numbers = [across.centre, down.centre, across.length, down.length];
      return `0 ${numbers.map((number) => number.toFixed(6)).join(' ')}\n`;
    })
    .join('');
}

/** Centre and length between two edges (shares of a side), both whole millionths, so that they give the edges back. */
function alongSide(from: number, to: number): { readonly centre: number; readonly length: number } {
  const start = Math.max(0, Math.min(MILLION - 2, Math.round(from * MILLION)));
  const end = Math.max(start + 2, Math.min(MILLION, Math.round(to * MILLION)));
  // An odd length has its centre between two millionths.
  const length = end - start - ((end - start) % 2);
  return { centre: (start + length / 2) / MILLION, length: length / MILLION };
}
