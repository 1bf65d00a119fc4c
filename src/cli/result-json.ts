import { figuresOf, type Tally } from '#page/annotations/model/comparison.ts';
import { boxOf } from '#page/painting/model/exported-picture.ts';
import type { Face } from '#shared/face.ts';
import type { ImageRect } from '#shared/geometry/spaces.ts';
import type { ComparedPicture } from './compare.ts';
import { exported } from './exports.ts';
import type { LookedAt } from './looked-at.ts';
import type { RunResult } from './result-table.ts';

/** The results for a program: numbers in upright pixels of each file, shares 0 to 1, null where there is nothing. */
export function resultJson(result: RunResult, about: { readonly version: string; readonly engine: string }): string {
  const { comparison } = result;
  return `${JSON.stringify(
    {
      facebound: about.version,
      engine: about.engine,
      pictures: result.pictures.map((picture) => ({
        name: picture.name,
        width: picture.size.width,
        height: picture.size.height,
        faces: facesOf(picture),
        ...(comparison === undefined ? {} : { comparison: comparisonOf(comparison.compared.get(picture)) }),
        ...(picture.detection.warnings.length === 0 ? {} : { warnings: picture.detection.warnings }),
      })),
      failed: result.failed,
      ...(comparison === undefined
        ? {}
        : {
            total: {
              matchedFrom: result.matchFrom,
              pictures: comparison.compared.size,
              withoutTruth: comparison.without.length,
              ...told(comparison.total),
              bySize: Object.fromEntries([...comparison.bySize].map(([name, tally]) => [name, told(tally)])),
            },
            thresholds: result.judged.map(({ figure, atLeast, value, isMet }) => ({
              figure,
              atLeast,
              value: value ?? null,
              isMet,
            })),
          }),
    },
    undefined,
    1,
  )}\n`;
}

function facesOf(picture: LookedAt) {
  const own = exported(picture);
  return picture.detection.faces.map((face: Face) => ({
    faceNo: face.faceNo,
    ...plain(boxOf(own, face)),
    ...(face.score === undefined ? {} : { score: face.score }),
  }));
}

const plain = ({ x, y, width, height }: ImageRect) => ({ x, y, width, height });

/** Which faces are right or wrong, by their numbers, and where one was missed. Null: the truth does not tell of it. */
function comparisonOf(own: ComparedPicture | undefined) {
  if (own === undefined) return null;
  const { picture, comparison, truth } = own;
  const numberOf = (index: number) => picture.detection.faces[index]?.faceNo ?? null;
  return {
    right: comparison.pairs.map(({ a, iou }) => ({ faceNo: numberOf(a), iou: Math.round(iou * 1e4) / 1e4 })),
    wrong: comparison.wrong.map(numberOf),
    ignored: comparison.ignored.map(numberOf),
    missed: comparison.missed.flatMap((index) => {
      const box = truth[index];
      return box === undefined ? [] : [plain(box.bound)];
    }),
  };
}

function told(tally: Tally) {
  const { precision, recall, f1, meanIou } = figuresOf(tally);
  return {
    right: tally.right,
    wrong: tally.wrong,
    missed: tally.missed,
    precision: precision ?? null,
    recall: recall ?? null,
    f1: f1 ?? null,
    meanIou: meanIou ?? null,
  };
}
