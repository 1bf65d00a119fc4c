import { useEffect, useState } from 'react';
import { usesKey } from '#page/keyboard/focused-control.ts';
import { isUndoKey } from '#page/keyboard/shortcuts.ts';
import { bringBackOffered, stopOffering } from '#page/pictures/removed-pictures.ts';
import { redoStep, undoStep, useUndo } from '#page/pictures/undo-stack.ts';
import type { TakenStep } from '#page/pictures/undo-step.ts';
import { useWork } from '#page/pictures/work-store.ts';
import { Button } from '#page/ui/button.tsx';

/** How long removed pictures are offered to be brought back, in milliseconds: long enough to notice and reach the button. */
const OFFERED_MS = 10_000;

/** How long it is said what was undone, in milliseconds. */
const TOLD_MS = 4000;

/**
 * Undo and redo by their keys, from anywhere. Says what was taken back, and of removed pictures that they were removed,
 * with the offer to bring all of them back.
 */
export function UndoBar() {
  useUndoKeys();
  const offered = useWork((state) => state.offered);
  const removed = useWork((state) => state.removed);
  const taken = useTold(useUndo((stack) => stack.taken));
  // Nobody who is on the way to the button loses it.
  const [held, setHeld] = useState<typeof offered>();
  const isHeld = held === offered;
  useEffect(() => {
    if (offered.length === 0 || isHeld) return;
    // Another one that is removed begins the time anew.
    const timer = setTimeout(stopOffering, OFFERED_MS);
    return () => clearTimeout(timer);
  }, [offered, isHeld]);
  const last = removed.find(({ id }) => id === offered.at(-1));
  return (
    <div role="status" className="pointer-events-none above-controls fixed z-40 flex justify-center px-4">
      {taken !== undefined ? (
        <p
          // The same words once more are said once more.
          key={taken.count}
          className="max-w-full truncate rounded-lg border border-line bg-panel px-4 py-2 shadow-float"
        >
          <bdi>
            {taken.what === 'undone' ? 'Undone' : 'Done again'}: {taken.label}
          </bdi>
        </p>
      ) : (
        last !== undefined && (
          <p
            onPointerEnter={() => setHeld(offered)}
            onPointerLeave={() => setHeld(undefined)}
            onFocus={() => setHeld(offered)}
            onBlur={() => setHeld(undefined)}
            className="pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-4 shadow-float"
          >
            <span className="truncate">
              {offered.length === 1 ? (
                <>
                  <bdi>{last.name}</bdi> removed
                </>
              ) : (
                `${offered.length} pictures removed`
              )}
            </span>
            <Button
              look="quiet"
              className="text-accent"
              aria-keyshortcuts="Control+Z Meta+Z"
              onClick={bringBackOffered}
            >
              Undo
            </Button>
          </p>
        )
      )}
    </div>
  );
}

function useUndoKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isUndoKey(event) || usesKey(event.target, event.key)) return;
      event.preventDefault();
      if (event.shiftKey) redoStep();
      else undoStep();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** What was taken back last, for as long as that is said. */
function useTold(taken: TakenStep | undefined): TakenStep | undefined {
  const [over, setOver] = useState<TakenStep>();
  useEffect(() => {
    if (taken === undefined) return;
    const timer = setTimeout(() => setOver(taken), TOLD_MS);
    return () => clearTimeout(timer);
  }, [taken]);
  return taken === over ? undefined : taken;
}
