/** What the rooms beside this one may use of `annotations`. */
export { toCoco } from './model/coco.ts';
export {
  addTallies,
  type Comparison,
  compareBoxes,
  type Figures,
  figuresOf,
  formatIou,
  formatShare,
  IOU_RANGE,
  NO_TALLY,
  SIZE_CLASSES,
  type SizeClass,
  sizeClassOf,
  type Tally,
  type Truth,
  type TruthBox,
  tallyBySize,
  tallyOf,
} from './model/comparison.ts';
export { CSV_BYTE_ORDER_MARK, toCsv } from './model/csv.ts';
export { toPascalVoc } from './model/pascal-voc.ts';
export { toYolo, YOLO_CLASSES } from './model/yolo.ts';
