import clsx from 'clsx';
import { Check } from 'lucide-react';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import { formatSize } from '#shared/format-measures.ts';
import { isUnsure } from '../model/face-certainty.ts';
import { CropTile } from './crop-tile.tsx';
import { type FaceCardProps, hintsOf, UNSURE } from './face-card.tsx';
import { faceName } from './face-labels.ts';

/** One option of the grid: the crop with its number; the rest of it is under the grid while it is the primary face. */
export function FaceTile({
  face,
  facts,
  size,
  source,
  layout: _layout,
  isSelected,
  isOneOfSeveral,
  isPrimary,
  isHovered,
  isActive,
  saysSmall,
  actionsPlace: _actionsPlace,
  className,
  ...option
}: FaceCardProps) {
  const hints = hintsOf(face, facts, saysSmall || isPrimary);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and points here by aria-activedescendant
    <div
      {...option}
      role="option"
      aria-selected={isSelected}
      aria-label={faceName(face)}
      aria-description={hints.length === 0 ? undefined : hints.join(', ')}
      data-active={isActive || undefined}
      className={clsx(
        'relative rounded-sm outline-offset-[3px] select-none',
        'group-focus-visible/faces:data-active:outline-2 group-focus-visible/faces:data-active:outline-accent',
        // Forced colours take shadows away; an outline stays.
        isSelected && 'forced-colors:outline-2 forced-colors:outline-[Highlight]',
        className,
      )}
    >
      <span
        className={clsx(
          'relative block rounded',
          isSelected
            ? 'ring-2 ring-accent ring-offset-1 ring-offset-panel'
            : isHovered && 'ring-2 ring-ink ring-offset-1 ring-offset-panel',
        )}
      >
        <CropTile
          url={face.cropUrl}
          source={source}
          className="block aspect-[4/5] w-full"
          standIn={{ face, size, maxSide: TILE_PIXELS }}
        />
        <NumberBadge faceNo={face.faceNo} filled={isSelected} onPicture className="absolute top-1 left-1" />
        {isUnsure(face) && (
          <span
            aria-hidden
            className="absolute bottom-1 left-1 max-w-[calc(100%-0.5rem)] overflow-hidden rounded-sm bg-panel/90 px-1 text-[0.625rem] leading-4 text-warn"
          >
            {UNSURE}
          </span>
        )}
        {isOneOfSeveral && (
          <span
            aria-hidden
            className={clsx(
              'absolute right-1 bottom-1 grid size-4 place-items-center rounded-full shadow-float',
              isPrimary ? 'bg-accent text-accent-ink' : 'bg-panel text-accent',
            )}
          >
            <Check className="size-3" strokeWidth={3} />
          </span>
        )}
      </span>
      <span
        className={clsx(
          'mt-0.5 hidden h-4 overflow-hidden text-center text-[0.6875rem] leading-4 tracking-[-0.015em] whitespace-nowrap tabular-nums group-data-captioned/faces:block',
          isPrimary ? 'text-ink' : 'text-ink-faint',
        )}
      >
        {formatSize(face.bound)}
      </span>
    </div>
  );
}

/** Longest side of a crop that is cut here, in device pixels: the largest tile on a dense screen. */
const TILE_PIXELS = 240;
