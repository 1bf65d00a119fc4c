import { useEffect, useState } from 'react';
import { usesKey } from '#page/keyboard/focused-control.ts';
import { forgetRemoved, undoRemove, useWork } from '#page/pictures/work-store.ts';
import { Button } from '#page/ui/button.tsx';

/** How long a removed picture can be brought back, in milliseconds: long enough to notice and reach the button. */
const UNDO_MS = 10_000;

/** Says that a picture was removed and offers to bring it back: by the button, or by Ctrl/⌘+Z from anywhere. */
export function UndoBar() {
  const removed = useWork((state) => state.removed);
  // Nobody who is on the way to the button loses it.
  const [held, setHeld] = useState<typeof removed>();
  const isHeld = removed !== undefined && held === removed;
  useEffect(() => {
    if (removed === undefined || isHeld) return;
    const timer = setTimeout(forgetRemoved, UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed, isHeld]);
  useEffect(() => {
    if (removed === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'z';
      if (!isUndo || event.defaultPrevented || usesKey(event.target, event.key)) return;
      event.preventDefault();
      undoRemove();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [removed]);
  return (
    <div role="status" className="pointer-events-none above-controls fixed z-40 flex justify-center px-4">
      {removed !== undefined && (
        <p
          onPointerEnter={() => setHeld(removed)}
          onPointerLeave={() => setHeld(undefined)}
          onFocus={() => setHeld(removed)}
          onBlur={() => setHeld(undefined)}
          className="pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-4 shadow-float"
        >
          <span className="truncate">
            <bdi>{removed.name}</bdi> removed
          </span>
          <Button look="quiet" className="text-accent" aria-keyshortcuts="Control+Z Meta+Z" onClick={undoRemove}>
            Undo
          </Button>
        </p>
      )}
    </div>
  );
}
