import { createPreference } from '#page/platform/preference.ts';

/** Whether shortcuts of one character are on: on unless the visitor switched them off (WCAG 2.1.4). */
const preference = createPreference('facebound.single-key-shortcuts', ['on', 'off']);

export const singleKeysOn = (): boolean => preference.get() === 'on';
export const useSingleKeysOn = (): boolean => preference.use() === 'on';

/** Switches single-character shortcuts and remembers the choice. */
export const setSingleKeysOn = (on: boolean): void => preference.set(on ? 'on' : 'off');
