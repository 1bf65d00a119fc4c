import { useCallback, useSyncExternalStore } from 'react';

/**
 * Values by key. Whoever follows one key is woken by that one alone, so that a step of one of thousands costs what a step
 * of a single one costs. For what changes often; what belongs together and is read together lies in a store of its own.
 */
export type KeyedStore<Value> = {
  readonly get: (key: string) => Value | undefined;
  /** `undefined` takes the key out. The same value again wakes nobody. */
  readonly set: (key: string, value: Value | undefined) => void;
  readonly entries: () => IterableIterator<[string, Value]>;
  readonly clear: () => void;
  /** Follows one key. */
  readonly subscribe: (key: string, listener: () => void) => () => void;
  /** Follows all keys, and hears which one changed. */
  readonly subscribeAll: (listener: (key: string) => void) => () => void;
};

export function createKeyedStore<Value>(): KeyedStore<Value> {
  const values = new Map<string, Value>();
  const listeners = new Map<string, Set<() => void>>();
  const general = new Set<(key: string) => void>();
  const tell = (key: string): void => {
    for (const listener of [...(listeners.get(key) ?? [])]) listener();
    for (const listener of [...general]) listener(key);
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      if (Object.is(values.get(key), value)) return;
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      tell(key);
    },
    entries: () => values.entries(),
    clear: () => {
      const gone = [...values.keys()];
      values.clear();
      for (const key of gone) tell(key);
    },
    subscribe: (key, listener) => {
      const those = listeners.get(key) ?? new Set();
      listeners.set(key, those.add(listener));
      return () => {
        those.delete(listener);
        if (those.size === 0 && listeners.get(key) === those) listeners.delete(key);
      };
    },
    subscribeAll: (listener) => {
      general.add(listener);
      return () => general.delete(listener);
    },
  };
}

/** The value of one key, followed. */
export function useKeyed<Value>(store: KeyedStore<Value>, key: string): Value | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(key, listener), [store, key]);
  return useSyncExternalStore(subscribe, () => store.get(key));
}
