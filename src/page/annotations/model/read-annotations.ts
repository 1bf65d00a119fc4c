import { asJson } from '#shared/lenient.ts';
import type { AnnotationFile } from './annotation-file.ts';
import { readCoco } from './read-coco.ts';
import { readCsv } from './read-csv.ts';
import { readPascalVoc } from './read-pascal-voc.ts';
import { readYolo } from './read-yolo.ts';

/** Longest text that is read, in UTF-16 units: a COCO file of a data set of 100,000 faces. Ours. */
export const LONGEST_ANNOTATIONS = 64 * 1024 * 1024;

/**
 * The boxes in a file from anybody, recognised by what it says and not by its name: COCO, Pascal VOC, a table, YOLO
 * labels. `classes` are the names of YOLO's classes where they came along. Undefined when it is none of these. Never
 * throws.
 */
export function readAnnotations(text: string, classes?: readonly string[]): AnnotationFile | undefined {
  if (text.length > LONGEST_ANNOTATIONS) return undefined;
  const body = text.replace(/^\ufeff/, '').trimStart();
  if (body.startsWith('{') || body.startsWith('[')) return readCoco(asJson(body));
  if (body.startsWith('<')) return readPascalVoc(body);
  return readYolo(body, classes) ?? readCsv(text);
}
