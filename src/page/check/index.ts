/** What the rooms beside this one may use of `check`. */

export { type Judgeable, judgeableOf, verdictMessage } from './check-actions.ts';
export { type CheckSteps, Key, UndoButtons } from './check-bar.tsx';
export {
  hearCheckMode,
  startChecking,
  startComparing,
  startDrawing,
  stopChecking,
  wayOfChecking,
} from './check-mode.ts';
export type { DrawnOn } from './check-state.ts';
export { adoptCheckFile, hearChecks, loadChecks, useChecks } from './check-store.ts';
export { drawnFacesOn, loadDrawnFaces } from './drawn-faces.ts';
export { takeDrawnFaces } from './drawn-use.ts';
export { alreadyChecked, type HowToKeep, keepVerdicts, type VerdictsToKeep } from './keep-verdicts.ts';
export { CHECK_FORMAT } from './model/check-file.ts';
export { checkFileOf, digestsOf } from './own-checks.ts';
export { PhoneHead, type PhoneHeadProps } from './phone-head.tsx';
export { PictureRow } from './picture-row.tsx';
export { openReport } from './report-question.ts';
export { StageTools } from './stage-tools.tsx';
export { type CheckedPicture, useCheckedPictures } from './use-checked-pictures.ts';
export { type CheckLayout, useLayout } from './use-layout.ts';
export { WayOfCheckingSwitch } from './way-of-checking.tsx';
