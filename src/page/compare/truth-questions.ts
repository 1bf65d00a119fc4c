import { createStore } from 'zustand/vanilla';
import type { KindCount } from '#page/annotations/index.ts';

/** What a person does with files of boxes beside pictures. */
export type BoxesAnswer = 'compare' | 'show' | 'cancel';

/** A question about files of boxes that were handed over. */
export type AskedBoxes =
  | { readonly kind: 'how'; readonly sentences: readonly string[]; readonly answer: (how: BoxesAnswer) => void }
  | {
      readonly kind: 'kinds';
      readonly fileName: string;
      readonly kinds: readonly KindCount[];
      /** Gets the kinds that are faces; undefined when the comparison is given up. */
      readonly answer: (chosen: ReadonlySet<string> | undefined) => void;
    };

export const truthQuestionStore = createStore<{ readonly asked: AskedBoxes | undefined }>()(() => ({
  asked: undefined,
}));

let last: Promise<unknown> = Promise.resolve();

/** One question at a time, in their order. */
function ask<T>(question: (answer: (value: T) => void) => AskedBoxes): Promise<T> {
  const answered = last.then(
    () =>
      new Promise<T>((resolve) => {
        const asked = question((value) => {
          truthQuestionStore.setState({ asked: undefined });
          resolve(value);
        });
        truthQuestionStore.setState({ asked });
      }),
  );
  last = answered;
  return answered;
}

/** "Show it as an answer, or compare with it?" */
export const askHowToTake = (sentences: readonly string[]): Promise<BoxesAnswer> =>
  ask((answer) => ({ kind: 'how', sentences, answer }));

/** Asks which kinds of boxes are faces, where none is called so. */
export const askWhichKinds = (
  fileName: string,
  kinds: readonly KindCount[],
): Promise<ReadonlySet<string> | undefined> => ask((answer) => ({ kind: 'kinds', fileName, kinds, answer }));
