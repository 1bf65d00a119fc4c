import clsx from 'clsx';
import { EyeOff, Maximize, ScanFace } from 'lucide-react';

type PhoneToolsProps = {
  readonly isFit: boolean;
  readonly canZoomToFace: boolean;
  readonly boxesHidden: boolean;
  readonly onFit: () => void;
  readonly onZoomToFace: () => void;
  readonly onBoxesHidden: (hidden: boolean) => void;
};

/** What fingers cannot do on the stage itself: all of the picture or the face, and the boxes away. */
export function PhoneTools({ isFit, canZoomToFace, boxesHidden, onFit, onZoomToFace, onBoxesHidden }: PhoneToolsProps) {
  const button =
    'pointer-events-auto grid size-11 place-items-center rounded-[10px] border border-line bg-panel shadow-float';
  return (
    // As wide as the stage: what is said in passing lies above it, and needs the width.
    <div
      role="toolbar"
      aria-label="View"
      className="pointer-events-none absolute inset-x-0 bottom-0 flex justify-end gap-2 p-2.5 controls"
    >
      {isFit ? (
        <button type="button" aria-label="To face" disabled={!canZoomToFace} onClick={onZoomToFace} className={button}>
          <ScanFace aria-hidden className="size-5" />
        </button>
      ) : (
        <button type="button" aria-label="Fit" onClick={onFit} className={button}>
          <Maximize aria-hidden className="size-5" />
        </button>
      )}
      <button
        type="button"
        aria-label="Hide boxes"
        aria-pressed={boxesHidden}
        onClick={() => onBoxesHidden(!boxesHidden)}
        className={clsx(button, boxesHidden && 'text-accent')}
      >
        <EyeOff aria-hidden className="size-5" />
      </button>
    </div>
  );
}
