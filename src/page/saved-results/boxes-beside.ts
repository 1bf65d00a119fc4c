import { LONGEST_ANNOTATIONS, readYoloClasses } from '#page/annotations/index.ts';
import { digestsOf } from '#page/check/index.ts';
import { boxesQuestion, type ChosenTruth, chooseKinds, readBoxes, sourceMessage } from '#page/compare/index.ts';
import type { ImportItem } from '#page/pictures/intake/import-item.ts';
import type { SortedItem } from '#page/pictures/intake/intake-above.ts';
import { picturesOf, workStore } from '#page/pictures/work-store.ts';
import { packedChecks, type VerdictSource } from './packed-checks.ts';

type FileItem = Extract<ImportItem, { kind: 'file' }>;

/** What a person wants of the boxes that came beside pictures. */
export type BoxesBeside =
  | { readonly how: 'cancel' }
  /** `sorted` is what is left; the truths wait for the pictures. `checks` lie beside one's own verdicts as well. */
  | {
      readonly how: 'compare';
      readonly sorted: readonly SortedItem[];
      readonly truth: readonly ChosenTruth[];
      readonly checks: readonly VerdictSource[];
    }
  /** Answers, or nothing of the kind came. `boxes` are tables, labels and VOC files, with the names of YOLO's classes. */
  | {
      readonly how: 'show';
      readonly isAsked: boolean;
      readonly sorted: readonly SortedItem[];
      readonly boxes: readonly FileItem[];
      readonly classes: readonly string[] | undefined;
    };

/**
 * Looks for boxes among what was handed over, and asks once what they are for. Nothing is asked where there is no picture
 * to lay them beside.
 */
export async function askAboutBoxes(sorted: readonly SortedItem[]): Promise<BoxesBeside> {
  const nothing = { how: 'show', isAsked: false, sorted, boxes: [], classes: undefined } as const;
  const hasPictures = workStore.getState().order.length > 0 || sorted.some(({ kind }) => kind === undefined);
  const texts = sorted.flatMap(({ item, kind }) =>
    item.kind === 'file' && (kind === 'json' || kind === 'data') && item.file.size <= LONGEST_ANNOTATIONS ? [item] : [],
  );
  if (!hasPictures) return nothing;
  const packed = await checksToOffer(sorted);
  if (texts.length === 0 && packed.length === 0) return nothing;
  const read = await Promise.all(
    texts.map(async (item) => ({
      name: item.path ?? item.name,
      text: await item.file.text().catch(() => ''),
    })),
  );
  const { sources: told, used } = readBoxes(read);
  const sources = [...told, ...packed];
  if (sources.length === 0) return nothing;
  const isUsed = new Set<ImportItem>(texts.filter((_, index) => used.has(index)));
  const how = (await boxesQuestion.ask(sources.map(sourceMessage))) ?? 'cancel';
  switch (how) {
    case 'cancel':
      return { how };
    case 'compare':
      return {
        how,
        sorted: sorted.filter(({ item }) => !isUsed.has(item)),
        truth: await chooseKinds(sources),
        // What is packed comes in with its saved result.
        checks: told.filter((source) => source.kind === 'verdicts'),
      };
    case 'show': {
      const classes = read.map(({ name, text }) => readYoloClasses(name, text)).find((names) => names !== undefined);
      const isData = ({ item, kind }: SortedItem) => kind === 'data' && isUsed.has(item);
      return {
        how,
        isAsked: true,
        sorted: sorted.filter((each) => !isData(each)),
        boxes: texts.filter(
          (item, index) =>
            used.has(index) &&
            sorted.some((each) => each.item === item && each.kind === 'data') &&
            readYoloClasses(read[index]?.name ?? '', read[index]?.text ?? '') === undefined,
        ),
        classes,
      };
    }
  }
}

/**
 * The checks in saved results that a picture here is compared with: one that lies beside, or one of the work by its bytes.
 * Whoever opens what they saved, and nothing else of it is there, is asked nothing.
 */
async function checksToOffer(sorted: readonly SortedItem[]): Promise<readonly VerdictSource[]> {
  const checks = await packedChecks(sorted);
  if (sorted.some(({ kind }) => kind === undefined)) return checks;
  const here = new Set(picturesOf(workStore.getState()).flatMap(digestsOf));
  return checks.filter(({ check }) => check.records.some(({ file, sent }) => here.has(file) || here.has(sent)));
}
