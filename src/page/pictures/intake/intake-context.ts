import { createContext, useContext } from 'react';
import type { DragContent } from './drag-content.ts';
import type { ImportItem, Refusal } from './import-item.ts';

/** What the ways in share: where to hand things over, the file dialog, and what is being dragged right now. */
export type Intake = {
  readonly deliver: (items: readonly ImportItem[]) => void;
  readonly refuse: (refusal: Refusal) => void;
  /** Opens the file dialog. */
  readonly browse: () => void;
  readonly dragged: DragContent | undefined;
};

export const IntakeContext = createContext<Intake | undefined>(undefined);

/** The ways in; only below `IntakeProvider`. */
export function useIntake(): Intake {
  const intake = useContext(IntakeContext);
  if (intake === undefined) throw new Error('useIntake needs an IntakeProvider above it');
  return intake;
}
