import { boxOf, drawnName, type ExportedPicture } from '#page/painting/model/exported-picture.ts';
import { shareOfImage } from '#shared/geometry/rect.ts';

const COLUMNS = [
  'picture',
  'picture_width',
  'picture_height',
  'face_no',
  'name',
  'x',
  'y',
  'width',
  'height',
  'share',
  'partly_outside',
  'sent_x',
  'sent_y',
  'sent_width',
  'sent_height',
] as const;

/** Begins a CSV file: without it Excel reads UTF-8 as the system's own letters. Text to be copied goes without. */
export const CSV_BYTE_ORDER_MARK = '\ufeff';

/**
 * A row for every face of every picture (RFC 4180), and one for a picture without faces, whose cells behind its size are
 * empty: a picture that was looked at must not look forgotten. `x` to `height` are the box on the picture in pixels of
 * the export's frame, `sent_…` are the service's own numbers, `share` is the part of the picture that the box covers, 0
 * to 1. A face that was drawn by hand has no `face_no`, is called `drawn_1`, and has nothing of the service's.
 */
export function toCsv(pictures: readonly ExportedPicture[]): string {
  const rows = pictures.flatMap((picture) => {
    const { drawn = [] } = picture;
    if (picture.detection.faces.length + drawn.length === 0) {
      const told = [textCell(picture.fileName), picture.size.width, picture.size.height];
      return [COLUMNS.map((_, index) => told[index] ?? '')];
    }
    const found = picture.detection.faces.map((face) => {
      const { x, y, width, height } = boxOf(picture, face);
      const { rawBound } = face;
      return [
        textCell(picture.fileName),
        picture.size.width,
        picture.size.height,
        face.faceNo,
        textCell(face.name),
        x,
        y,
        width,
        height,
        Number(face.share.toFixed(6)),
        face.partlyOutside,
        rawBound.x,
        rawBound.y,
        rawBound.width,
        rawBound.height,
      ];
    });
    const byHand = drawn.map((face) => {
      const { x, y, width, height } = boxOf(picture, face);
      const share = shareOfImage(face.bound, picture.detection.size);
      const told = [textCell(picture.fileName), picture.size.width, picture.size.height, '', drawnName(face)];
      return [...told, x, y, width, height, Number(share.toFixed(6)), false, '', '', '', ''];
    });
    return [...found, ...byHand];
  });
  return [COLUMNS, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula, also behind spaces and in full width. */
const FORMULA_START = /^[\s\u00a0\ufeff]*[=+\-@\t\r\n＝＋－＠|%]/u;

/** Text as a cell: quoted where it must be, and never a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
export function textCell(text: string): string {
  const harmless = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]|^'|^\s|\s$/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
