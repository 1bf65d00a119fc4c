import { clsx } from 'clsx';
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

/** One press of − or + changes the scale by this factor. */
const ZOOM_STEP = 1.25;

/**
 * The view's buttons, floating over the stage: a bar at the bottom in the middle, and on phones the three that a thumb
 * needs at the lower right (zooming is a pinch there).
 */
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
    <div
      role="toolbar"
      aria-label="View"
      className={clsx(
        'absolute right-3 bottom-3 z-10 flex gap-2 text-ink text-sm',
        'md:right-auto md:bottom-4 md:left-1/2 md:-translate-x-1/2 md:items-center md:gap-1 md:rounded-lg',
        'md:border md:border-line md:bg-raised md:px-2 md:py-1.5 md:shadow-float',
      )}
    >
      <Group className="max-md:hidden">
        <Button label="Zoom out" hint="-" onPress={() => stage.current?.zoomBy(1 / ZOOM_STEP)}>
          −
        </Button>
        <output aria-label="Zoom" className="min-w-13 text-center tabular-nums">
          {percent(view.scale)}
        </output>
        <Button label="Zoom in" hint="=" onPress={() => stage.current?.zoomBy(ZOOM_STEP)}>
          +
        </Button>
      </Group>
      <Divider />
      <Button label="Fit" hint="0" pressed={view.isFit} onPress={() => stage.current?.fit()}>
        Fit
      </Button>
      <Button
        label="1:1, one picture pixel per screen pixel"
        pressed={isOneToOne}
        onPress={() => stage.current?.oneToOne()}
      >
        1:1
      </Button>
      <Group className="max-md:hidden">
        <Button label="To face" hint="Z" disabled={!canZoomToFace} onPress={onZoomToFace}>
          To face
        </Button>
        <Divider />
        <Button label="Labels" hint="L" pressed={labelsShown} onPress={() => onLabelsShownChange(!labelsShown)}>
          Labels
        </Button>
      </Group>
      <Button label="Hide boxes" hint="H" pressed={boxesHidden} onPress={() => onBoxesHiddenChange(!boxesHidden)}>
        Hide
        <kbd className="ml-1.5 rounded-sm border border-line px-1 font-sans text-ink-faint text-xs max-md:hidden">
          H
        </kbd>
      </Button>
    </div>
  );
}

/** A scale in words: `84 %`, and one decimal below ten. */
function percent(scale: number): string {
  const value = scale * 100;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

const Group = ({ className, children }: { className: string; children: ReactNode }) => (
  <div className={clsx('flex items-center gap-1', className)}>{children}</div>
);

const Divider = () => <span aria-hidden="true" className="mx-1 h-5 w-px bg-line max-md:hidden" />;

type ButtonProps = {
  /** Accessible name; it begins with the words that are seen. */
  readonly label: string;
  /** The key that does the same. */
  readonly hint?: string;
  /** Given for a button that stays pressed. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function Button({ label, hint, pressed, disabled = false, onPress, children }: ButtonProps) {
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
        'inline-flex h-11 min-w-11 items-center justify-center rounded-lg bg-raised px-3 whitespace-nowrap shadow-float',
        'md:h-8 md:min-w-8 md:rounded-sm md:bg-transparent md:px-2 md:shadow-none',
        'pointer-coarse:h-11 pointer-coarse:min-w-11',
        'hover:bg-accent-soft focus-visible:outline-2 focus-visible:outline-accent disabled:text-ink-faint',
        pressed === true && 'font-semibold text-accent',
      )}
    >
      {children}
    </button>
  );
}
