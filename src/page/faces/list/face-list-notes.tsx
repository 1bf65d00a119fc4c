import clsx from 'clsx';
import { ScanFace, TriangleAlert } from 'lucide-react';
import { Button } from '#page/ui/button.tsx';
import type { UnreadableFace } from '#shared/face.ts';
import { reasonMessage, unreadableMessage } from './face-labels.ts';

/** Nothing found: what that may come from and what helps. */
export function NoFaces() {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <ScanFace aria-hidden className="size-8 text-ink-faint" strokeWidth={1.5} />
      <p className="font-semibold">No faces found</p>
      <p className="max-w-[34ch] text-[0.8125rem] text-ink-soft">
        Faces that are very small, turned away, covered or dark are easily missed. Try a larger or brighter picture, or
        one cut closer to the face.
      </p>
    </div>
  );
}

/** Faces were found, but the filter lets none through. */
export function NoneShown({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-10 text-center">
      <p className="text-ink-soft">No face passes this filter.</p>
      <Button onClick={onShowAll}>Show all faces</Button>
    </div>
  );
}

/** What would stand on most cards of a crowd, said once. */
export const SmallFaces = ({ message, className }: { readonly message: string; readonly className: string }) => (
  <p className={clsx('flex items-start gap-1.5 text-xs text-ink-soft tabular-nums', className)}>
    <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
    {message}
  </p>
);

/** Faces that the reply holds but that could not be read, with the reason for each. */
export function UnreadableFaces({ faces }: { readonly faces: readonly UnreadableFace[] }) {
  const [only] = faces;
  if (only === undefined) return null;
  return (
    <div className="mx-4 mb-2 flex gap-2 rounded bg-warn-soft px-3 py-2 text-xs text-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {faces.length === 1 ? (
        <p>
          {unreadableMessage(1)}. {reasonMessage(only)}.
        </p>
      ) : (
        <details className="min-w-0">
          <summary className="cursor-pointer">{unreadableMessage(faces.length)}</summary>
          <ul className="mt-1 max-h-32 overflow-y-auto">
            {faces.map((face) => (
              <li key={face.faceNo}>{reasonMessage(face)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
