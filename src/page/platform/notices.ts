import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type CodeFailure, ownEntry } from './fetched-code.ts';
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

/** Something that takes its time, with the way to call it off. */
export type RunningTask = {
  /** How far it is, in words. */
  readonly text: string;
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
};

/** A part that a person misses, what it is called, and how it is fetched again. */
export type MissingCode = { readonly name: string; readonly failure: CodeFailure; readonly retry: () => void };

/** What the page says of itself, whatever is open. */
type Notices = {
  readonly toasts: readonly Toast[];
  /** An export under way. */
  readonly running: RunningTask | undefined;
  /** What was saved or copied last, in a few words; said once, also when the same happens again. */
  readonly said: { readonly text: string };
  readonly missing: readonly MissingCode[];
  /** The script of another version's page, once one was heard of, until that was seen. */
  readonly update: { readonly entry: string; readonly isDismissed: boolean } | undefined;
};

const noticesStore = createStore<Notices>()(() => ({
  toasts: [],
  running: undefined,
  said: { text: '' },
  missing: [],
  update: undefined,
}));

export const toast = (notice: Omit<Toast, 'id'>): void =>
  noticesStore.setState(({ toasts }) => ({ toasts: [...toasts, { ...notice, id: randomId() }] }));

export const dismissToast = (id: string): void =>
  noticesStore.setState(({ toasts }) => ({ toasts: toasts.filter((notice) => notice.id !== id) }));

/** Takes down what was said about the last attempt to bring pictures in. */
export const dismissImportToasts = (): void =>
  noticesStore.setState(({ toasts }) => ({ toasts: toasts.filter(({ group }) => group !== 'intake') }));

export const dismissAllToasts = (): void => noticesStore.setState({ toasts: [] });

export const toastsNow = (): readonly Toast[] => noticesStore.getState().toasts;
export const useToasts = (): readonly Toast[] => useStore(noticesStore, (state) => state.toasts);

/** Says for a moment that something was saved or copied; an empty text takes back what was said before. */
export const notifySuccess = (text: string): void => noticesStore.setState({ said: { text } });
export const useSaid = (): Notices['said'] => useStore(noticesStore, (state) => state.said);

/** Shows how far an export is; undefined when it is over. */
export const showRunning = (running: RunningTask | undefined): void => noticesStore.setState({ running });
export const isTaskRunning = (): boolean => noticesStore.getState().running !== undefined;
export const useRunning = (): RunningTask | undefined => useStore(noticesStore, (state) => state.running);

/** Says that a part of the page is missing, until it is fetched again. The same part twice is one. */
export const noteMissingCode = (part: MissingCode): void =>
  noticesStore.setState(({ missing }) => ({ missing: [...missing.filter(({ name }) => name !== part.name), part] }));

/** Fetches everything that is missing once more; what fails again is noted again. */
export function retryMissingCode(): void {
  const { missing } = noticesStore.getState();
  noticesStore.setState({ missing: [] });
  for (const { retry } of missing) retry();
}

export const useMissingCode = (): readonly MissingCode[] => useStore(noticesStore, (state) => state.missing);

/** Where built pages have their code; in development there is no version to compare. */
const BUILT = /^\/assets\//;

/**
 * Hears with every answer of our server which script its page begins with; null where it does not say. In a rolling
 * update old and new servers answer in turn: a page goes on with either, and only what it has not fetched yet may be
 * missing (`fetched-code.ts`).
 */
export function noteServerPage(entry: string | null): void {
  const own = ownEntry();
  if (entry === null || own === undefined || entry === own || !BUILT.test(own)) return;
  // The next version is another piece of news, the same one is not.
  if (noticesStore.getState().update?.entry !== entry) noticesStore.setState({ update: { entry, isDismissed: false } });
}

/** True from when another version answered until the person has seen that. */
export const useIsUpdated = (): boolean =>
  useStore(noticesStore, ({ update }) => update !== undefined && !update.isDismissed);

export const dismissUpdate = (): void =>
  noticesStore.setState(({ update }) => ({ update: update && { ...update, isDismissed: true } }));
