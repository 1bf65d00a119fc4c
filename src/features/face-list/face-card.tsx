import clsx from 'clsx';
import { type ComponentProps, useState } from 'react';
import type { Face } from '#domain/face.ts';
import { isSmallFace } from '#domain/face-order.ts';
import type { Size } from '#domain/geometry/spaces.ts';
import { NumberBadge } from '#lib/ui/number-badge.tsx';
import { type CropSource, CropTile } from './crop-tile.tsx';
import { faceName, shareInWords, sizeInWords } from './face-words.ts';

/** `compact` for the side panel, `roomy` for a sheet on a phone. */
export type CardLayout = 'compact' | 'roomy';

type FaceCardProps = ComponentProps<'div'> & {
  readonly face: Face;
  readonly size: Size;
  readonly source: CropSource;
  readonly layout: CardLayout;
  readonly isSelected: boolean;
  readonly isPrimary: boolean;
  readonly isHovered: boolean;
  readonly isActive: boolean;
  /** Leaves room where the quick actions are placed over the card. */
  readonly hasActions: boolean;
};

const CROP: Readonly<Record<CardLayout, string>> = { compact: 'h-[4.375rem] w-14', roomy: 'h-[5.375rem] w-[4.25rem]' };

/** One option of the list. It holds no controls: its quick actions are a toolbar beside the listbox. */
export function FaceCard({
  face,
  size,
  source,
  layout,
  isSelected,
  isPrimary,
  isHovered,
  isActive,
  hasActions,
  className,
  ...option
}: FaceCardProps) {
  const [missingUrl, setMissingUrl] = useState<string>();
  const isOurCrop = source.pictureUrl !== undefined && (face.cropUrl === undefined || missingUrl === face.cropUrl);
  const hints = [
    ...(isSmallFace(face) ? ['small for a reference'] : []),
    ...(face.partlyOutside ? ['partly outside'] : []),
    ...(isOurCrop ? ['our crop'] : []),
  ];
  const hintsId = `${option.id}-hints`;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus and points here by aria-activedescendant
    <div
      {...option}
      role="option"
      aria-selected={isSelected}
      aria-label={faceName(face)}
      aria-describedby={hints.length > 0 ? hintsId : undefined}
      data-active={isActive || undefined}
      className={clsx(
        'relative flex items-start gap-2.5 rounded-lg p-2.5 outline-offset-[-2px] select-none',
        'group-focus-visible/faces:data-active:outline-2 group-focus-visible/faces:data-active:outline-accent',
        isSelected ? 'bg-accent-soft' : isHovered && 'bg-raised',
        isPrimary && 'ring-[1.5px] ring-accent ring-inset',
        className,
      )}
    >
      <NumberBadge faceNo={face.faceNo} filled={isSelected} />
      <CropTile
        url={face.cropUrl}
        source={source}
        className={clsx('shrink-0', CROP[layout])}
        standIn={{ face, size }}
        onMissing={() => setMissingUrl(face.cropUrl)}
      />
      <CropTile url={face.featureUrl} source={source} className={clsx('shrink-0', CROP[layout])} />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className={clsx('flex flex-wrap gap-x-1', layout === 'roomy' && 'flex-col')}>
          <b className="font-semibold whitespace-nowrap">faceNo {face.faceNo}</b>
          <span className="min-w-0 truncate text-ink-soft">
            {layout === 'compact' && '· '}
            {face.name}
          </span>
        </span>
        <span className="text-xs text-ink-faint tabular-nums">
          {sizeInWords(face.bound)} · {shareInWords(face.share)}
        </span>
        {hints.length > 0 && (
          <span id={hintsId} className="text-xs text-warn">
            {hints.join(', ')}
          </span>
        )}
        {hasActions && <span data-action-slot className="mt-1 h-7 pointer-coarse:h-11" />}
      </div>
    </div>
  );
}
