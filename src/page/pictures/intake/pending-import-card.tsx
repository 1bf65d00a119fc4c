import { LoaderCircle } from 'lucide-react';
import { Button } from '#page/ui/button.tsx';
import { ProgressBar } from '#page/ui/progress-bar.tsx';
import { type PendingImport, useImportStep, useWork, workStore } from '../work-store.ts';

/** What is on its way in, with progress and a cancel, floating at the bottom. */
export function PendingImportCard() {
  const first = useWork(({ pendingImports }) => pendingImports.values().next().value);
  return first === undefined ? null : <FirstOfThem first={first} />;
}

function FirstOfThem({ first }: { readonly first: PendingImport }) {
  const others = useWork(({ pendingImports }) => pendingImports.size - 1);
  const { step, progress } = useImportStep(first.id) ?? {};
  return (
    <div className="absolute inset-x-0 bottom-6 z-30 flex justify-center px-4">
      <div className="flex w-full max-w-md items-center gap-3 rounded-lg border border-line bg-panel py-2 pr-2 pl-4 shadow-float">
        <LoaderCircle aria-hidden className="size-4 shrink-0 text-accent motion-safe:animate-spin" />
        <div className="min-w-0 flex-1">
          <p role="status" className="truncate">
            {first.name}: {step}
            {others > 0 && `, and ${others} more`}
          </p>
          {progress !== undefined && <ProgressBar label={`Preparing ${first.name}`} value={progress} max={1} />}
        </div>
        <Button
          look="quiet"
          onClick={() => {
            for (const { cancel } of workStore.getState().pendingImports.values()) cancel();
          }}
        >
          Cancel
        </Button>
      </div>
    </div>
  );
}
