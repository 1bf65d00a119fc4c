import { createQuestion } from '#page/place/questions.ts';
import type { OtherKind } from './model/saved-response.ts';

/** Whether boxes are faces, in a file that calls none of them so. */
export const kindsQuestion = createQuestion<
  { readonly fileName: string; readonly kinds: readonly OtherKind[] },
  boolean
>();
