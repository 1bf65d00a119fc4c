import { createStore } from 'zustand/vanilla';
import type { OtherKind } from './model/saved-response.ts';

/** A file whose boxes are none of them called faces. */
export type AskedKinds = {
  readonly fileName: string;
  readonly kinds: readonly OtherKind[];
  readonly answer: (areFaces: boolean) => void;
};

export const kindQuestionStore = createStore<{ readonly asked: AskedKinds | undefined }>()(() => ({
  asked: undefined,
}));

/** Asks whether these boxes are faces. Resolves with the answer; one question at a time, in their order. */
export function askWhetherFaces(fileName: string, kinds: readonly OtherKind[]): Promise<boolean> {
  const answered = lastAsked.then(
    () =>
      new Promise<boolean>((resolve) => {
        const answer = (areFaces: boolean) => {
          kindQuestionStore.setState({ asked: undefined });
          resolve(areFaces);
        };
        kindQuestionStore.setState({ asked: { fileName, kinds, answer } });
      }),
  );
  lastAsked = answered;
  return answered;
}

let lastAsked: Promise<unknown> = Promise.resolve();
