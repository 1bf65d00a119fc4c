import type { StoreApi } from 'zustand';

/** One part of a store, read, changed and followed by itself; `useStore` takes it like a store. */
export type StorePart<Part> = {
  readonly getState: () => Part;
  readonly getInitialState: () => Part;
  readonly setState: (change: Partial<Part> | ((now: Part) => Partial<Part>)) => void;
  /** Hears of this part alone. */
  readonly subscribe: (listener: (now: Part, before: Part) => void) => () => void;
};

/** The part that `get` finds in a store's state; `put` makes the change of the state that puts it there. */
export function partOf<State, Part>(
  store: StoreApi<State>,
  get: (state: State) => Part,
  put: (part: Part) => Partial<State>,
): StorePart<Part> {
  return {
    getState: () => get(store.getState()),
    getInitialState: () => get(store.getInitialState()),
    setState: (change) =>
      store.setState((state) => {
        const now = get(state);
        return put({ ...now, ...(typeof change === 'function' ? change(now) : change) });
      }),
    subscribe: (listener) =>
      store.subscribe((state, before) => {
        if (get(state) !== get(before)) listener(get(state), get(before));
      }),
  };
}
