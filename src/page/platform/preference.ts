import { visitorStorage } from './browser-storage.ts';
import { createKeyedStore, useKeyed } from './keyed-store.ts';

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
  createPreferenceOf<Value>(
    key,
    (word) => values.find((known) => known === word) ?? values[0],
    (value) => value,
  );

/** A whole number from `least` on, undefined until it is chosen; anything else that is kept counts as not chosen. */
export const createNumberPreference = (key: string, least: number): Preference<number | undefined> =>
  createPreferenceOf<number | undefined>(
    key,
    (word) => (word !== undefined && /^\d{1,6}$/.test(word) && Number(word) >= least ? Number(word) : undefined),
    (value) => value?.toString(),
  );

/** The words of all preferences, as read when the page began: what another tab chooses counts from the next visit on. */
const words = createKeyedStore<string>();

/** `write` gives undefined where nothing is to be kept. */
function createPreferenceOf<Value>(
  key: string,
  read: (word: string | undefined) => Value,
  write: (value: Value) => string | undefined,
): Preference<Value> {
  words.set(key, visitorStorage.get(key));
  return {
    get: () => read(words.get(key)),
    set: (value) => {
      const word = write(value);
      if (word === undefined) visitorStorage.remove(key);
      else visitorStorage.set(key, word);
      words.set(key, word);
    },
    use: () => read(useKeyed(words, key)),
  };
}
