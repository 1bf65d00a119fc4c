import { createPreference } from '#page/platform/preference.ts';

/** The ways of checking, in the order in which they are offered. */
export const CHECK_WAYS = ['picture', 'sheet'] as const;
export type CheckWay = (typeof CHECK_WAYS)[number];

export const WAY_NAMES: Readonly<Record<CheckWay, string>> = {
  picture: 'Picture by picture',
  sheet: 'Contact sheet',
};

/** How one checked last: the mode opens that way again, on later visits too. */
const preference = createPreference<CheckWay>('facebound.check-way', CHECK_WAYS);

export const useCheckWay = preference.use;
export const chooseWay = preference.set;
