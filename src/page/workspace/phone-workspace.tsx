import clsx from 'clsx';
import { ChevronDown, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useFormattedPlace } from '#page/pictures/picture-place.ts';
import type { Picture } from '#page/pictures/work-store.ts';
import { SMALL, TINY } from '#page/ui/phone.ts';
import { useMediaQuery } from '#page/ui/use-media-query.ts';
import { aboveSheet, FaceSheet, type SheetSnap } from './face-sheet.tsx';
import { PictureTitle } from './picture-title.tsx';

type PhoneWorkspaceProps = {
  readonly picture: Picture;
  /** Whether there is more than one picture to go to. */
  readonly hasSeveral: boolean;
  readonly filmstrip: ReactNode;
  /** What is said of a batch. */
  readonly batch: ReactNode;
  readonly stage: ReactNode;
  /** The faces and what is known of them. */
  readonly panel: ReactNode;
  readonly tools: StageTools;
};

/** Whether the stage's toolbar is there, on screens where it would take the picture's room. */
export type StageTools = { readonly isAway: boolean; readonly toggle: () => void };

/**
 * The table of narrow screens: the stage with the faces as a sheet over it. On a small one the filmstrip and the
 * toolbar fold into the line with the picture's name, so that the picture gets their room; where even a sheet leaves
 * nothing, stage and faces stand one below the other and are scrolled.
 */
export function PhoneWorkspace(props: PhoneWorkspaceProps) {
  const isSmall = useMediaQuery(SMALL);
  const isTiny = useMediaQuery(TINY);
  const [sheet, setSheet] = useState<SheetSnap>('half');
  if (isTiny) return <Stacked {...props} />;
  const hasStrip = props.hasSeveral && !isSmall;
  return (
    <main className="relative min-h-0 flex-1 overflow-hidden">
      <div className="absolute inset-x-0 top-0 flex flex-col" style={{ bottom: aboveSheet(sheet, hasStrip) }}>
        {isSmall ? (
          <FoldedTitle {...props} />
        ) : (
          <>
            {hasStrip && <div className="h-22 shrink-0 border-b border-line">{props.filmstrip}</div>}
            {props.batch}
            <PictureTitle picture={props.picture} />
          </>
        )}
        <div className="relative min-h-0 flex-1">{props.stage}</div>
      </div>
      <FaceSheet snap={sheet} onSnap={setSheet} hasStrip={hasStrip} isUnderStage={isSmall && props.tools.isAway}>
        {props.panel}
      </FaceSheet>
    </main>
  );
}

/** One scroll for everything: the stage no higher than the window, the faces with a window's height of their own. */
function Stacked(props: PhoneWorkspaceProps) {
  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <FoldedTitle {...props} />
      <div className="relative h-[max(9.5rem,min(100%-2.75rem,75vw))] shrink-0">{props.stage}</div>
      <div className="h-[max(100%,22rem)] shrink-0 border-t border-line">{props.panel}</div>
    </main>
  );
}

/** The picture's name with what folds into its line: the other pictures, and the view's buttons. */
function FoldedTitle({ picture, hasSeveral, filmstrip, batch, tools }: PhoneWorkspaceProps) {
  const place = useFormattedPlace(picture.id);
  const [showsStrip, setShowsStrip] = useState(false);
  const stripId = useId();
  return (
    <>
      <PictureTitle picture={picture} isRoomy place={hasSeveral ? null : undefined}>
        <div className="ml-auto flex shrink-0">
          {hasSeveral && (
            <button
              type="button"
              aria-expanded={showsStrip}
              aria-controls={showsStrip ? stripId : undefined}
              aria-label={`Pictures, ${place ?? 'more to come'}`}
              onClick={() => setShowsStrip(!showsStrip)}
              className={clsx(FOLD, 'px-2.5 text-ink-soft tabular-nums')}
            >
              {place ?? 'Pictures'}
              <ChevronDown aria-hidden className={clsx('size-4', showsStrip && 'rotate-180')} />
            </button>
          )}
          <button
            type="button"
            aria-expanded={!tools.isAway}
            aria-label="View buttons"
            title="Zoom, labels, boxes"
            onClick={tools.toggle}
            className={clsx(FOLD, tools.isAway ? 'text-ink-soft' : 'text-accent')}
          >
            <SlidersHorizontal aria-hidden className="size-4" />
          </button>
        </div>
      </PictureTitle>
      {hasSeveral && showsStrip && (
        <div id={stripId} className="h-22 shrink-0 border-b border-line">
          {filmstrip}
        </div>
      )}
      {batch}
    </>
  );
}

const FOLD = 'flex h-11 min-w-11 items-center justify-center gap-1 rounded -outline-offset-2 hover:bg-raised';
