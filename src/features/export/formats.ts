import { annotatedSvg } from '#domain/export/annotated-svg.ts';
import { planAnnotations } from '#domain/export/annotation-plan.ts';
import { toCoco } from '#domain/export/coco.ts';
import { toCsv } from '#domain/export/csv.ts';
import { type ObscureKind, planObscuring } from '#domain/export/obscure-plan.ts';
import { toPascalVoc } from '#domain/export/pascal-voc.ts';
import { toYolo, YOLO_CLASSES } from '#domain/export/yolo.ts';
import type { FaceId } from '#domain/face.ts';
import { addNotice } from '#lib/work-store.ts';
import { boundPlan } from './bound-plan.ts';
import { dataUrlOf } from './data-url.ts';
import { type ExportItem, type NamedItem, namedItems } from './export-item.ts';
import { ExportError, type ExportFile, type ExportJob } from './export-job.ts';
import { paintInWorker } from './paint/paint-in-worker.ts';
import type { Painted, PaintTask } from './paint/protocol.ts';

/** Everything that a result can be saved as, in the menu's order. */
export const EXPORT_FORMATS = [
  'annotated-png',
  'annotated-svg',
  'obscured-png',
  'crops',
  'json',
  'csv',
  'coco',
  'yolo',
  'voc',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportOptions = {
  /** Whether labels carry the service's names beside the numbers. */
  readonly names: boolean;
  readonly obscureWith: ObscureKind;
  /** The faces that stay clear in an obscured picture. */
  readonly clear: ReadonlySet<FaceId>;
};

/** What makes one item's files; `signal` ends it early. */
type Make = (item: NamedItem, options: ExportOptions, signal: AbortSignal) => AsyncIterable<ExportFile>;

type FormatSpec = {
  readonly title: string;
  /** Media type of a single file. */
  readonly type: string;
  /** What the ZIP of many, or of one with many files, is called. */
  readonly suffix: string;
} & (
  | { readonly of: 'picture'; readonly make: Make; readonly severalFiles?: true }
  /** One document for all pictures. */
  | { readonly of: 'batch'; readonly fileName: string; readonly make: (items: readonly NamedItem[]) => string }
);

const SPECS: Readonly<Record<ExportFormat, FormatSpec>> = {
  'annotated-png': {
    of: 'picture',
    title: 'Annotated PNG',
    type: 'image/png',
    suffix: 'annotated',
    make: annotatedPng,
  },
  'annotated-svg': { of: 'picture', title: 'Annotated SVG', type: 'image/svg+xml', suffix: 'annotated-svg', make: svg },
  'obscured-png': {
    of: 'picture',
    title: 'Annotated PNG, faces covered',
    type: 'image/png',
    suffix: 'covered',
    make: obscuredPng,
  },
  crops: { of: 'picture', title: 'Crops', type: 'image/png', suffix: 'crops', make: crops, severalFiles: true },
  json: { of: 'picture', title: 'Raw JSON', type: 'application/json', suffix: 'responses', make: rawJson },
  csv: {
    of: 'batch',
    title: 'CSV',
    type: 'text/csv;charset=utf-8',
    suffix: 'faces',
    fileName: 'faces.csv',
    make: toCsv,
  },
  coco: {
    of: 'batch',
    title: 'COCO',
    type: 'application/json',
    suffix: 'coco',
    fileName: 'coco.json',
    make: (items) => `${JSON.stringify(toCoco(items), undefined, 2)}\n`,
  },
  yolo: {
    of: 'picture',
    title: 'YOLO labels',
    type: 'application/zip',
    suffix: 'yolo',
    make: yolo,
    severalFiles: true,
  },
  voc: { of: 'picture', title: 'Pascal VOC', type: 'application/xml', suffix: 'voc', make: voc },
};

export const titleOf = (format: ExportFormat): string => SPECS[format].title;

/** The job that saves these pictures as this format: one file where one can hold it, else a ZIP. */
export function exportJob(format: ExportFormat, exported: readonly ExportItem[], options: ExportOptions): ExportJob {
  const spec = SPECS[format];
  const items = namedItems(exported);
  const [first] = items;
  const stem = items.length === 1 && first !== undefined ? first.stem : `facebound-${items.length}-pictures`;
  const total = items.length;
  if (spec.of === 'batch') {
    const name = items.length === 1 ? `${stem}-${spec.fileName}` : spec.fileName;
    return {
      title: spec.title,
      fileName: name,
      type: spec.type,
      packing: 'single',
      large: false,
      total: 1,
      async *files() {
        yield { name, content: spec.make(items) };
      },
    };
  }
  const single = items.length === 1 && spec.severalFiles !== true;
  const { make } = spec;
  return {
    title: spec.title,
    fileName: single ? singleName(format, stem) : `${stem}-${spec.suffix}.zip`,
    type: single ? spec.type : 'application/zip',
    packing: single ? 'single' : 'zip',
    large: items.length > 1,
    total,
    async *files(signal, onStep) {
      if (format === 'yolo') yield { name: 'classes.txt', content: YOLO_CLASSES };
      for (const item of items) {
        signal.throwIfAborted();
        yield* make(item, options, signal);
        onStep();
        await nextFrame();
      }
    },
  };
}

const ENDINGS: Readonly<Partial<Record<ExportFormat, string>>> = {
  'annotated-png': '-annotated.png',
  'annotated-svg': '-annotated.svg',
  'obscured-png': '-covered.png',
  json: '-faces.json',
  voc: '.xml',
};
const singleName = (format: ExportFormat, stem: string): string => `${stem}${ENDINGS[format] ?? ''}`;

/** Lets the page draw between two pictures of a batch. */
const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function* annotatedPng(item: NamedItem, { names }: ExportOptions, signal: AbortSignal) {
  const plan = planAnnotations(item.detection.faces, item.detection.size, item.size, { names });
  const [content] = (await painted(item, { kind: 'annotate', plan }, signal)).blobs;
  if (content !== undefined) yield { name: singleName('annotated-png', item.stem), content };
}

async function* svg(item: NamedItem, { names }: ExportOptions, signal: AbortSignal) {
  const plan = planAnnotations(item.detection.faces, item.detection.size, item.size, { names });
  const { picture, size } = item;
  // Not every program that draws SVG turns a picture by its EXIF tag, and not every one reads every format.
  const asItIs = picture.orientation === 1 && /^image\/(png|jpeg)$/.test(picture.blob.type);
  const embedded = asItIs ? picture.blob : (await painted(item, { kind: 'redraw', size }, signal)).blobs[0];
  if (embedded === undefined) return;
  const content = annotatedSvg(plan, await dataUrlOf(embedded), item.picture.name);
  yield { name: singleName('annotated-svg', item.stem), content };
}

async function* obscuredPng(item: NamedItem, { names, obscureWith, clear }: ExportOptions, signal: AbortSignal) {
  const { detection, size } = item;
  const plan = planAnnotations(detection.faces, detection.size, size, { names });
  const steps = planObscuring(detection.faces, clear, detection.size, size);
  const [content] = (await painted(item, { kind: 'obscure', plan, steps, with: obscureWith }, signal)).blobs;
  if (content !== undefined) yield { name: singleName('obscured-png', item.stem), content };
}

/** Every face exactly as its box cuts it, named by its number. */
async function* crops(item: NamedItem, _: ExportOptions, signal: AbortSignal) {
  const { detection, size, stem } = item;
  const { faces } = detection;
  if (faces.length === 0) return;
  const plans = faces.map((face) => boundPlan(face.bound, detection.size, size));
  const { blobs } = await painted(item, { kind: 'crops', crops: plans }, signal);
  const digits = String(Math.max(...faces.map(({ faceNo }) => faceNo))).length;
  for (const [index, face] of faces.entries()) {
    const content = blobs[index];
    const number = String(face.faceNo).padStart(digits, '0');
    if (content !== undefined) {
      yield { name: `${stem}/face-${number}.${content.type === 'image/png' ? 'png' : 'jpg'}`, content };
    }
  }
}

async function* rawJson({ stem, exchange }: NamedItem) {
  yield { name: singleName('json', stem), content: exchange.body };
}

async function* yolo(item: NamedItem) {
  yield { name: `labels/${item.stem}.txt`, content: toYolo(item) };
}

async function* voc(item: NamedItem) {
  yield { name: singleName('voc', item.stem), content: toPascalVoc(item) };
}

async function painted(item: NamedItem, task: PaintTask, signal: AbortSignal): Promise<Painted> {
  const outcome = await paintInWorker(item.picture.blob, task, signal);
  if (outcome.ok) {
    const { shrunkTo } = outcome.value;
    if (shrunkTo !== undefined) {
      addNotice({
        title: `${item.picture.name} was saved smaller`,
        text: `This browser cannot paint ${item.size.width} × ${item.size.height} px at once, so it became ${shrunkTo.width} × ${shrunkTo.height} px. A browser on a computer saves it in full; SVG and data are not affected.`,
      });
    }
    return outcome.value;
  }
  signal.throwIfAborted();
  throw new ExportError(
    outcome.error === 'not-decodable'
      ? `This browser cannot decode ${item.picture.name}. Its data can still be saved as JSON, CSV, COCO, YOLO or VOC.`
      : `${item.picture.name} is too large for this browser’s memory. Close other tabs, or try on a computer.`,
  );
}
