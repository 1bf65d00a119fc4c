import type { KindCount } from '#page/annotations/index.ts';
import { createQuestion } from '#page/place/questions.ts';

/** "Show it as an answer, or compare with it?", with what was handed over in sentences. */
export const boxesQuestion = createQuestion<readonly string[], 'compare' | 'show'>();

/** Which kinds of boxes are faces, where none is called so; no answer gives the comparison up. */
export const truthKindsQuestion = createQuestion<
  { readonly fileName: string; readonly kinds: readonly KindCount[] },
  ReadonlySet<string>
>();
