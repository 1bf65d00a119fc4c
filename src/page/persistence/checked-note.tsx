import { useEffect, useState } from 'react';
import { CHECK_ENDING, writeCheckFile } from '#page/check/model/check-file.ts';
import { checkStorage } from '#page/check/own-checks.ts';
import { saveFile } from '#page/platform/save-file.ts';
import { Button } from '#page/ui/button.tsx';
import { TickRow } from '#page/ui/tick-row.tsx';

/** How much was checked. */
export type CheckedCount = { readonly pictures: number; readonly verdicts: number };

const NOTHING_CHECKED: CheckedCount = { pictures: 0, verdicts: 0 };

/** How much was checked in this browser, counted when it is asked. */
export function useCheckedCount(isAsked: boolean): CheckedCount {
  const [count, setCount] = useState(NOTHING_CHECKED);
  useEffect(() => {
    if (!isAsked) return;
    let isWanted = true;
    void checkStorage.count().then(
      (counted) => isWanted && setCount(counted),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isAsked]);
  return count;
}

/** Saves everything that was checked in this browser, by whomever. */
async function saveCheck(): Promise<void> {
  const text = writeCheckFile(await checkStorage.everything());
  saveFile(new Blob([text], { type: 'application/json' }), `facebound${CHECK_ENDING}`);
}

type CheckedNoteProps = {
  readonly checked: CheckedCount;
  readonly isForgotten: boolean;
  readonly onForgotten: (isForgotten: boolean) => void;
};

/** What was checked is somebody's work: it stays unless that is said in so many words, and can be saved first. */
export function CheckedNote({ checked: { pictures, verdicts }, isForgotten, onForgotten }: CheckedNoteProps) {
  const counted = `${verdicts === 1 ? 'One verdict' : `${verdicts} verdicts`} on ${pictures === 1 ? 'one picture' : `${pictures} pictures`}`;
  return (
    <div className="rounded-lg border border-line bg-page p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium text-ink">
          {counted} {verdicts === 1 ? 'stays.' : 'stay.'}
        </p>
        <Button onClick={() => void saveCheck()}>Save the check as a file</Button>
      </div>
      <TickRow isTicked={isForgotten} onTick={onForgotten} className="mt-1 text-[0.8125rem]">
        Forget {verdicts === 1 ? 'it' : 'them'} as well
      </TickRow>
    </div>
  );
}
