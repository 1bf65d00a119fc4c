/** What the rooms beside this one may use of `annotations`. */
export {
  type AnnotatedBox,
  type AnnotatedPicture,
  type AnnotationFile,
  type AnnotationFormat,
  type KindCount,
  kindsIn,
  truthOf,
  uprightBound,
  uprightFrame,
} from './model/annotation-file.ts';
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
export { CSV_BYTE_ORDER_MARK, textCell, toCsv } from './model/csv.ts';
export { comparedKinds, isFaceKind } from './model/face-kind.ts';
export { pairByName } from './model/pair-by-name.ts';
export { pairWithPictures } from './model/pair-with-pictures.ts';
export { toPascalVoc } from './model/pascal-voc.ts';
export { LONGEST_ANNOTATIONS, readAnnotations } from './model/read-annotations.ts';
export { readCoco } from './model/read-coco.ts';
export { readYoloClasses } from './model/read-yolo.ts';
export { toYolo, yoloClasses } from './model/yolo.ts';
