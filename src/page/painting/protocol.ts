import type { Original } from '#page/pictures/work-store.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import type { Result } from '#shared/result.ts';
import type { AnnotationPlan } from './model/annotation-plan.ts';
import type { CropPlan } from './model/crop-plan.ts';
import type { ObscureKind, ObscureStep } from './model/obscure-plan.ts';

/** What is painted from: a picture as the page sends and shows it, or an original that is still held. */
export type PaintSource = Blob | Original;

/** What to make of a picture. All plans are in pixels of the picture, turned upright. */
export type PaintTask =
  | { readonly kind: 'annotate'; readonly plan: AnnotationPlan }
  /** The same with faces covered, beneath the boxes. */
  | {
      readonly kind: 'obscure';
      readonly plan: AnnotationPlan;
      readonly steps: readonly ObscureStep[];
      readonly with: ObscureKind;
    }
  /** The picture by itself, upright and free of metadata. */
  | { readonly kind: 'redraw'; readonly size: Size }
  | { readonly kind: 'crops'; readonly crops: readonly CropPlan[] }
  /** Parts of the picture (or the whole) as small JPEGs, cut after faces were covered. `size` is that of the plans. */
  | {
      readonly kind: 'looks';
      readonly size: Size;
      readonly steps: readonly ObscureStep[];
      readonly looks: readonly CropPlan[];
    };

export type Painted = {
  readonly blobs: readonly Blob[];
  /** Set when this browser has no canvas as large as what was sent: the size in pixels that it became instead. */
  readonly shrunkTo: Size | undefined;
};

/**
 * `not-decodable`: the browser cannot read the picture. `unreadable`: the original is gone, or no longer the same.
 * `too-large`: this browser has no canvas of the original's size. `no-memory`: the browser gave up.
 * `code-missing`: the worker's file could not be fetched.
 */
export type PaintFailure = 'not-decodable' | 'unreadable' | 'too-large' | 'no-memory' | 'code-missing' | 'cancelled';
export type PaintOutcome = Result<Painted, PaintFailure>;

/** Messages between the page and its worker. Both ends are of one build, so their types are the check. */
export type PaintRequest = {
  readonly source: PaintSource;
  readonly task: PaintTask;
  /** The page's own font, so that numbers look as they do on the page; a worker has no style sheets. */
  readonly font: ArrayBuffer | undefined;
};
