import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { visitorStorage } from './browser-storage.ts';

/** One small choice of the visitor, for all visits. */
export type Preference<Value extends string> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  /** The same inside a component, which follows it. */
  readonly use: () => Value;
};

/**
 * A choice among `values`, the first of which is the usual one. It is kept as that word and nothing around it, which
 * earlier versions and index.html read as well; any other word there counts as the usual.
 */
export function createPreference<Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): Preference<Value> {
  const store = createStore<{ readonly value: Value }>()(
    persist(() => ({ value: values[0] }), {
      name: key,
      storage: {
        getItem: (name) => {
          const stored = visitorStorage.get(name);
          const value = values.find((known) => known === stored);
          return value === undefined ? null : { state: { value } };
        },
        setItem: (name, { state }) => visitorStorage.set(name, state.value),
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
