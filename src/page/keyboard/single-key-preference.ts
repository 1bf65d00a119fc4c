import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { visitorStorage } from '#page/platform/browser-storage.ts';

const STORAGE_KEY = 'facebound.single-key-shortcuts';

/** Whether shortcuts of one character are on: on unless the visitor switched them off (WCAG 2.1.4). */
const preference = createStore<{ on: boolean }>()(() => ({ on: visitorStorage.get(STORAGE_KEY) !== 'off' }));

export const singleKeysOn = (): boolean => preference.getState().on;
export const useSingleKeysOn = (): boolean => useStore(preference, (state) => state.on);

/** Switches single-character shortcuts and remembers the choice. */
export function setSingleKeysOn(on: boolean): void {
  preference.setState({ on });
  visitorStorage.set(STORAGE_KEY, on ? 'on' : 'off');
}
