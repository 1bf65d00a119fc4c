import clsx from 'clsx';
import { NumberBadge } from '#page/ui/number-badge.tsx';
import type { Face } from '#shared/face.ts';
import { formatShare, formatSize } from '#shared/format-measures.ts';
import { type FactSource, useFaceFacts } from '../facts/use-face-facts.ts';
import { type FaceAction, FaceToolbar, type OpenFaceMenu } from './face-actions.tsx';
import { hintsOf } from './face-card.tsx';

type PrimaryFaceBarProps = {
  readonly face: Face;
  readonly factSource: FactSource;
  readonly actions: readonly FaceAction[];
  readonly onMenu: OpenFaceMenu;
  /** True where there is little height: its number and its actions, in one row. */
  readonly isLow: boolean;
};

/** What a card would say of the primary face, under a grid whose tiles have no room for it. */
export function PrimaryFaceBar({ face, factSource, actions, onMenu, isLow }: PrimaryFaceBarProps) {
  const hints = hintsOf(face, useFaceFacts(face, factSource), true);
  return (
    <div className="border-t border-line px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <NumberBadge faceNo={face.faceNo} filled />
        <p
          className={clsx(
            'min-w-0 flex-[1_1_3.5rem] text-xs leading-4 tabular-nums @max-[21rem]:hidden',
            isLow && 'hidden',
          )}
        >
          <span className="block truncate font-semibold">{face.name}</span>
          <span className="block truncate text-ink-faint">
            {formatSize(face.bound)}
            <span className="@max-[30rem]:hidden">
              {' '}
              · {formatShare(face.share)}
              {hints.length > 0 && <span className="text-warn"> · {hints.join(', ')}</span>}
            </span>
          </span>
        </p>
        <FaceToolbar face={face} actions={actions} onMenu={onMenu} />
      </div>
    </div>
  );
}
