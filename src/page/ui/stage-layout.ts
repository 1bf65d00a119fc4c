import type { StageLayout } from '#face-canvas/index.ts';
import { forTextSize, PHONE, SHORT, SMALL } from './phone.ts';

const holds = (query: string): boolean => matchMedia(forTextSize(query)).matches;

/** The page's layout now, which says how much of a stage lies under something else. */
export const stageLayout = (): StageLayout =>
  holds(SMALL) ? 'small' : holds(PHONE) ? 'phone' : holds(SHORT) ? 'short' : 'desk';

/** The same for a stage that has no toolbar over it where the window is narrow. */
export const bareStageLayout = (): StageLayout => {
  const layout = stageLayout();
  return layout === 'phone' ? 'small' : layout;
};
