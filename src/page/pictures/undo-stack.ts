import { useStore } from 'zustand';
import { partOf } from '#page/platform/store-part.ts';
import type { TakenStep, UndoStack, UndoStep } from './undo-step.ts';
import { workStore } from './work-store.ts';

export const undoStore = partOf(
  workStore,
  ({ undo }) => undo,
  (undo) => ({ undo }),
);

export const useUndo = <T>(select: (stack: UndoStack) => T): T => useStore(undoStore, select);

/** Notes a step that was just done. What was undone before cannot be redone after it. */
export function pushStep(step: UndoStep): void {
  const { done, undone } = undoStore.getState();
  undoStore.setState({ done: [...done, step], undone: [], taken: undefined });
  for (const dropped of undone) dropped.onDropped?.();
}

/**
 * Takes a step back, the last one unless another is named: what does not depend on the later ones can go out of turn.
 * One of several that go together is told as all of them, by their `label`.
 */
export function undoStep(step = undoStore.getState().done.at(-1), label = step?.label ?? ''): void {
  const { done, undone, taken } = undoStore.getState();
  if (step === undefined || !done.includes(step)) return;
  step.undo();
  undoStore.setState({
    done: done.filter((each) => each !== step),
    undone: [...undone, step],
    taken: { what: 'undone', step, label, count: (taken?.count ?? 0) + 1 },
  });
}

/** Does again what was undone last. */
export function redoStep(): void {
  const { done, undone, taken } = undoStore.getState();
  const step = undone.at(-1);
  if (step === undefined) return;
  step.redo();
  undoStore.setState({
    done: [...done, step],
    undone: undone.slice(0, -1),
    taken: { what: 'redone', step, label: step.label, count: (taken?.count ?? 0) + 1 },
  });
}

/** Takes steps out of the stack that can no longer be undone. */
export function dropSteps(isDropped: (step: UndoStep) => boolean): void {
  const { done, undone } = undoStore.getState();
  const dropped = [...done, ...undone].filter(isDropped);
  if (dropped.length === 0) return;
  undoStore.setState({
    done: done.filter((step) => !dropped.includes(step)),
    undone: undone.filter((step) => !dropped.includes(step)),
  });
  for (const step of dropped) step.onDropped?.();
}

/** Hears of every step that is taken back or done again, until the returned function is called. */
export const onTaken = (listener: (taken: TakenStep) => void): (() => void) =>
  undoStore.subscribe(({ taken }, before) => {
    if (taken !== undefined && taken !== before.taken) listener(taken);
  });
