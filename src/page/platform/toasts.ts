import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { randomId } from './random-id.ts';

/** A sentence that stays until it is dismissed: what happened, why, and what to do. */
export type Toast = {
  readonly id: string;
  readonly title: string;
  /** Empty where the title is all there is to say. */
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Something went wrong, unless it says that it is done, or only worth knowing. */
  readonly tone?: 'done' | 'note';
  /** About what was handed over: the next attempt replaces it. */
  readonly group?: 'intake';
};

export const toastsStore = createStore<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

export const toast = (notice: Omit<Toast, 'id'>): void =>
  toastsStore.setState(({ toasts }) => ({ toasts: [...toasts, { ...notice, id: randomId() }] }));

export const dismissToast = (id: string): void =>
  toastsStore.setState(({ toasts }) => ({ toasts: toasts.filter((notice) => notice.id !== id) }));

/** Takes down what was said about the last attempt to bring pictures in. */
export const dismissImportToasts = (): void =>
  toastsStore.setState(({ toasts }) => ({ toasts: toasts.filter(({ group }) => group !== 'intake') }));

export const dismissAllToasts = (): void => toastsStore.setState({ toasts: [] });

export const useToasts = (): readonly Toast[] => useStore(toastsStore, (state) => state.toasts);
