import { clsx } from 'clsx';
import { EyeOff, Maximize, Minus, MoveHorizontal, MoveVertical, Plus, ScanFace, Tag } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { StageHandle } from './stage-handle.ts';
import type { StageView } from './use-view-report.ts';

export type StageToolbarProps = {
  /** Holds the stage's handle when a button is pressed. */
  readonly stage: RefObject<StageHandle | null>;
  readonly view: StageView;
  readonly labelsShown: boolean;
  readonly boxesHidden: boolean;
  /** False while no face is selected: there is nothing to zoom to. */
  readonly canZoomToFace: boolean;
  readonly onZoomToFace: () => void;
  readonly onLabelsShownChange: (shown: boolean) => void;
  readonly onBoxesHiddenChange: (hidden: boolean) => void;
};

/** One press of − or + changes the scale by this factor, and so does a key. */
export const ZOOM_STEP = 1.25;

/** Shown where the stage is wide enough for words (in rem, so that larger text counts), and where it is not. */
const WORDS = '@max-[34rem]:hidden';
const ICON = 'size-[1.125rem] @min-[34rem]:hidden';

/** The view's buttons, floating over the stage at the bottom: words where there is room, icons on phones. */
export function StageToolbar({
  stage,
  view,
  labelsShown,
  boxesHidden,
  canZoomToFace,
  onZoomToFace,
  onLabelsShownChange,
  onBoxesHiddenChange,
}: StageToolbarProps) {
  const isOneToOne = Math.abs(view.scale - 1) < 1e-4;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 z-10 @container flex justify-center controls px-2 pb-4 phone:pb-2 short:pb-2">
      <div
        role="toolbar"
        aria-label="View"
        className={clsx(
          'pointer-events-auto flex max-w-full items-center gap-1 rounded-lg border border-line bg-raised px-2 py-1.5',
          'text-ink text-sm shadow-float @max-[34rem]:w-88 @max-[34rem]:gap-0 @max-[34rem]:p-0.5',
        )}
      >
        <Button label="Zoom out" hint="-" onPress={() => stage.current?.zoomBy(1 / ZOOM_STEP)}>
          <Minus aria-hidden className="size-4" />
        </Button>
        <output aria-label="Zoom" translate="no" className={clsx('min-w-13 text-center tabular-nums', WORDS)}>
          {percent(view.scale)}
        </output>
        <Button label="Zoom in" hint="=" onPress={() => stage.current?.zoomBy(ZOOM_STEP)}>
          <Plus aria-hidden className="size-4" />
        </Button>
        <Divider />
        <Button label="Fit" hint="0" pressed={view.isFit} onPress={() => stage.current?.fit()}>
          <span className={WORDS}>Fit</span>
          <Maximize aria-hidden className={ICON} />
        </Button>
        {view.longSide !== undefined && (
          <Button
            label={view.longSide === 'height' ? 'Fit width' : 'Fit height'}
            pressed={view.isFilled}
            onPress={() => stage.current?.fill()}
          >
            <span className={WORDS}>{view.longSide === 'height' ? 'Width' : 'Height'}</span>
            {view.longSide === 'height' ? (
              <MoveHorizontal aria-hidden className={ICON} />
            ) : (
              <MoveVertical aria-hidden className={ICON} />
            )}
          </Button>
        )}
        <Button
          label="1:1, one picture pixel per screen pixel"
          // A long picture has a fit of its own, and a phone room for seven buttons.
          className={view.longSide === undefined ? undefined : '@max-[34rem]:hidden'}
          pressed={isOneToOne}
          onPress={() => stage.current?.oneToOne()}
        >
          1:1
        </Button>
        <Button label="To face" hint="Z" disabled={!canZoomToFace} onPress={onZoomToFace}>
          <span className={WORDS}>To face</span>
          <ScanFace aria-hidden className={ICON} />
        </Button>
        <Divider />
        <Button label="Labels" hint="L" pressed={labelsShown} onPress={() => onLabelsShownChange(!labelsShown)}>
          <span className={WORDS}>Labels</span>
          <Tag aria-hidden className={ICON} />
        </Button>
        <Button label="Hide boxes" hint="H" pressed={boxesHidden} onPress={() => onBoxesHiddenChange(!boxesHidden)}>
          <span className={WORDS}>Hide</span>
          <kbd className={clsx('ml-1.5 rounded-sm border border-line px-1 font-sans text-ink-faint text-xs', WORDS)}>
            H
          </kbd>
          <EyeOff aria-hidden className={ICON} />
        </Button>
      </div>
    </div>
  );
}

/** A scale in words: `84 %`, and one decimal below ten. */
function percent(scale: number): string {
  const value = scale * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

const Divider = () => <span aria-hidden="true" className={clsx('mx-1 h-5 w-px bg-line', WORDS)} />;

type ButtonProps = {
  /** Accessible name; it has the words that are seen. */
  readonly label: string;
  /** The key that does the same. */
  readonly hint?: string;
  /** Given for a button that stays pressed. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

function Button({ label, hint, pressed, disabled = false, onPress, className, children }: ButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={hint}
      title={hint === undefined ? label : `${label} (${hint})`}
      disabled={disabled}
      onClick={onPress}
      className={clsx(
        'inline-flex h-8 min-w-8 items-center justify-center rounded-sm px-2 whitespace-nowrap',
        'phone:h-11 pointer-coarse:h-11 pointer-coarse:min-w-11',
        '@max-[34rem]:min-w-0! @max-[34rem]:flex-1 @max-[34rem]:px-0',
        'hover:bg-accent-soft focus-visible:outline-2 focus-visible:outline-accent disabled:text-ink-faint',
        pressed === true &&
          'font-semibold text-accent forced-colors:outline forced-colors:outline-offset-[-1px] forced-colors:outline-[Highlight]',
        className,
      )}
    >
      {children}
    </button>
  );
}
