import { FileText, Redo2, Save } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#page/ui/button.tsx';
import { type CheckBarProps, CheckCounts, CheckLine } from './check-bar.tsx';
import { PhoneHead } from './phone-head.tsx';
import { ReviewerName } from './reviewer-name.tsx';
import { WayOfCheckingSwitch } from './way-of-checking.tsx';

type PhoneBarProps = CheckBarProps & {
  /** The picture's name, and where it stands among the others: "13 of 29". */
  readonly name: string;
  readonly place: string | undefined;
  /** All pictures; `close` puts the list away. */
  readonly pictures: (close: () => void) => ReactNode;
};

/** In the place of the page's header: out, the picture with the way to the others, undo, and the line of progress. */
export function PhoneBar({
  name,
  place,
  pictures,
  canUndo,
  canRedo,
  onUndo,
  onRedo,
  onSave,
  onReport,
  onLeave,
  ...counts
}: PhoneBarProps) {
  return (
    <section aria-label="Check" className="relative shrink-0 border-b border-line bg-panel pb-2 text-[0.8125rem]">
      <PhoneHead
        name={name}
        place={place}
        pictures={pictures}
        canUndo={canUndo}
        onUndo={onUndo}
        onLeave={onLeave}
        more={(close) => (
          <>
            <div className="self-start">
              <WayOfCheckingSwitch />
            </div>
            <ReviewerName className="mb-1 text-[0.8125rem]" />
            <Button disabled={!canRedo} className="min-h-11 justify-start" onClick={onRedo}>
              <Redo2 aria-hidden className="size-4" />
              Redo
            </Button>
            <Button
              disabled={onSave === undefined}
              className="min-h-11 justify-start"
              {...(onSave === undefined
                ? {}
                : {
                    onClick: () => {
                      close();
                      onSave();
                    },
                  })}
            >
              <Save aria-hidden className="size-4" />
              Save the check as a file
            </Button>
            <Button
              className="min-h-11 justify-start"
              onClick={() => {
                close();
                onReport();
              }}
            >
              <FileText aria-hidden className="size-4" />
              Report
            </Button>
          </>
        )}
      />
      <div className="flex min-h-6 items-center px-4">
        <CheckCounts {...counts} isPhone />
      </div>
      <CheckLine totals={counts.totals} />
    </section>
  );
}
