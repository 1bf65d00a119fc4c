import { useEffect } from 'react';
import type { AppConfig } from '#contract/app-config.ts';
import { selectionScope, selectionStore } from '#page/pictures/selection-store.ts';
import { onTaken, redoStep, undoStep, useUndo } from '#page/pictures/undo-stack.ts';
import { openPicture, workStore } from '#page/pictures/work-store.ts';
import type { EngineSession } from '#page/session/engine-session.ts';
import { faceId } from '#shared/face.ts';
import { selectOnly } from '#shared/selection.ts';
import { CheckBar } from '../check-bar.tsx';
import { checkModeNow, hearCheckMode, stopChecking } from '../check-mode.ts';
import { goToFace, useCheckPlace } from '../check-place.ts';
import { hearChecks, loadChecks, useChecks } from '../check-store.ts';
import { timeLeft, totalsOf } from '../model/progress.ts';
import { readKey } from '../model/sheet.ts';
import { digestsOf } from '../own-checks.ts';
import { openReport } from '../report-store.ts';
import { saveCheck } from '../save-check.ts';
import { useCheckedPictures } from '../use-checked-pictures.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { forgetCrops } from './crops.ts';
import { filterSheet, reopenPage, sheetStore, wantFace } from './sheet-store.ts';

type SheetAreaProps = {
  readonly config: AppConfig;
  readonly session: EngineSession;
  readonly onHelp: () => void;
};

// The crops are for as long as one checks, whichever way.
hearCheckMode(() => {
  if (!checkModeNow().isChecking) forgetCrops();
});

/** Check mode by contact sheet, the second way of checking. */
export function SheetArea({ config, session, onHelp }: SheetAreaProps) {
  const all = useCheckedPictures(session);
  const { records, acts, isSaved } = useChecks((state) => state);
  const canUndo = useUndo(({ done }) => done.length > 0);
  const canRedo = useUndo(({ undone }) => undone.length > 0);
  const said = useCheckPlace((state) => state.said);
  const totals = totalsOf(all.map(({ progress }) => progress));
  const facesLeft = totals.faces - totals.checked;
  const digests = all.flatMap(({ picture }) => digestsOf(picture)).join(' ');
  useEffect(() => loadChecks(digests.split(' ')), [digests]);
  useEffect(hearChecks, []);
  // What closed a page opens it again; else one goes back to the face.
  useEffect(
    () =>
      onTaken(({ what, step }) => {
        const { picture, faceNo } = step.goTo;
        const isReopened = what === 'undone' && reopenPage(step);
        if (!isReopened && faceNo !== undefined) wantFace({ picture, faceNo });
      }),
    [],
  );
  useEffect(() => hearCheckMode(() => carryFace(session)), [session]);
  return (
    <>
      <CheckBar
        totals={totals}
        leftMs={facesLeft > 0 ? timeLeft(acts, facesLeft) : undefined}
        canUndo={canUndo}
        canRedo={canRedo}
        onUndo={() => undoStep()}
        onRedo={redoStep}
        onNextWrong={() => filterSheet('wrong')}
        onNextMissed={() => filterSheet('missed')}
        onSave={records.size > 0 ? () => saveCheck(all.map(({ picture }) => picture)) : undefined}
        onReport={() => openReport()}
        onLeave={stopChecking}
      />
      <p aria-live="polite" className="sr-only">
        {/* The same sentence twice in a row would not be read again. */}
        {said.count % 2 === 0 ? said.text : `${said.text}\u00a0`}
      </p>
      {!isSaved && (
        <p role="status" className="border-b border-line bg-bad-soft px-6 py-2 text-[0.8125rem] text-bad">
          Not saved: this browser has no room. Save the check as a file.
        </p>
      )}
      <ContactSheet all={all} version={config.version} onHelp={onHelp} onReport={() => openReport()} />
    </>
  );
}

/** Whoever leaves the sheet is at the same face there: picture by picture, or on the table. */
function carryFace({ engine }: EngineSession): void {
  const { isChecking, way } = checkModeNow();
  if (isChecking && way === 'sheet') return;
  const { picture, faceNo } = readKey(sheetStore.getState().active ?? '');
  if (faceNo === undefined || !workStore.getState().records.has(picture)) return;
  openPicture(picture);
  if (isChecking) goToFace(faceId(faceNo));
  else {
    const { selections } = selectionStore.getState();
    selectionStore.setState({
      selections: { ...selections, [selectionScope(picture, engine)]: selectOnly(faceId(faceNo)) },
    });
  }
}
