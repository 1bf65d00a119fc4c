/** What the rooms beside this one may use of `annotations`. */
export { toCoco } from './model/coco.ts';
export { CSV_BYTE_ORDER_MARK, toCsv } from './model/csv.ts';
export { toPascalVoc } from './model/pascal-voc.ts';
export { toYolo, YOLO_CLASSES } from './model/yolo.ts';
