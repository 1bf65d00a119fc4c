import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { randomId } from './random-id.ts';

/** A sentence that stays until it is dismissed: what happened, why, and what to do. */
export type Notice = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Something went wrong, unless it says that it is done. */
  readonly tone?: 'done';
  /** About what was handed over: the next attempt replaces it. */
  readonly group?: 'intake';
};

export const noticesStore = createStore<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

export const addNotice = (notice: Omit<Notice, 'id'>): void =>
  noticesStore.setState(({ notices }) => ({ notices: [...notices, { ...notice, id: randomId() }] }));

export const dismissNotice = (id: string): void =>
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

/** Takes down what was said about the last attempt to bring pictures in. */
export const dismissIntakeNotices = (): void =>
  noticesStore.setState(({ notices }) => ({ notices: notices.filter(({ group }) => group !== 'intake') }));

export const dismissAllNotices = (): void => noticesStore.setState({ notices: [] });

export const useNotices = (): readonly Notice[] => useStore(noticesStore, (state) => state.notices);
