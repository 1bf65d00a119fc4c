import clsx from 'clsx';
import { type ComponentProps, useState } from 'react';
import type { CropSource } from '#page/ui/crop-source.ts';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import type { Face } from '#shared/face.ts';
import { formatShare, formatSize } from '#shared/format-measures.ts';
import type { Size } from '#shared/geometry/spaces.ts';
import { isUnsure } from '../model/face-certainty.ts';
import type { FaceFact } from '../model/face-facts.ts';
import { CropTile } from './crop-tile.tsx';
import { FACT_WORDS, faceName } from './face-labels.ts';

/** Cards: `compact` for the side panel, `roomy` for a sheet on a phone. */
export type CardLayout = 'compact' | 'roomy';
/** How a face looks in the list: a card, or a crop of the grid. */
export type OptionLayout = CardLayout | 'tile';

/** Where the card leaves room for the quick actions, which are laid over it. */
export type ActionsPlace = 'none' | 'inline' | 'below';

const OUR_CROP = 'cut by Facebound';
/** Said of a face that the detector is not sure of. */
export const UNSURE = 'unsure';

/**
 * What speaks against a face before it is used, in words; that it is small only where that is not said of all. Nothing is
 * said of one that is as it should be.
 */
export const hintsOf = (face: Face, facts: readonly FaceFact[], saysSmall: boolean): readonly string[] => [
  ...facts
    .filter((fact) => fact !== 'large-and-sharp' && (fact !== 'small' || saysSmall))
    .map((fact) => FACT_WORDS[fact]),
  ...(isUnsure(face) ? [UNSURE] : []),
];
const SLOT = 'h-7 pointer-coarse:h-11';

export type FaceCardProps = ComponentProps<'div'> & {
  readonly face: Face;
  readonly facts: readonly FaceFact[];
  readonly size: Size;
  readonly source: CropSource;
  readonly layout: OptionLayout;
  readonly isSelected: boolean;
  /** Selected, and not alone. */
  readonly isOneOfSeveral: boolean;
  readonly isPrimary: boolean;
  readonly isHovered: boolean;
  readonly isActive: boolean;
  /** Whether it says of itself that it is small, where that is not said once of many. */
  readonly saysSmall: boolean;
  readonly actionsPlace: ActionsPlace;
};

const CROP: Readonly<Record<CardLayout, string>> = { compact: 'h-[4.375rem] w-14', roomy: 'h-[5.375rem] w-[4.25rem]' };

/** One option of the list. It holds no controls: its quick actions are a toolbar beside the listbox. */
export function FaceCard({
  face,
  facts,
  size,
  source,
  layout,
  isSelected,
  isOneOfSeveral: _isOneOfSeveral,
  isPrimary,
  isHovered,
  isActive,
  saysSmall,
  actionsPlace,
  className,
  ...option
}: FaceCardProps) {
  const [missingUrl, setMissingUrl] = useState<string>();
  const isOurCrop = source.pictureUrl !== undefined && (face.cropUrl === undefined || missingUrl === face.cropUrl);
  const hints = [...hintsOf(face, facts, saysSmall || isPrimary), ...(isOurCrop ? [OUR_CROP] : [])];
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
        'relative flex flex-wrap items-start rounded-lg p-2.5 outline-offset-[-2px] select-none',
        'group-focus-visible/faces:data-active:outline-2 group-focus-visible/faces:data-active:outline-accent',
        layout === 'roomy' ? 'gap-2' : 'gap-2.5',
        isSelected ? 'bg-accent-soft' : isHovered && 'bg-raised',
        isPrimary && 'ring-[1.5px] ring-accent ring-inset',
        // Forced colours take backgrounds and shadows away; an outline stays.
        isSelected && 'forced-colors:outline-2 forced-colors:outline-[Highlight]',
        className,
      )}
    >
      <NumberBadge faceNo={face.faceNo} filled={isSelected} />
      <CropTile
        url={face.cropUrl}
        source={source}
        className={clsx('shrink-0', CROP[layout === 'tile' ? 'compact' : layout])}
        standIn={{ face, size }}
        onMissing={() => setMissingUrl(face.cropUrl)}
      />
      <CropTile
        url={face.featureUrl}
        source={source}
        className={clsx('shrink-0', CROP[layout === 'tile' ? 'compact' : layout])}
      />
      <div className="flex min-w-0 flex-1 basis-[8rem] flex-col">
        <span className={clsx('flex flex-wrap gap-x-1', layout === 'roomy' && 'flex-col')}>
          <b className="font-semibold whitespace-nowrap">faceNo {face.faceNo}</b>
          <span className="min-w-0 truncate text-ink-soft">
            {layout === 'compact' && '· '}
            {face.name}
          </span>
        </span>
        <span className="text-xs text-ink-faint tabular-nums">
          {formatSize(face.bound)} · {formatShare(face.share)}
        </span>
        {hints.length > 0 && (
          <span id={hintsId} className="text-xs text-ink-soft">
            {hints.map((hint, index) => (
              <span key={hint} className={hint === OUR_CROP ? undefined : 'text-warn'}>
                {index > 0 ? `, ${hint}` : hint}
              </span>
            ))}
          </span>
        )}
        {actionsPlace === 'inline' && <span data-action-slot className={clsx('mt-1 block', SLOT)} />}
      </div>
      {actionsPlace === 'below' && (
        <span data-action-slot className={clsx('ml-[2.125rem] block w-[calc(100%-2.125rem)]', SLOT)} />
      )}
    </div>
  );
}
