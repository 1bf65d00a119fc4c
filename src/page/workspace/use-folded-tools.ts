import { useState } from 'react';
import type { StageTools } from './phone-workspace.tsx';

/**
 * Whether the stage's toolbar is there. On a small screen it is away while the whole picture is seen and comes with the
 * zoom; what a person chose holds until that changes.
 */
export function useFoldedTools(isSmall: boolean, isFit: boolean): StageTools {
  const [chosen, setChosen] = useState<{ readonly isFit: boolean; readonly isAway: boolean }>();
  const isAway = isSmall && (chosen?.isFit === isFit ? chosen.isAway : isFit);
  return { isAway, toggle: () => setChosen({ isFit, isAway: !isAway }) };
}
