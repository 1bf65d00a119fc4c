import { Save } from 'lucide-react';
import { Button } from '#page/ui/button.tsx';
import { type CheckBarProps, CheckCounts, CheckLine } from './check-bar.tsx';
import { PhoneHead, type PhoneHeadProps } from './phone-head.tsx';
import { ReviewerName } from './reviewer-name.tsx';

type PhoneBarProps = CheckBarProps & Pick<PhoneHeadProps, 'name' | 'place' | 'pictures'>;

/** In the place of the page's header: out, the picture with the way to the others, undo, and the line of progress. */
export function PhoneBar({ onSave, totals, leftMs, onNextWrong, onNextMissed, ...head }: PhoneBarProps) {
  return (
    <section aria-label="Check" className="relative shrink-0 border-b border-line bg-panel pb-2 text-[0.8125rem]">
      <PhoneHead
        {...head}
        more={(close) => (
          <>
            <ReviewerName className="mb-1 text-[0.8125rem]" />
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
          </>
        )}
      />
      <div className="flex min-h-6 items-center px-4">
        <CheckCounts totals={totals} leftMs={leftMs} onNextWrong={onNextWrong} onNextMissed={onNextMissed} isPhone />
      </div>
      <CheckLine totals={totals} />
    </section>
  );
}
