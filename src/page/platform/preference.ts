import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { visitorStorage } from './browser-storage.ts';

/** One small choice of the visitor, for all visits. */
export type Preference<Value> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  /** The same inside a component, which follows it. */
  readonly use: () => Value;
};

/**
 * A choice among `values`, the first of which is the usual one. It is kept as that word and nothing around it, which
 * earlier versions and index.html read as well; any other word there counts as the usual.
 */
export const createPreference = <Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): Preference<Value> =>
  createPreferenceOf<Value>(key, values[0], {
    read: (word) => values.find((known) => known === word),
    write: (value) => value,
  });

/** A whole number from `least` on, undefined until it is chosen; anything else that is kept counts as not chosen. */
export const createNumberPreference = (key: string, least: number): Preference<number | undefined> =>
  createPreferenceOf<number | undefined>(key, undefined, {
    read: (word) => (/^\d{1,6}$/.test(word) && Number(word) >= least ? Number(word) : undefined),
    write: (value) => value?.toString(),
  });

type Wording<Value> = {
  /** Undefined for a word that means nothing. */
  readonly read: (word: string) => Value | undefined;
  /** Undefined where nothing is to be kept. */
  readonly write: (value: Value) => string | undefined;
};

function createPreferenceOf<Value>(key: string, usual: Value, { read, write }: Wording<Value>): Preference<Value> {
  const store = createStore<{ readonly value: Value }>()(
    persist(() => ({ value: usual }), {
      name: key,
      storage: {
        getItem: (name) => {
          const word = visitorStorage.get(name);
          const value = word === undefined ? undefined : read(word);
          return value === undefined ? null : { state: { value } };
        },
        setItem: (name, { state }) => {
          const word = write(state.value);
          if (word === undefined) visitorStorage.remove(name);
          else visitorStorage.set(name, word);
        },
        removeItem: visitorStorage.remove,
      },
    }),
  );
  return {
    get: () => store.getState().value,
    set: (value) => store.setState({ value }),
    use: () => useStore(store, (state) => state.value),
  };
}
