import { useSyncExternalStore } from 'react';
import { forTextSize } from '#page/ui/phone.ts';

/** Whether a CSS media query holds now, by the size of the text as it is; follows it. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(forTextSize(query));
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(forTextSize(query)).matches,
  );
}
