import { boxOf, type ExportedPicture } from '#page/painting/model/exported-picture.ts';

/** The one class, by its line in `classes.txt`. */
export const YOLO_CLASSES = 'face\n';

/**
 * The faces as YOLO labels: a line each with class, centre and size, as shares of the picture, six decimals. The lines
 * are in the order of the reply, which is where the format leaves room for `faceNo`.
 */
export function toYolo(picture: ExportedPicture): string {
  const { width: pictureWidth, height: pictureHeight } = picture.size;
  return picture.detection.faces
    .map((face) => {
      const { x, y, width, height } = boxOf(picture, face);
      const numbers = [
        (x + width / 2) / pictureWidth,
        (y + height / 2) / pictureHeight,
        width / pictureWidth,
        height / pictureHeight,
      ];
      return `0 ${numbers.map((number) => number.toFixed(6)).join(' ')}\n`;
    })
    .join('');
}
