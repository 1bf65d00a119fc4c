import { useStore } from 'zustand';
import { type Place, placeStore } from './place-store.ts';

/** Something that is asked now, with the way to answer it. */
export type Standing<Asked, Answer> = {
  readonly asked: Asked;
  /** Once; nothing is the answer of a person who puts the question away. */
  readonly answer: (answer?: Answer) => void;
};

/** One thing that a person may be asked, in a dialog of the feature that it belongs to. */
export type Question<Asked, Answer> = {
  /**
   * Asks, after what was asked before of the same kind. Resolves with the answer; undefined when the person put it away,
   * or when something else is asked instead.
   */
  readonly ask: (asked: Asked) => Promise<Answer | undefined>;
  /** Asks this and nothing of the same kind that was asked before. */
  readonly askInstead: (asked: Asked) => Promise<Answer | undefined>;
  /** Takes back all that is asked of this kind. */
  readonly withdraw: () => void;
  readonly now: () => Standing<Asked, Answer> | undefined;
  /** The same inside a component, which follows it. */
  readonly use: () => Standing<Asked, Answer> | undefined;
};

/**
 * A question of its own kind. Of one kind the second waits until the first is answered; one of another kind stands in
 * front of it, as the browser's dialogs do, so that none is lost.
 */
export function createQuestion<Asked, Answer = never>(): Question<Asked, Answer> {
  const standing = new WeakMap<object, Standing<Asked, Answer>>();
  const first = ({ asked }: Place): Standing<Asked, Answer> | undefined => {
    for (const each of asked) {
      const mine = standing.get(each);
      if (mine !== undefined) return mine;
    }
    return undefined;
  };
  const ask = (asked: Asked): Promise<Answer | undefined> =>
    new Promise((resolve) => {
      const once = {};
      standing.set(once, {
        asked,
        answer: (answer) => {
          placeStore.setState((state) => ({ asked: state.asked.filter((each) => each !== once) }));
          resolve(answer);
        },
      });
      placeStore.setState((state) => ({ asked: [...state.asked, once] }));
    });
  const withdraw = (): void => {
    for (const each of placeStore.getState().asked) standing.get(each)?.answer();
  };
  const askInstead = (asked: Asked): Promise<Answer | undefined> => {
    withdraw();
    return ask(asked);
  };
  const now = () => first(placeStore.getState());
  return { ask, askInstead, withdraw, now, use: () => useStore(placeStore, first) };
}
