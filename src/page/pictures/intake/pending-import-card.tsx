import { LoaderCircle } from 'lucide-react';
import { Button } from '#page/ui/button.tsx';
import { useWork } from '../work-store.ts';

/** What is on its way in, with progress and a cancel, floating at the bottom. */
export function PendingImportCard() {
  const pendingImports = useWork((state) => state.pendingImports);
  const first = pendingImports[0];
  if (first === undefined) return null;
  const others = pendingImports.length - 1;
  return (
    <div className="absolute inset-x-0 bottom-6 z-30 flex justify-center px-4">
      <div className="flex w-full max-w-md items-center gap-3 rounded-lg border border-line bg-panel py-2 pr-2 pl-4 shadow-float">
        <LoaderCircle aria-hidden className="size-4 shrink-0 text-accent motion-safe:animate-spin" />
        <div className="min-w-0 flex-1">
          <p role="status" className="truncate">
            {first.name}: {first.step}
            {others > 0 && `, and ${others} more`}
          </p>
          {first.progress !== undefined && (
            <progress
              aria-label={`Preparing ${first.name}`}
              value={first.progress}
              max={1}
              className="mt-1.5 block h-1 w-full appearance-none overflow-hidden rounded-full bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
            />
          )}
        </div>
        <Button
          look="quiet"
          onClick={() => {
            for (const pendingImport of pendingImports) pendingImport.cancel();
          }}
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
