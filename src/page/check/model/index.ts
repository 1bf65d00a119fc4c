/** What the pure code of the rooms beside this one may use of `check`. */
export { type Check, readCheck, writeCheckFile } from './check-file.ts';
export { trueBoxesOf } from './record-truth.ts';
export { type CheckRecord, tallyOfVerdicts, type Verdict } from './verdict.ts';
