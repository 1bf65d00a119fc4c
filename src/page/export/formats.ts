import { CSV_BYTE_ORDER_MARK, toCoco, toCsv, toPascalVoc, toYolo, yoloClasses } from '#page/annotations/index.ts';
import { annotatedSvg } from '#page/painting/model/annotated-svg.ts';
import { planAnnotations } from '#page/painting/model/annotation-plan.ts';
import type { CoveredCount } from '#page/painting/model/cover-message.ts';
import { coveredName, coveredSuffix } from '#page/painting/model/file-names.ts';
import { type ObscureKind, planObscuring } from '#page/painting/model/obscure-plan.ts';
import { toast } from '#page/platform/notices.ts';
import type { FaceId } from '#shared/face.ts';
import { boundPlan } from './bound-plan.ts';
import { dataUrlOf } from './data-url.ts';
import { type ExportItem, type NamedItem, namedItems, ownName, type PixelChoice } from './export-item.ts';
import type { ExportFile, ExportJob } from './export-job.ts';
import { asSentInstead, OriginalError, paintedSize, paintHeld } from './paint-held.ts';

/** Everything that a result can be saved as, in the menu's order. */
const EXPORT_FORMATS = [
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
  /** What pictures are painted from, where it is held, and what data is in pixels of. */
  readonly pixels: PixelChoice;
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
    title: 'Annotated PNG, found faces covered',
    type: 'image/png',
    suffix: 'found-faces-covered',
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
    make: (items) => CSV_BYTE_ORDER_MARK + toCsv(items),
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

/** The job that saves these pictures as this format: one file where one can hold it, else a ZIP. */
export function exportJob(format: ExportFormat, exported: readonly ExportItem[], options: ExportOptions): ExportJob {
  const spec = SPECS[format];
  const items = namedItems(exported, options.pixels);
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
        tellToldApart(items);
      },
    };
  }
  const single = items.length === 1 && spec.severalFiles !== true;
  const { make } = spec;
  return {
    title: spec.title,
    fileName:
      single && first !== undefined
        ? singleName(format, first, options)
        : `${stem}-${zipSuffix(format, spec, options)}.zip`,
    type: single ? spec.type : 'application/zip',
    packing: single ? 'single' : 'zip',
    large: items.length > 1,
    total,
    async *files(signal, onStep) {
      if (format === 'yolo') yield { name: 'classes.txt', content: yoloClasses(items) };
      const fellBack: string[] = [];
      for (const item of items) {
        signal.throwIfAborted();
        try {
          yield* make(item, options, signal);
        } catch (error) {
          if (!(error instanceof OriginalError)) throw error;
          if (items.length === 1)
            throw asSentInstead(error, exportJob(format, exported, { ...options, pixels: 'sent' }));
          fellBack.push(item.picture.name);
          yield* make(item, { ...options, pixels: 'sent' }, signal);
        }
        onStep();
        await nextFrame();
      }
      if (fellBack.length > 0) tellFellBack(fellBack);
      if (format === 'voc') tellToldApart(items);
    },
  };
}

/** One lost original does not cost a batch: the picture comes as it was sent, and the page says which. */
function tellFellBack(names: readonly string[]): void {
  const [first] = names;
  toast({
    title: names.length === 1 ? `${first} was saved as sent` : `${names.length} pictures were saved as sent`,
    text: `The original can no longer be read, or is too large for this browser: ${names.join(', ')}.`,
  });
}

/** Pictures that have one name have one number each in data files, and whoever reads those must know which is which. */
function tellToldApart(items: readonly NamedItem[]): void {
  const changed = items.filter(({ picture, fileName }) => fileName !== ownName(picture));
  const [first] = changed;
  if (first === undefined) return;
  toast({
    title:
      changed.length === 1
        ? `Two pictures are called ${ownName(first.picture)}`
        : `${changed.length} pictures have a name that stands there already`,
    text: `In what was saved they are told apart, in the order of the pictures: ${changed.map(({ fileName }) => fileName).join(', ')}.`,
    tone: 'note',
  });
}

const ENDINGS: Readonly<Partial<Record<ExportFormat, string>>> = {
  'annotated-png': '-annotated.png',
  'annotated-svg': '-annotated.svg',
  json: '-faces.json',
  voc: '.xml',
};
function singleName(
  format: ExportFormat,
  { stem, detection, drawn = [] }: NamedItem,
  { clear, obscureWith }: ExportOptions,
): string {
  if (format !== 'obscured-png') return `${stem}${ENDINGS[format] ?? ''}`;
  const clearFaces = detection.faces.filter(({ id }) => clear.has(id));
  const { covered } = countCovered([{ detection }], clear);
  return `${stem}${coveredSuffix(
    clearFaces.map(({ faceNo }) => faceNo),
    covered,
    obscureWith,
    drawn.length,
  )}.png`;
}

const zipSuffix = (format: ExportFormat, spec: FormatSpec, { obscureWith }: ExportOptions): string =>
  format === 'obscured-png' ? coveredName(obscureWith) : spec.suffix;

/** How many faces of these pictures are covered when those in `clear` are not. */
export function countCovered(
  items: readonly Pick<ExportItem, 'detection' | 'drawn'>[],
  clear: ReadonlySet<FaceId>,
): CoveredCount {
  const faces = items.flatMap(({ detection }) => detection.faces);
  const chosen = faces.filter(({ id }) => clear.has(id)).length;
  const drawn = items.reduce((sum, item) => sum + (item.drawn?.length ?? 0), 0);
  return { covered: faces.length - chosen, clear: chosen, pictures: items.length, drawn };
}

/** Lets the page draw between two pictures of a batch. */
const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function* annotatedPng(item: NamedItem, options: ExportOptions, signal: AbortSignal) {
  const { picture, detection, drawn } = item;
  const size = paintedSize(picture, options.pixels);
  const plan = planAnnotations(detection.faces, detection.size, size, options, drawn);
  const [content] = (await paintHeld(picture, options.pixels, { kind: 'annotate', plan }, signal)).blobs;
  if (content !== undefined) yield { name: singleName('annotated-png', item, options), content };
}

async function* svg(item: NamedItem, options: ExportOptions, signal: AbortSignal) {
  const { picture, detection, drawn } = item;
  const size = paintedSize(picture, options.pixels);
  const plan = planAnnotations(detection.faces, detection.size, size, options, drawn);
  // Not every program that draws SVG turns a picture by its EXIF tag, and not every one reads every format.
  const asItIs = size === picture.size && picture.orientation === 1 && /^image\/(png|jpeg)$/.test(picture.blob.type);
  const embedded = asItIs
    ? picture.blob
    : (await paintHeld(picture, options.pixels, { kind: 'redraw', size }, signal)).blobs[0];
  if (embedded === undefined) return;
  const content = annotatedSvg(plan, await dataUrlOf(embedded), picture.name);
  yield { name: singleName('annotated-svg', item, options), content };
}

async function* obscuredPng(item: NamedItem, options: ExportOptions, signal: AbortSignal) {
  const { picture, detection, drawn = [] } = item;
  const { obscureWith, clear, pixels } = options;
  const size = paintedSize(picture, pixels);
  const plan = planAnnotations(detection.faces, detection.size, size, options, drawn);
  const steps = planObscuring([...detection.faces, ...drawn], clear, detection.size, size);
  const [content] = (await paintHeld(picture, pixels, { kind: 'obscure', plan, steps, with: obscureWith }, signal))
    .blobs;
  if (content !== undefined) yield { name: singleName('obscured-png', item, options), content };
}

/** Every face exactly as its box cuts it, named by its number; of those that were drawn by that one, as drawn. */
async function* crops(
  { picture, detection, drawn = [], stem }: NamedItem,
  { pixels }: ExportOptions,
  signal: AbortSignal,
) {
  const { faces } = detection;
  if (faces.length + drawn.length === 0) return;
  const plans = [...faces, ...drawn].map((face) => boundPlan(face.bound, detection.size, paintedSize(picture, pixels)));
  const { blobs } = await paintHeld(picture, pixels, { kind: 'crops', crops: plans }, signal);
  const digits = String(Math.max(0, ...faces.map(({ faceNo }) => faceNo))).length;
  const names = [
    ...faces.map(({ faceNo }) => `face-${String(faceNo).padStart(digits, '0')}`),
    ...drawn.map(({ id }) => id),
  ];
  for (const [index, name] of names.entries()) {
    const content = blobs[index];
    if (content !== undefined) {
      yield { name: `${stem}/${name}.${content.type === 'image/png' ? 'png' : 'jpg'}`, content };
    }
  }
}

async function* rawJson(item: NamedItem, options: ExportOptions) {
  yield { name: singleName('json', item, options), content: item.exchange.body };
}

async function* yolo(item: NamedItem) {
  yield { name: `labels/${item.stem}.txt`, content: toYolo(item) };
}

async function* voc(item: NamedItem, options: ExportOptions) {
  yield { name: singleName('voc', item, options), content: toPascalVoc(item) };
}
