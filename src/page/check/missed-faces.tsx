import clsx from 'clsx';
import { OwnCrop } from '#page/ui/own-crop.tsx';
import type { ImageRect, Size } from '#shared/geometry/spaces.ts';
import type { MissedFace } from './model/verdict.ts';

type MissedFacesProps = {
  /** In pixels of `size`, in the order of their numbers. */
  readonly missed: readonly MissedFace[];
  readonly pictureUrl: string;
  readonly size: Size;
  /** Brings a box into view and gives it the keys. */
  readonly onGoTo: (id: number, bound: ImageRect) => void;
  /** A grid, or on phones one row. */
  readonly layout: 'grid' | 'row';
};

/** The faces of the picture that somebody drew because they have no box: beside the found ones, and ways to them. */
export const MissedFaces = ({ missed, pictureUrl, size, onGoTo, layout }: MissedFacesProps) => (
  <ul
    aria-label="Missed faces"
    className={clsx(
      layout === 'grid'
        ? 'mt-1.5 grid grid-cols-[repeat(auto-fill,44px)] justify-between gap-x-2 gap-y-2.5 p-1'
        : 'flex gap-3 overflow-x-auto px-4 pt-1 pb-3',
    )}
  >
    {missed.map(({ id, bound }, index) => (
      <li key={id} className="shrink-0">
        <button
          type="button"
          aria-label={`Go to missed face ${index + 1}`}
          onClick={() => onGoTo(id, bound)}
          className="relative block size-11 rounded outline-offset-2"
        >
          <OwnCrop
            pictureUrl={pictureUrl}
            size={size}
            bound={bound}
            maxSide={120}
            className="size-full rounded border-2 border-[#ffc14d] border-dashed"
          />
          <span
            aria-hidden
            className="absolute -top-1 -left-1 min-w-4.5 rounded-[5px] border-[1.25px] border-[#ffc14d] bg-[#111318] px-0.5 text-center text-[0.65625rem] leading-3.5 font-semibold text-white"
          >
            +
          </span>
        </button>
      </li>
    ))}
  </ul>
);
