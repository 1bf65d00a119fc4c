import clsx from 'clsx';
import { useMemo } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import { DialogCard, DialogHead } from '#page/ui/dialog-card.tsx';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import { MissingCrop, OwnCrop } from '#page/ui/own-crop.tsx';
import type { Face } from '#shared/face.ts';
import { formatShare, formatSize } from '#shared/format-measures.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { surroundings } from '../model/surroundings.ts';

/** More than this many crops are not compared but looked over, which the grid is for. */
export const MOST_COMPARED = 24;

type CompareDialogProps = {
  /** Closed without any. */
  readonly faces: readonly Face[] | undefined;
  /** The size that bounds are measured in, in pixels. */
  readonly size: Size;
  readonly source: CropSource;
  readonly onClose: () => void;
};

/** Several faces side by side, each with what is around it and at one scale, so that they can be told apart. */
export function CompareDialog({ faces, size, source, onClose }: CompareDialogProps) {
  return (
    <DialogCard
      isOpen={faces !== undefined}
      onClose={onClose}
      className={clsx('flex flex-col overflow-hidden', (faces?.length ?? 0) < 4 ? 'max-w-4xl' : 'max-w-6xl')}
    >
      {faces !== undefined && (
        <>
          <DialogHead title={`${faces.length} faces side by side`} />
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: many faces are more than fit, and keys have to scroll them
            tabIndex={0}
            aria-label="Compared faces"
            className={clsx(
              'grid min-h-0 gap-5 overflow-y-auto bg-mat p-5 outline-offset-[-2px] max-sm:gap-3 max-sm:p-4',
              columnsFor(faces.length),
            )}
          >
            {faces.map((face) => (
              <ComparedFace key={face.id} face={face} size={size} source={source} />
            ))}
          </ul>
        </>
      )}
    </DialogCard>
  );
}

/** A few as large as the window allows, more of them smaller; always two beside each other, on a phone too. */
function columnsFor(count: number): string {
  if (count <= 4) return 'grid-cols-[repeat(auto-fit,minmax(min(45%,9rem),1fr))]';
  return count <= 8
    ? 'grid-cols-[repeat(auto-fill,minmax(min(45%,11rem),1fr))]'
    : 'grid-cols-[repeat(auto-fill,minmax(min(45%,8rem),1fr))]';
}

function ComparedFace({ face, size, source }: Pick<CompareDialogProps, 'size' | 'source'> & { readonly face: Face }) {
  const cut = useMemo(() => surroundings(face.bound, size), [face.bound, size]);
  const look = 'mx-auto block aspect-[4/5] max-h-[62dvh] w-full rounded object-contain';
  return (
    <li className="min-w-0">
      <figure>
        {source.pictureUrl === undefined ? (
          <MissingCrop className={look} />
        ) : (
          <OwnCrop
            pictureUrl={source.pictureUrl}
            size={size}
            bound={cut}
            maxSide={COMPARED_PIXELS}
            label={`Face ${face.faceNo} with what is around it`}
            className={look}
          />
        )}
        <figcaption className="mt-2 flex items-center gap-2.5 text-xs">
          <NumberBadge faceNo={face.faceNo} filled={false} />
          <span className="min-w-0 leading-4">
            <span className="block truncate font-semibold">{face.name}</span>
            <span className="block text-ink-soft tabular-nums">
              {formatSize(face.bound)} · {formatShare(face.share)}
            </span>
          </span>
        </figcaption>
      </figure>
    </li>
  );
}

/** Longest side of a compared crop, in device pixels. */
const COMPARED_PIXELS = 900;
