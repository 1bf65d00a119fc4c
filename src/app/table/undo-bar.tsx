import { useEffect } from 'react';
import { Button } from '#lib/ui/button.tsx';
import { forgetRemoved, undoRemove, useWork } from '#lib/work-store.ts';

/** How long a removed picture can be brought back, in milliseconds: long enough to notice and reach the button. */
const UNDO_MS = 10_000;

/** Says that a picture was removed and offers to bring it back. */
export function UndoBar() {
  const removed = useWork((state) => state.removed);
  useEffect(() => {
    if (removed === undefined) return;
    const timer = setTimeout(forgetRemoved, UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed]);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-14 z-40 flex justify-center px-4">
      {removed !== undefined && (
        <p className="pointer-events-auto flex max-w-full items-center gap-3 rounded-lg border border-line bg-panel py-1.5 pr-1.5 pl-4 shadow-float">
          <span className="truncate">{removed.name} removed</span>
          <Button look="quiet" className="text-accent" onClick={undoRemove}>
            Undo
          </Button>
        </p>
      )}
    </div>
  );
}
