import { PHONE, SHORT } from '#page/ui/phone.ts';
import { useMediaQuery } from '#page/ui/use-media-query.ts';

/**
 * Three columns; the strip under the stage; all beside each other where nothing can be stacked; everything above each
 * other, for a thumb.
 */
export type CheckLayout = 'wide' | 'desk' | 'flat' | 'phone';

const WIDE = '(width >= 80rem)';

/** How check mode is laid out in this window, for the text as large as it is. */
export function useLayout(): CheckLayout {
  const isWide = useMediaQuery(WIDE);
  const isPhone = useMediaQuery(PHONE);
  const isShort = useMediaQuery(SHORT);
  if (isPhone) return 'phone';
  if (isShort) return 'flat';
  return isWide ? 'wide' : 'desk';
}
