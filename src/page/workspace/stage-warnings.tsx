import { TriangleAlert } from 'lucide-react';
import { Button } from '#page/ui/button.tsx';

/** What a person should know before trusting the boxes; for a link, with the offer to upload a repaired copy. */
export function StageWarnings({
  warnings,
  onUploadInstead,
}: {
  warnings: readonly string[];
  onUploadInstead: (() => void) | undefined;
}) {
  if (warnings.length === 0) return null;
  return (
    <div className="absolute top-3 left-3 z-10 flex max-w-sm gap-2.5 rounded-lg border border-line bg-warn-soft p-3 text-xs text-warn shadow-float phone:right-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <div>
        <ul className="space-y-1">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
        {onUploadInstead !== undefined && (
          <Button className="mt-2" onClick={onUploadInstead}>
            Upload a repaired copy
          </Button>
        )}
      </div>
    </div>
  );
}
