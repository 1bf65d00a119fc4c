import { useSyncExternalStore } from 'react';

/** Three columns; the strip under the stage; everything above each other, for a thumb. */
export type CheckLayout = 'wide' | 'desk' | 'phone';

const WIDE = '(width >= 80rem)';
const PHONE = '(width < 48rem)';

const subscribe = (listener: () => void): (() => void) => {
  const queries = [WIDE, PHONE].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
};

const layoutNow = (): CheckLayout => (matchMedia(WIDE).matches ? 'wide' : matchMedia(PHONE).matches ? 'phone' : 'desk');

export const useLayout = (): CheckLayout => useSyncExternalStore(subscribe, layoutNow);
