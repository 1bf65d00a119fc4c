import type { StageBox } from '#face-canvas/index.ts';
import { rescale } from '#shared/geometry/rect.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { faceColor } from '#shared/palette.ts';
import type { SideBoxes } from './use-compared-pictures.ts';

/** What one side has alone, where there is nothing to compare it with: an answer as on the table, a truth as such. */
export const plainBoxes = (side: SideBoxes | undefined, from: Size, to: Size): readonly StageBox[] =>
  (side?.boxes ?? []).map(({ bound }, index): StageBox => {
    const faceNo = side?.faces?.[index]?.faceNo;
    return {
      id: `found-${index}`,
      bound: rescale(bound, from, to),
      label: String(faceNo ?? ''),
      tone: faceNo === undefined ? '#ffffff' : faceColor(faceNo),
      kind: faceNo === undefined ? 'truth' : 'found',
    };
  });
