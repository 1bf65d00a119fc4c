import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';

/** The classes, a line each, as `classes.txt` has them: faces, and where somebody drew any those that were drawn. */
export const yoloClasses = (pictures: readonly Pick<ExportedPicture, 'drawn'>[]): string =>
  pictures.some(({ drawn = [] }) => drawn.length > 0) ? 'face\nface_drawn\n' : 'face\n';
const [FACE, DRAWN] = [0, 1];

/** Numbers are told in millionths of the picture. */
const MILLION = 1e6;

/**
 * The faces as YOLO labels: a line each with class, centre and size, as shares of the picture, six decimals. The lines
 * are in the order of the reply, which is where the format leaves room for `faceNo`. Edges (centre and half a side)
 * stay within the picture, because trainers throw a label away that leaves it by a millionth. Faces that were drawn by
 * hand come last, in a class of their own.
 */
export function toYolo(picture: ExportedPicture): string {
  const { width: pictureWidth, height: pictureHeight } = picture.size;
  const { drawn = [] } = picture;
  return [
    ...picture.detection.faces.map(({ bound }) => ({ bound, kind: FACE })),
    ...drawn.map(({ bound }) => ({ bound, kind: DRAWN })),
  ]
    .map(({ bound, kind }) => {
      const { x, y, width, height } = boxOf(picture, { bound });
      const across = alongSide(x / pictureWidth, (x + width) / pictureWidth);
      const down = alongSide(y / pictureHeight, (y + height) / pictureHeight);
      const numbers = [across.centre, down.centre, across.length, down.length];
      return `${kind} ${numbers.map((number) => number.toFixed(6)).join(' ')}\n`;
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
