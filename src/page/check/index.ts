/** What the rooms beside this one may use of `check`. */
export { type Judgeable, judgeableOf, verdictMessage } from './check-actions.ts';
export { Key } from './check-bar.tsx';
export { hearCheckMode, isComparing, startChecking, startComparing, stopChecking } from './check-mode.ts';
export { hearChecks, loadChecks, redoCheck, undoCheck, useChecks } from './check-store.ts';
export { alreadyChecked, type HowToKeep, keepVerdicts, type VerdictsToKeep } from './keep-verdicts.ts';
export { CHECK_FORMAT } from './model/check-file.ts';
export { adoptCheckFile, checkFileOf, digestsOf } from './own-checks.ts';
export { type CheckedPicture, useCheckedPictures } from './use-checked-pictures.ts';
export { type CheckLayout, useLayout } from './use-layout.ts';
export { WayOfCheckingSwitch } from './way-of-checking.tsx';
