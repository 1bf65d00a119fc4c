import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const STORAGE_KEY = 'facebound.single-key-shortcuts';

/** Whether shortcuts of one character are on: on unless the visitor switched them off (WCAG 2.1.4). */
const preference = createStore<{ on: boolean }>()(() => ({ on: remembered() !== 'off' }));

function remembered(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null; // storage is blocked: the choice lasts as long as the page
  }
}

export const singleKeysOn = (): boolean => preference.getState().on;
export const useSingleKeysOn = (): boolean => useStore(preference, (state) => state.on);

/** Switches single-character shortcuts and remembers the choice. */
export function setSingleKeysOn(on: boolean): void {
  preference.setState({ on });
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
  } catch {
    // storage is blocked: the choice lasts as long as the page
  }
}
